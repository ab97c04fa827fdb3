"""锚: once a day a digest of all histories goes to people outside the machine; rewriting history shows, even when the
chain is made whole again.
"""

import dataclasses
import hashlib
import json
from datetime import UTC, timedelta

import pytest
from sqlalchemy import text

from models.anchor import Anchor, Told, by_case
from models.casework import anchoring
from models.history import HistoryLine
from models.message import Purpose
from models.outbox import OutboxRow, Task
from tests.casebook import INSPECTOR, NEIGHBOUR, PENSION, REPORT, SUPERVISOR, at_once


@pytest.fixture
def days(book):
    """Three days, some cases each, an anchor every evening; the texts that the supervisor kept."""
    cases = []
    for day in range(3):
        cases += [book.text_case(PENSION, sender=f"+8613900003{day}{place:02}") for place in range(2)]
        evening(book)
        book.watch.now = book.watch.now.replace(hour=9) + timedelta(days=1)
    book.confirm(cases[0])
    return cases


def evening(book):
    book.watch.now = book.watch.now.replace(hour=18)
    return book.anchor()


def kept(book, number=SUPERVISOR):
    """The anchors as they stand on a telephone."""
    return [Told.parse(one.slots["anchor"]) for one in book.texts_out(Purpose.ANCHOR) if one.to == number]


def check(book, told=()):
    with book.sessions.reading() as session:
        found = anchoring.verify(session, told)
        return [one.what for one in found.found], found.first_case(session)


def test_an_honest_history_agrees_with_everything_people_kept(book, days):
    assert check(book, kept(book)) == ([], "")
    with book.sessions.reading() as session:
        found = anchoring.verify(session)
    assert (found.anchors, found.lines) == (3, len(book.rows(HistoryLine)))


def test_an_anchor_is_taken_from_six_in_the_evening_on_and_once_a_day(book):
    book.text_case(PENSION)
    book.watch.now = book.watch.now.replace(hour=17, minute=59)
    assert not book.anchor()
    assert evening(book)
    book.watch.wait(hours=2)
    assert not book.anchor()
    assert len(book.rows(Anchor)) == 1


def test_several_machines_at_the_same_instant_take_it_once(book):
    book.text_case(PENSION)
    book.watch.now = book.watch.now.replace(hour=18)
    assert sorted(at_once(*[book.anchor] * 4)) == [False, False, False, True]
    assert len(book.texts_out(Purpose.ANCHOR)) == 2


def test_it_goes_to_supervisors_and_inspectors_who_read_it_out_in_groups(book, days):
    assert {message.to for message in book.texts_out(Purpose.ANCHOR)} == {SUPERVISOR, INSPECTOR}
    first = book.texts_out(Purpose.ANCHOR)[0].slots["anchor"].split(" ")
    assert first[0] == "2026-11-23"
    assert [len(group) for group in first[2:]] == [5] * 5


def test_a_day_on_which_nothing_happened_has_its_anchor_too(book, days):
    evening(book)
    book.watch.wait(days=1)
    assert evening(book)
    assert check(book, kept(book))[0] == []


def test_an_anchor_late_at_night_waits_for_the_morning(book):
    book.text_case(PENSION)
    book.watch.now = book.watch.now.replace(hour=23)
    book.anchor()
    texts = {message.id for message in book.texts_out(Purpose.ANCHOR)}
    rows = [row for row in book.rows(OutboxRow) if row.subject_id in texts and row.task == Task.DELIVER]
    assert {row.not_before for row in rows} == {book.watch.now.replace(hour=8) + timedelta(days=1)}


def test_the_first_line_of_the_next_day_carries_it_and_no_other(book, days):
    told = [str(anchor.told) for anchor in book.rows(Anchor)]
    assert [line.detail["anchor"] for line in book.rows(HistoryLine) if "anchor" in line.detail] == told


def test_a_rewritten_line_shows_and_the_case_is_named(book, days):
    change(book, days[1], "event = 'closed'")
    found, number = check(book)
    assert "改过" in found[0]
    assert number == book.case(days[1]).number


def test_a_line_taken_out_shows(book, days):
    with book.sessions.engine.begin() as connection:
        connection.execute(text("DELETE FROM history WHERE id = :line"), {"line": lines(book, days[1])[0].id})
    assert check(book)[1] == book.case(days[1]).number


def test_a_rewritten_line_whose_chain_was_made_whole_again_is_caught_by_the_anchor(book, days):
    change(book, days[1], "event = 'closed'")
    make_whole(book, days[1])
    assert all(line.digest == line.computed() for line in lines(book, days[1]))
    found, number = check(book)
    assert found == ["锚 2026-11-23 以前的经过和当时不一样"]
    assert number == book.case(days[1]).number


