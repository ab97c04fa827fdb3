"""Where a reading copy departs from what was heard."""

import json

from hypothesis import given
from hypothesis import strategies as st

from models.marks import Change, Mark, Marked, Offer, changed, packed, unpacked, word_places

SIGNS = "我是六坪村的李二娃"


@st.composite
def changes(draw):
    start = draw(st.integers(0, len(SIGNS) - 1))
    end = draw(st.integers(start + 1, len(SIGNS)))
    written = draw(st.text(alphabet="0123八角", min_size=1, max_size=4))
    return Change(start, end, written, tuple(draw(st.lists(st.just("C17"), max_size=1))))


@given(st.lists(changes(), max_size=6))
def test_undoing_every_mark_gives_what_was_heard_whatever_was_changed(some):
    copy = changed(SIGNS, some)
    assert copy.as_heard == SIGNS
    assert {copy.text[mark.start : mark.end] for mark in copy.marks} <= {change.written for change in some}
    assert bool(copy.marks) == bool(some)


@given(st.lists(changes(), max_size=6))
def test_the_stretches_are_the_whole_copy_and_say_what_each_was_heard_as(some):
    copy = changed(SIGNS, some)
    assert "".join(stretch.text for stretch in copy.stretches()) == copy.text
    assert "".join(SIGNS[stretch.heard] for stretch in copy.stretches()) == SIGNS
    for stretch in copy.stretches():
        assert SIGNS[stretch.heard] == (stretch.mark.heard if stretch.mark else stretch.text)


@given(st.lists(changes(), max_size=6))
def test_the_marks_come_back_from_where_they_are_kept_as_they_were(some):
    marks = changed(SIGNS, some).marks
    assert unpacked(packed(marks)) == marks


def test_offers_come_back_too_and_nothing_kept_is_no_mark():
    mark = Mark(0, 3, "今平村", offers=(Offer("金坪村", ("C01",)), Offer("锦屏村", ("C11",))))
    assert unpacked(packed([mark])) == (mark,)
    assert json.loads(packed([mark]))[0]["offers"][1] == {"name": "锦屏村", "owners": ["C11"]}
    assert unpacked("") == ()


def test_of_two_changes_that_overlap_the_one_named_first_is_made():
    first, second = Change(2, 5, "八角村", ("C34",)), Change(1, 3, "X")
    assert changed("我是巴角村的", [first, second]).text == "我是八角村的"
    assert changed("我是巴角村的", [second, first]).text == "我X角村的"


def test_a_copy_without_marks_is_one_stretch():
    assert [stretch.text for stretch in Marked("路垮了").stretches()] == ["路垮了"]


def test_each_word_is_found_after_the_one_before_it_and_one_left_out_is_passed_over():
    assert list(word_places("我找，我。", ["我", "[unk]", "找", "我"])) == [(0, 1), None, (1, 2), (3, 4)]
