"""三色督办: nobody acts, and the ladder is climbed: each rung once, however often and wherever the clock ticks."""

from datetime import timedelta

import pytest

from models.alert import Alert, Notice
from models.casework import clock
from models.history import Event, HistoryLine
from models.people import Officer
from tests.casebook import INSPECTOR, PENSION, ROAD, SUPERVISOR, at_once
from tests.ladder import (
    C17,
    CLIMBED_BY_AN_ASSIGNED_CASE,
    COUNTY,
    T4,
    WARNINGS,
    first_texts,
    leave,
    people,
    set_phone,
    told,
)


def test_nobody_acts_and_each_rung_is_heard_by_whoever_must_hear_it(book):
    book.spoken_case(PENSION)
    first_texts(book, days=9)
    assert told(book) == {
        "快到受理时限": [C17],
        "到时限还没有受理": [T4, SUPERVISOR, C17],  # C17 was texted that day already and hears it in the morning
        "超期一天没有受理": [T4, SUPERVISOR],
        "快到办结时限": [C17, T4],
        "到时限还没有办结": [C17, T4, SUPERVISOR],
        "超期三天没有办结": [T4, SUPERVISOR, INSPECTOR],
    }


def test_each_rung_is_climbed_when_its_moment_comes_and_not_before(book):
    case = book.spoken_case(PENSION)
    moments = sorted(
        (turn.at, rung) for rung, turn in book.case(case).turns.rungs.items() if rung in CLIMBED_BY_AN_ASSIGNED_CASE
    )
    for at, _ in moments:
        book.watch.now = at - timedelta(seconds=1)
        assert book.tick() == 0
        book.watch.now = at
        assert book.tick() == 1
    assert [alert.rung for alert in book.rows(Alert)] == [rung for _, rung in moments]


def test_ticking_again_climbs_nothing_twice_and_tells_nobody_twice(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=10)
    assert [book.tick() for _ in range(5)] == [6, 0, 0, 0, 0]
    assert len(book.texts_out(*WARNINGS)) == 4
    assert book.events(case).count(Event.ESCALATED) == 6


def test_several_rungs_due_at_once_to_one_telephone_are_one_text_and_it_speaks_of_the_strongest(book):
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    assert {message.to: message.slots["what"] for message in book.texts_out(*WARNINGS)} == {
        C17: "到时限还没有办结",
        T4: "超期三天没有办结",
        SUPERVISOR: "超期三天没有办结",
        INSPECTOR: "超期三天没有办结",
    }
    assert all(notice.told_at == book.watch() for notice in book.rows(Notice))


def test_cases_that_are_late_together_are_one_text_to_a_telephone_that_says_how_many(book):
    for place in range(3):
        book.text(ROAD, sender=f"+861390001{place:04}")
    book.watch.wait(days=10)
    book.tick()
    (text,) = [message for message in book.texts_out(*WARNINGS) if message.to == SUPERVISOR]
    assert text.slots["more"] == "；另有2件"


def test_ticks_on_several_machines_at_the_same_instant_climb_each_rung_once(book):
    for place in range(5):
        book.spoken_case(PENSION, f"CA{place}")
    book.watch.wait(days=10)
    climbed = at_once(*[book.tick] * 4)
    book.tick()
    assert sum(climbed) <= 30
    assert len(book.rows(Alert)) == 30
    assert len({(notice.alert_id, notice.number_hash) for notice in book.rows(Notice)}) == len(book.rows(Notice))
    assert all(notice.texts == 1 for notice in book.rows(Notice))


def test_a_case_with_nobody_is_heard_of_sooner_and_by_the_county_itself(book):
    case = book.spoken_case(ROAD)
    first_texts(book, days=4)
    heard = told(book)
    assert heard["还没有人接手"] == [COUNTY]
    assert heard["快到时限没人接手"] == [SUPERVISOR]
    assert heard["到时限还没有受理"] == [COUNTY, SUPERVISOR]
    (first,) = [alert for alert in book.rows(Alert) if alert.rung == "nobody_soon"]
    assert first.at < book.case(case).accept_soon_at
    assert book.texts_out(*WARNINGS)[0].slots["unit"] == "尚未分办"