def test_even_who_rewrites_the_anchors_too_cannot_rewrite_the_texts_on_the_telephones(book, days):
    texts = kept(book)
    change(book, days[1], "event = 'closed'")
    make_whole(book, days[1])
    make_anchors_whole(book)
    carried = [one for one in check(book)[0] if "带的锚" not in one]
    assert carried == []
    found, _ = check(book, texts)
    assert "锚 2026-11-23 和收到的短信不一样" in found
    assert sum("和收到的短信不一样" in one for one in found) == 3


def test_the_lines_that_carry_the_anchors_give_a_rewritten_table_away(book, days):
    change(book, days[1], "event = 'closed'")
    make_whole(book, days[1])
    make_anchors_whole(book)
    assert any("带的锚和 2026-11-23 的不一样" in one for one in check(book)[0])


def test_a_rewritten_anchor_shows_by_itself(book, days):
    with book.sessions.engine.begin() as connection:
        connection.execute(text("UPDATE anchors SET digest = :digest WHERE day = '2026-11-25'"), {"digest": "ab" * 32})
    assert "锚 2026-11-25 改过" in check(book)[0]


def test_a_new_line_written_into_an_old_day_shows(book, days):
    anchors = book.rows(Anchor)
    with book.sessions.engine.begin() as connection:
        connection.execute(
            text("UPDATE history SET petition_id = :case WHERE id = :line"),
            {"case": days[0], "line": lines(book, days[1])[-1].id},
        )
    make_whole(book, days[0])
    assert check(book, [anchor.told for anchor in anchors])[0]


def test_a_text_of_an_anchor_that_is_gone_shows(book, days):
    texts = kept(book)
    with book.sessions.engine.begin() as connection:
        connection.execute(text("DELETE FROM anchors WHERE day = '2026-11-25'"))
    assert "锚 2026-11-25 不在库里" in check(book, texts)[0]


def test_a_text_that_was_typed_off_wrong_does_not_agree(book, days):
    (first, *_) = kept(book)
    wrong = dataclasses.replace(first, figures=first.figures[::-1])
    assert check(book, [wrong])[0] == ["锚 2026-11-23 和收到的短信不一样"]


def test_a_held_case_is_never_named(book):
    case = book.text_case(REPORT, sender=NEIGHBOUR)
    evening(book)
    change(book, case, "event = 'closed'")
    assert check(book)[1] == "密件"


def test_a_line_that_is_being_written_is_not_left_below_the_anchor(book):
    """The anchor waits for whoever is writing, and whoever comes after it writes above it."""
    case = book.text_case(PENSION)
    book.watch.now = book.watch.now.replace(hour=18)
    at_once(*[lambda: book.listen(case)] * 3, book.anchor, *[lambda: book.listen(case)] * 3)
    assert check(book)[0] == []


@pytest.mark.parametrize("written", ["锚 {}", "【棠溪热线】锚 {}", "{}", " {} "])
def test_an_anchor_is_read_as_it_came_or_as_somebody_typed_it(written):
    told = Told.parse(written.format("2026-11-22 1234 48213 90571 33920 18823 56620"))
    assert (str(told.day), told.last_line, told.figures) == ("2026-11-22", 1234, "4821390571339201882356620")
    assert str(told) == "2026-11-22 1234 48213 90571 33920 18823 56620"


@pytest.mark.parametrize("written", ["", "锚", "2026-11-22", "2026-11-22 12 48213", "收到"])
def test_what_is_no_anchor_is_refused(written):
    with pytest.raises(ValueError, match="anchor"):
        Told.parse(written)


def lines(book, case):
    return book.rows(HistoryLine, petition_id=case)


def change(book, case, what):
    with book.sessions.engine.begin() as connection:
        connection.execute(text(f"UPDATE history SET {what} WHERE id = :line"), {"line": lines(book, case)[0].id})  # noqa: S608 - our own words


def make_whole(book, case):
    """What somebody would do who can write to the database and knows how the chain is made."""
    before = ""
    for line in lines(book, case):
        at = line.at.astimezone(UTC).isoformat()
        body = [line.petition_id, at, line.event, line.officer_id, line.detail, before]
        digest = hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        with book.sessions.engine.begin() as connection:
            connection.execute(
                text("UPDATE history SET before = :before, digest = :digest WHERE id = :line"),
                {"before": before, "digest": digest, "line": line.id},
            )
        before = digest


def make_anchors_whole(book):
    before, after = "", 0
    for anchor in book.rows(Anchor):
        covered = [line for line in book.rows(HistoryLine) if after < line.id <= anchor.last_line]
        with book.sessions.writing() as session:
            row = session.get_one(Anchor, anchor.id)
            row.cases = by_case((line.id, line.petition_id, line.digest) for line in covered)
            row.digest = row.computed(before)
            before, after = row.digest, row.last_line
