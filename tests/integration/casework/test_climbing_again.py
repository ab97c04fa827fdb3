"""A case that is opened again, put off, held or let go climbs its ladder anew, and others hear of it."""

import dataclasses

from models.alert import Alert
from models.message import Delivery, Purpose
from tests.casebook import INSPECTOR, NEIGHBOUR, PENSION, REPORT, ROAD, SUPERVISOR
from tests.ladder import (
    C17,
    CLIMBED_BY_AN_ASSIGNED_CASE,
    COUNTY,
    T4,
    WARNINGS,
    first_texts,
    hear_for,
    put_off,
    told,
)


def test_a_reopened_case_climbs_again_and_whoever_has_it_now_hears_that_she_was_not_satisfied(book):
    case = book.answered_case()
    book.watch.wait(days=1)
    book.text("3")
    book.watch.wait(seconds=5)
    book.tick()
    assert book.case(case).unit_id == "T4"
    assert told(book) == {"群众不满意要重办": [T4, COUNTY]}
    book.watch.wait(days=20)
    book.tick()
    assert {(alert.rung, alert.round) for alert in book.rows(Alert, petition_id=case)} == {
        ("reopened", 1), *((rung, 1) for rung in CLIMBED_BY_AN_ASSIGNED_CASE)
    }  # fmt: skip


def test_a_case_that_was_late_and_is_reopened_is_late_once_more_and_what_comes_after_waits_its_time_again(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=10)
    book.tick()
    book.confirm(case)
    book.accept(case)
    book.reply(case)
    book.carrier_says(Delivery.SENT)
    book.text("3")
    book.watch.wait(seconds=5)
    book.tick()
    again = {alert.rung for alert in book.rows(Alert, round=1)}
    assert again == {"accept_soon", "accept_overdue", "finish_soon", "finish_overdue", "reopened"}
    book.watch.wait(days=6)
    book.tick()
    assert {"accept_late", "finish_late"} <= {alert.rung for alert in book.rows(Alert, round=1)}


def test_a_second_bad_rating_is_heard_by_the_discipline_office(book):
    case = book.answered_case()
    book.text("3")
    book.tick()
    book.answer_again(case)
    book.text("3")
    book.tick()
    assert sorted(told(book)["群众第二次不满意"]) == sorted([COUNTY, SUPERVISOR, INSPECTOR])


def test_a_date_put_off_is_heard_of_again_when_it_is_near_and_past(book):
    case = book.spoken_case(PENSION)
    book.confirm(case)
    book.assign(case)
    book.accept(case)
    book.watch.now = book.case(case).finish_soon_at
    book.tick()
    put_off(book, case)
    assert book.tick() == 0
    book.watch.now = book.case(case).finish_due_at
    book.tick()
    assert {(alert.rung, alert.round) for alert in book.rows(Alert)} == {
        ("finish_soon", 0), ("finish_soon", 1), ("finish_overdue", 1)
    }  # fmt: skip


def test_of_a_held_case_the_discipline_office_alone_hears_its_number_and_nothing_else(book):
    case = book.case(book.spoken_case(REPORT))
    book.watch.wait(days=20)
    book.tick()
    (text,) = book.texts_out(*WARNINGS)
    assert (text.purpose, text.to) == (Purpose.SEALED_WARNING, INSPECTOR)
    assert text.slots == {"number": case.number, "more": ""}


def test_a_case_that_is_held_after_others_were_warned_is_repeated_to_none_of_them(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=1, hours=8)
    book.tick()
    assert [message.to for message in book.texts_out(*WARNINGS)] == [C17]
    book.hear(case, REPORT)
    first_texts(book, days=12)
    assert {message.to for message in book.texts_out(*WARNINGS)[1:]} == {INSPECTOR}


def test_who_was_warned_and_has_not_answered_hears_nothing_more_of_a_case_that_is_held(book):
    case = book.spoken_case(PENSION)
    book.watch.wait(days=1, hours=8)
    book.tick()
    before = len(book.texts_out(*WARNINGS))
    book.hear(case, REPORT)
    hear_for(book, days=4)
    assert {message.to for message in book.texts_out(*WARNINGS)[before:]} == {INSPECTOR}


def test_a_held_case_and_another_are_never_told_in_one_text(book):
    held, other = book.spoken_case(REPORT), book.text_case(ROAD, sender=NEIGHBOUR)
    book.watch.wait(days=20)
    book.tick()
    to_him = {message.purpose: message for message in book.texts_out(*WARNINGS) if message.to == INSPECTOR}
    assert to_him[Purpose.SEALED_WARNING].slots == {"number": book.case(held).number, "more": ""}
    assert to_him[Purpose.WARNING].slots["number"] == book.case(other).number
    assert to_him[Purpose.WARNING].slots["more"] == ""


def test_a_released_case_is_late_to_those_who_have_it_now(book):
    case = book.spoken_case(REPORT)
    book.watch.wait(days=10)
    book.tick()
    book.release(case)
    book.tick()
    assert COUNTY in {message.to for message in book.texts_out(Purpose.WARNING)}


def test_a_rung_the_county_has_taken_out_of_its_ladder_is_left_out_and_holds_up_nothing(book):
    case = book.spoken_case(PENSION)
    ladder = book.county.ladder
    kept = {rung: row for rung, row in ladder.rungs.items() if not rung.startswith("accept")}
    book.county = dataclasses.replace(book.county, ladder=dataclasses.replace(ladder, rungs=kept))
    book.watch.wait(days=10)
    assert book.tick() == 3
    assert book.case(case).look_at is None


def test_a_case_older_than_the_ladder_is_climbed_all_the_same(book):
    case = book.spoken_case(PENSION)
    book.do(case, lambda _session, petition: setattr(petition, "turns_kept", None))
    book.watch.wait(days=10)
    assert book.tick() == 6
