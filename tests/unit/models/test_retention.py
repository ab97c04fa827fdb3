"""How long what a case holds is kept: the county's table, its defaults, and what no county may say."""

from datetime import UTC, datetime

import pytest

from models.retention import DEFAULTS, NO_CASE, Retention

NOW = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)


def table(**classes):
    return Retention.parse({"classes": {name: {"for": said, "src": "the county"} for name, said in classes.items()}})


def test_a_county_that_says_nothing_has_the_defaults_and_has_confirmed_none():
    kept = Retention.parse({})
    assert (kept.classes, kept.confirmed) == (DEFAULTS, "")


def test_what_a_county_says_takes_the_place_of_a_default_and_of_no_other():
    kept = table(consult="18mo")
    assert (kept.of("consult").months, kept.of("help")) == (18, DEFAULTS["help"])


def test_a_class_that_has_no_line_is_kept_like_the_others():
    assert Retention.parse({}).of("a class of tomorrow").months == DEFAULTS["other"].months


def test_every_class_the_example_county_gives_a_case_has_a_line_of_its_own(tangxi):
    classes = set(tangxi.taxonomy.deadline_classes.keys()) - {"discipline"}
    assert classes
    assert not classes - DEFAULTS.keys()


def test_the_example_countys_table_is_read_and_waits_to_be_confirmed(tangxi):
    assert (tangxi.retention.confirmed, tangxi.retention.of("petition_formal").months) == ("", 120)


@pytest.mark.parametrize(
    ("months", "now", "before"),
    [
        ("12mo", NOW, (2027, 2, 28)),
        ("4y", NOW, (2024, 2, 29)),
        ("6mo", datetime(2026, 3, 31, tzinfo=UTC), (2025, 9, 30)),
        ("7mo", datetime(2026, 7, 15, tzinfo=UTC), (2025, 12, 15)),
    ],
)
def test_months_go_back_to_the_same_day_or_the_last_one_there_is(months, now, before):
    moment = table(consult=months).ended_before("consult", now=now)
    assert (moment.year, moment.month, moment.day) == before


@pytest.mark.parametrize(
    ("classes", "sentence"),
    [
        ({"consult": "a year"}, "not a time"),
        ({"consult": "3mo"}, "before she could have asked for a review"),
        ({"reports": "3y"}, "no class of cases"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(classes, sentence):
    with pytest.raises(ValueError, match=sentence):
        table(**classes)


def test_what_became_no_case_may_go_sooner():
    assert table(**{NO_CASE: "1mo"}).of(NO_CASE).months == 1
