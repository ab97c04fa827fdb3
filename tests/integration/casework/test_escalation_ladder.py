"""预警 and 超期: nobody acts, and the ladder is climbed: each rung once, however often and wherever the clock ticks."""

import pytest
from sqlalchemy import update

from models.alert import Alert
from models.casework import clock
from models.escalation import Rung
from models.history import Event, HistoryLine
from models.message import Purpose
from models.people import Officer
from models.places import Unit
from tests.casebook import PENSION, ROAD, SUPERVISOR, at_once

C17, T4, COUNTY = "+8613900009017", "+8613900009104", "+8613900009000"
WARNINGS = (Purpose.ACCEPT_SOON, Purpose.ACCEPT_OVERDUE, Purpose.FINISH_SOON, Purpose.FINISH_OVERDUE)


def test_nobody_acts_and_each_rung_is_heard_once_by_whoever_must_hear_it(book):
    book.spoken_case(PENSION)
    for _ in range(60):
        book.watch.wait(hours=2)
        book.tick()
    assert warned(book) == [
        (Purpose.ACCEPT_SOON, C17),
        (Purpose.ACCEPT_OVERDUE, SUPERVISOR),
        (Purpose.FINISH_SOON, C17),
        (Purpose.FINISH_OVERDUE, SUPERVISOR),
    ]


def test_each_rung_is_climbed_when_its_moment_comes_and_not_before(book):
    case = book.spoken_case(PENSION)
    dates = book.case(case).dates.of()
    for rung in Rung:
        book.watch.now = dates[rung]
        book.watch.wait(seconds=-1)
        assert book.tick() == 0
        book.watch.wait(seconds=1)
        assert book.tick() == 1
    assert [alert.rung for alert in book.rows(Alert)] == list(Rung)


def test_ticking_again_climbs_nothing_twice(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=10)
    assert [book.tick() for _ in range(5)] == [4, 0, 0, 0, 0]
    assert len(book.texts_out(*WARNINGS)) == 4
    assert book.events(case).count(Event.ESCALATED) == 4


def test_ticks_on_several_machines_at_the_same_instant_climb_each_rung_once(book):
    for place in range(5):
        book.spoken_case(PENSION, f"CA{place}")
    book.watch.wait(days=10)
    climbed = at_once(*[book.tick] * 4)
    book.tick()
    assert sum(climbed) <= 20
    assert len(book.rows(Alert)) == 20
    assert len(book.texts_out(*WARNINGS)) == 20


def test_a_case_with_nobody_counts_like_one_whose_unit_sleeps_and_the_county_hears(book):
    book.spoken_case(ROAD)
    book.watch.wait(days=10)
    book.tick()
    assert warned(book) == [
        (Purpose.ACCEPT_SOON, COUNTY),
        (Purpose.ACCEPT_OVERDUE, SUPERVISOR),
        (Purpose.FINISH_SOON, COUNTY),
        (Purpose.FINISH_OVERDUE, SUPERVISOR),
    ]
    assert book.texts_out(*WARNINGS)[0].slots["unit"] == "尚未分办"


def test_a_warning_names_the_number_and_the_unit_and_nothing_of_the_matter(book):
    case = book.case(book.spoken_case(PENSION))
    book.watch.wait(days=10)
    book.tick()
    assert {tuple(sorted(message.slots.items())) for message in book.texts_out(*WARNINGS)} == {
        (("number", case.number), ("unit", "羊角乡六坪村"))
    }


def test_a_unit_without_a_telephone_is_warned_through_the_next_one_above(book):
    set_phone(book, "C17", None)
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    assert warned(book)[0] == (Purpose.ACCEPT_SOON, T4)


def test_where_neither_village_nor_township_has_a_telephone_the_county_is_warned(book):
    set_phone(book, "C17", None)
    set_phone(book, "T4", None)
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    assert warned(book)[0] == (Purpose.ACCEPT_SOON, COUNTY)


def test_where_no_unit_has_a_telephone_the_supervisors_are_warned(book):
    for unit in ("C17", "T4", "xfj"):
        set_phone(book, unit, None)
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    assert warned(book)[0] == (Purpose.ACCEPT_SOON, SUPERVISOR)


def test_every_supervisor_hears_and_none_who_has_left(book):
    with book.sessions.writing() as session:
        office = {"name": "又一位督办", "role": "supervisor", "unit_id": "xfj", "password_hash": "-"}
        session.add(Officer(login="second", number="+8613900009002", **office))
        session.add(Officer(login="gone", number="+8613900009008", active=False, **office))
        session.add(Officer(login="without", number=None, **office))
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    heard = [to for purpose, to in warned(book) if purpose == Purpose.FINISH_OVERDUE]
    assert sorted(heard) == [SUPERVISOR, "+8613900009002"]


def test_one_telephone_for_two_duties_rings_once(book):
    set_phone(book, "C17", COUNTY)
    set_phone(book, "xfj", COUNTY)
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    assert [to for purpose, to in warned(book) if purpose == Purpose.ACCEPT_SOON] == [COUNTY]


def test_an_accepted_case_is_no_longer_late_in_being_accepted(book):
    case = book.spoken_case(PENSION)
    book.accept(case)
    book.watch.wait(days=10)
    book.tick()
    assert [purpose for purpose, _ in warned(book)] == [Purpose.FINISH_SOON, Purpose.FINISH_OVERDUE]


def test_an_answered_case_is_not_late_at_all(book):
    book.answered_case()
    book.watch.wait(days=10)
    assert book.tick() == 0


def test_a_case_given_from_unit_to_unit_is_late_all_the_same(book):
    case = book.spoken_case(PENSION)
    for place in range(24):
        book.watch.wait(hours=12)
        book.assign(case, unit="T4" if place % 2 else "C17")
        book.tick()
    assert (Purpose.FINISH_OVERDUE, SUPERVISOR) in warned(book)


def test_the_history_says_which_rung_was_climbed_and_when(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    lines = book.rows(HistoryLine, petition_id=case, event=Event.ESCALATED)
    assert [line.detail for line in lines] == [{"rung": rung} for rung in Rung]
    assert {line.at for line in lines} == {book.watch()}


def test_a_danger_to_life_escalates_within_minutes_on_a_sunday_night(book):
    book.watch.now = book.watch.now.replace(day=29, hour=23)
    book.spoken_case("三道沟村着火了，快来救人")
    book.watch.wait(minutes=16)
    book.tick()
    assert (Purpose.ACCEPT_OVERDUE, SUPERVISOR) in warned(book)


@pytest.mark.parametrize("number", [1, clock.BATCH + 1])
def test_a_clock_that_stood_still_for_long_catches_up_batch_by_batch(book, number):
    for place in range(number):
        book.text(ROAD, sender=f"+861390001{place:04}")
    book.watch.wait(days=10)
    climbed = [book.tick() for _ in range(4)]
    assert sum(climbed) == 4 * number
    assert climbed[-1] == 0


def warned(book):
    return [(message.purpose, message.to) for message in book.texts_out(*WARNINGS)]


def set_phone(book, unit, number):
    with book.sessions.writing() as session:
        session.execute(update(Unit).where(Unit.id == unit).values(number=number))