def test_a_warning_names_the_number_the_unit_and_the_date_and_nothing_of_the_matter(book):
    case = book.case(book.spoken_case(PENSION))
    book.watch.now = case.accept_soon_at
    book.tick()
    (text,) = book.texts_out(*WARNINGS)
    assert text.slots == {
        "number": case.number,
        "colour": "蓝色预警",
        "unit": "羊角乡六坪村",
        "what": "快到受理时限",
        "due": "11月24日18:00",
        "more": "",
    }


def test_the_officers_of_a_unit_hear_beside_its_duty_phone_and_its_head_with_them(book):
    people(
        book, cadre=("C17", "+8613900000917", False), head=("C17", "+8613900000918", True), gone=("C17", None, False)
    )
    book.spoken_case(PENSION)
    first_texts(book, days=4)
    assert sorted(told(book)["快到受理时限"]) == ["+8613900000917", "+8613900000918", C17]
    assert T4 not in told(book)["快到办结时限"]
    assert "+8613900000918" in told(book)["快到办结时限"]


def test_a_unit_without_a_telephone_is_warned_through_the_next_one_above(book):
    set_phone(book, "C17", None)
    book.spoken_case(PENSION)
    first_texts(book, days=2)
    assert told(book)["快到受理时限"] == [T4]


def test_where_neither_village_nor_township_has_a_telephone_the_county_is_warned(book):
    set_phone(book, "C17", None)
    set_phone(book, "T4", None)
    book.spoken_case(PENSION)
    first_texts(book, days=2)
    assert told(book)["快到受理时限"] == [COUNTY]


def test_where_no_unit_has_a_telephone_the_supervisors_are_warned(book):
    for unit in ("C17", "T4", "xfj"):
        set_phone(book, unit, None)
    book.spoken_case(PENSION)
    first_texts(book, days=2)
    assert told(book)["快到受理时限"] == [SUPERVISOR]


def test_where_no_supervisor_has_a_telephone_the_countys_duty_phone_hears(book):
    leave(book, "duban")
    book.spoken_case(PENSION)
    first_texts(book, days=2)
    assert COUNTY in told(book)["到时限还没有受理"]


def test_every_supervisor_hears_and_none_who_has_left(book):
    with book.sessions.writing() as session:
        office = {"name": "又一位督办", "role": "supervisor", "unit_id": "xfj", "password_hash": "-"}
        session.add(Officer(login="second", number="+8613900009002", **office))
        session.add(Officer(login="gone", number="+8613900009008", active=False, **office))
        session.add(Officer(login="without", number=None, **office))
    book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    heard = {message.to for message in book.texts_out(*WARNINGS)}
    assert {SUPERVISOR, "+8613900009002"} <= heard
    assert "+8613900009008" not in heard


def test_one_telephone_for_two_duties_rings_once(book):
    set_phone(book, "C17", T4)
    book.spoken_case(PENSION)
    book.watch.wait(days=3, hours=4)
    book.tick()
    assert [message.to for message in book.texts_out(*WARNINGS)].count(T4) == 1


def test_an_accepted_case_is_no_longer_late_in_being_accepted(book):
    case = book.spoken_case(PENSION)
    book.accept(case)
    book.watch.wait(days=10)
    book.tick()
    assert {alert.rung for alert in book.rows(Alert)} == {"finish_soon", "finish_overdue", "finish_late"}


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
    assert "finish_overdue" in {alert.rung for alert in book.rows(Alert)}


def test_the_history_says_which_rung_was_climbed_and_when(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    lines = book.rows(HistoryLine, petition_id=case, event=Event.ESCALATED)
    assert {line.detail["rung"] for line in lines} == set(CLIMBED_BY_AN_ASSIGNED_CASE)
    assert {line.at for line in lines} == {book.watch()}


@pytest.mark.parametrize("number", [1, clock.BATCH + 1])
def test_a_clock_that_stood_still_for_long_catches_up_batch_by_batch(book, number):
    for place in range(number):
        book.text(ROAD, sender=f"+861390001{place:04}")
    book.watch.wait(days=10)
    climbed = [book.tick() for _ in range(4)]
    assert sum(climbed) == 9 * number
    assert climbed[-1] == 0
