"""A county made by rule: the same seed the same county; its names found by the very rules that find the example's."""

import json
from collections import Counter

import pytest
import yaml

from models.naming import Gazetteer
from worker import seed
from worker.invent import county, people
from worker.invent.sayings import sayings

VILLAGES = 235


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("invented") / "county"
    people.write(made, county.write(made, villages=VILLAGES, seed=7, example=seed.EXAMPLE))
    return made


@pytest.fixture(scope="module")
def paper(folder):
    return json.loads((folder / "gazetteer.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gazetteer(paper):
    return Gazetteer.parse(paper)


def test_the_same_seed_makes_the_same_county_byte_for_byte_and_another_another(folder, tmp_path):
    for name, number in (("again", 7), ("other", 8)):
        made = tmp_path / name
        people.write(made, county.write(made, villages=VILLAGES, seed=number, example=seed.EXAMPLE))
    files = sorted(file.name for file in folder.iterdir())
    assert files == sorted(file.name for file in (tmp_path / "again").iterdir())
    assert all((folder / file).read_bytes() == (tmp_path / "again" / file).read_bytes() for file in files)
    assert (folder / "gazetteer.json").read_bytes() != (tmp_path / "other" / "gazetteer.json").read_bytes()


def test_it_has_as_many_villages_as_asked_for_a_dozen_in_each_township(paper):
    assert len(paper["villages"]) == VILLAGES
    each = Counter(village["township_id"] for village in paper["villages"])
    assert len(each) == len(paper["townships"]) == 20
    assert set(each.values()) <= {11, 12}


def test_it_is_installed_like_any_county(folder):
    known = seed.read(folder)
    assert len(known.gazetteer.villages) == VILLAGES
    assert known.taxonomy.categories.keys() == seed.read(seed.EXAMPLE).taxonomy.categories.keys()


def test_every_village_is_found_by_its_own_name_with_its_township(paper, gazetteer):
    for village in paper["villages"]:
        said = f"我是{village['township']}{village['name']}的，水管爆了"
        assert gazetteer.find(said).village == village["id"], said


def test_names_that_cannot_be_told_apart_are_asked_about_and_never_guessed(paper, gazetteer):
    confusable = [village for village in paper["villages"] if village["confusable_with"]]
    assert len(confusable) > VILLAGES / 5
    for village in confusable:
        found = gazetteer.find(f"我是{village['name']}的")
        assert found.village is None, found.why
        assert set(found.candidates) >= {village["id"], *village["confusable_with"]}


def test_a_name_that_nobody_elses_sounds_like_needs_no_township(paper, gazetteer):
    for village in paper["villages"]:
        if not village["confusable_with"]:
            assert gazetteer.find(f"我是{village['name']}的").village == village["id"]


def test_there_are_names_of_every_confusing_kind(paper):
    names = {village["id"]: village for village in paper["villages"]}
    kinds = {kind["tag"] for kind in paper["confusion_sets"]}
    assert kinds >= {county.SAME_NAME, county.SAME_SOUND, county.MERGED}
    for kind in paper["confusion_sets"]:
        one, other = (names[village] for village in kind["villages"])
        assert one["township_id"] != other["township_id"]
        assert (one["name"] == other["name"]) == (kind["tag"] == county.SAME_NAME)


def test_more_villages_than_the_syllables_can_name_are_refused():
    example = json.loads((seed.EXAMPLE / "gazetteer.json").read_text(encoding="utf-8"))
    with pytest.raises(county.NoMoreNames):
        county.gazetteer(example, villages=700, seed=1)


def test_every_unit_has_an_officer_with_a_number_that_is_nobodys(folder, paper):
    made = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    units = {row["unit"] for row in made["officers"]}
    assert units >= {place["id"] for place in paper["villages"] + paper["townships"]} | {"xfj", "jw", "slj"}
    numbers = [row["number"] for row in made["officers"] + made["phones"]]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("+86139000") and len(number) == 14 for number in numbers)
    assert len({row["login"] for row in made["officers"]}) == len(made["officers"])


def test_the_inspectors_alone_have_the_discipline_office(folder):
    made = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    assert {row["role"] for row in made["officers"] if row["unit"] == "jw"} == {"inspector"}
    assert "jw" not in made["duty_phones"]


def test_what_people_say_is_said_in_a_village_of_this_county(paper, gazetteer):
    village = paper["villages"][5]
    named = [saying for saying in sayings(seed.EXAMPLE) if saying.name]
    assert len(named) > 100
    found = [gazetteer.find(saying.of(village, township=True)).village for saying in named]
    assert found.count(village["id"]) > 0.9 * len(found)
