"""The ear of another model, and the place where a model is to go."""

import json

import pytest

from worker.speech.builder.ears import NotAnEar, Taken, check_place, lent_by
from worker.speech.builder.phones import phone_table


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "model"
    for place in ("am", "graph", "conf"):
        (folder / place).mkdir(parents=True)
    (folder / "am" / "final.mdl").write_bytes(b"ear")
    (folder / "graph" / "phones.txt").write_text(phone_table(), encoding="utf-8")
    about = {"name": "ours", "demonstration": True, "hours": 11.0, "words": 10}
    (folder / "model.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "MODEL_CARD.md").write_text("# Card\n", encoding="utf-8")
    return folder


def test_an_ear_is_lent_with_what_is_remembered_of_how_it_learnt(model):
    lent = lent_by(model)
    assert (lent.ear, lent.made, lent.card) == (b"ear", {"hours": 11.0}, "# Card\n")


def test_an_ear_whose_sounds_are_numbered_otherwise_is_refused(model):
    table = phone_table().replace("b_B 3", "p_B 3", 1)
    (model / "graph" / "phones.txt").write_text(table, encoding="utf-8")
    with pytest.raises(NotAnEar, match="编号"):
        lent_by(model)


@pytest.mark.parametrize("missing", ["am/final.mdl", "graph/phones.txt"])
def test_a_model_made_elsewhere_lends_no_ear(model, missing):
    (model / missing).unlink()
    with pytest.raises(NotAnEar, match="借不到"):
        lent_by(model)


def test_a_model_that_says_nothing_of_itself_lends_no_ear(model):
    (model / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotAnEar):
        lent_by(model)


def test_a_model_goes_where_nothing_is_or_where_one_of_ours_was(model, tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "nothing", tmp_path / "empty", model):
        check_place(place)


def test_what_is_no_model_of_ours_is_not_overwritten(model, tmp_path):
    (model / "model.json").unlink()
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    for place in (model, tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(Taken, match="请换一个目录"):
            check_place(place)
