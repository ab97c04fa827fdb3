"""Our own calls: in hours, in turn, again by the schedule, and nothing counts but what a person pressed or said."""

from datetime import timedelta

import pytest

from models.base import DataKey
from models.call import Call, Outcome
from models.casework import dialled, duty, hearing, intake, read_aloud, telling
from models.lifecycle import Status
from models.message import Purpose
from models.outgoing import CallOut, Reason, Stage
from models.people import Phone
from models.permissions import SYSTEM
from models.recording import Recording
from models.tasks import PersonTask, Why
from tests.casebook import MONDAY, VILLAGER
from tests.inspectors import with_keys
from tests.outgoing_line import Line

LANDSLIDE = "我是六坪村的山上滑坡了房子垮了有人被埋了"
VILLAGE, TOWNSHIP, COUNTY, SUPERVISOR = "+8613900009017", "+8613900009104", "+8613900009000", "+8613900009001"
DUTY_LIST = [VILLAGE, TOWNSHIP, COUNTY, SUPERVISOR]
NIGHT = MONDAY.replace(hour=23)


@pytest.fixture
def line(workshop):
    return Line(workshop)


# danger


def test_whose_words_of_danger_are_heard_after_she_hung_up_is_called_back_at_once_whatever_the_hour(line, book):
    book.watch.now = NIGHT
    book.spoken_case(LANDSLIDE)
    line.workshop.work()
    assert line.rung == [VILLAGER]
    assert line.order().reason == Reason.DANGER


def test_who_is_not_there_is_not_tried_again_but_the_duty_list_is_rung_in_turn_three_times(line, book):
    book.spoken_case(LANDSLIDE)
    line.workshop.work()
    for _ in range(13):
        line.ends()
        book.watch.wait(minutes=2)
        line.workshop.work()
    assert line.rung == [VILLAGER, *DUTY_LIST * 3]
    assert line.order().stage == Stage.GIVEN_UP


def test_whoever_presses_one_takes_care_of_her_and_nobody_else_is_rung(line, book):
    book.spoken_case(LANDSLIDE)
    line.workshop.work()
    line.ends("busy")
    line.ends()
    line.do(dialled.taken, line.order().id)
    line.ends("completed")
    assert line.rung == [VILLAGER, VILLAGE, TOWNSHIP]
    assert (line.order().stage, book.rows(CallOut)[-1].heard_at) == (Stage.DONE, book.watch())


def test_the_duty_list_is_told_what_she_said(line, book):
    book.spoken_case(LANDSLIDE)
    line.workshop.work()
    line.ends()
    with book.sessions.reading() as session:
        assert dialled.said(session, session.get_one(CallOut, line.order().id)) == LANDSLIDE


def test_who_was_taken_over_while_she_was_on_the_line_is_not_called_back(line, book):
    book.ring()
    book.say()
    in_danger(line)
    line.do(lambda session, now: duty.taken_over(session, the_call(session), now=now))
    book.hang_up()
    line.workshop.work()
    assert line.rung == []


def test_who_hangs_up_in_danger_before_anybody_came_is_called_back_with_the_same_words(line, book):
    book.ring()
    book.say()
    in_danger(line)
    book.hang_up()
    line.workshop.work()
    assert line.rung == [VILLAGER]


def test_the_words_that_come_after_such_a_call_ring_nobody_a_second_time(line, book):
    book.ring()
    case = book.say()
    in_danger(line)
    book.hang_up()
    book.hear(case, LANDSLIDE)
    line.workshop.work()
    assert line.rung == [VILLAGER]


def test_whom_all_of_the_duty_list_left_waiting_is_not_rung_while_she_dials_for_help_but_they_are(line, book):
    book.ring()
    book.say()
    in_danger(line)
    line.do(lambda session, now: duty.nobody_came(session, the_call(session), county=book.county, now=now))
    book.hang_up()
    line.workshop.work()
    assert line.rung == []
    book.watch.wait(minutes=2)
    line.workshop.work()
    assert line.rung == [COUNTY]


def test_danger_by_text_rings_the_duty_list(line, book):
    book.text_case("六坪村滑坡了，房子垮了，有人被埋了，快来救人")
    line.workshop.work()
    assert line.rung == [VILLAGE]


def test_the_call_that_she_picks_up_is_a_call_of_her_case_and_texts_her_no_number_again(line, book):
    case = book.spoken_case(LANDSLIDE)
    line.workshop.work()
    line.picked_up()
    line.ends("completed")
    assert (book.rows(Call)[-1].petition_id, line.outcome()) == (case, Outcome.ADDED)
    assert len(book.texts_out(Purpose.ACK)) == 1
    assert line.rung == [VILLAGER]  # they were rung from her call: again only after a pause
    book.watch.wait(minutes=2)
    line.workshop.work()
    assert line.rung == [VILLAGER, VILLAGE]


# a missed call


def test_who_rings_off_before_anybody_has_spoken_is_called_back_once(line):
    line.rings_off(seconds=2)
    assert line.rung == [VILLAGER]
    line.ends()
    line.book.watch.wait(days=2)
    line.workshop.work()
    assert (line.rung, line.order().stage, line.outcome()) == ([VILLAGER], Stage.GIVEN_UP, Outcome.CALL_BACK)


def test_who_rings_off_twice_is_called_back_once(line):
    line.rings_off(seconds=0)
    line.rings_off(seconds=1, sid="CA2")
    assert line.rung == [VILLAGER]


@pytest.mark.parametrize("caller", ["+12025550100", "+864001234567", "+8616812345"])
def test_no_call_goes_abroad_or_to_a_number_that_costs(line, caller):
    line.rings_off(seconds=2, caller=caller)
    assert (line.rung, line.outcome()) == ([], Outcome.HUNG_UP)


def test_who_has_heard_the_greeting_and_hangs_up_is_not_called_back(line):
    line.rings_off(seconds=9)
    assert (line.rung, line.outcome()) == ([], Outcome.HUNG_UP)


def test_who_rang_at_night_is_called_back_in_the_morning(line, book):
    book.watch.now = NIGHT
    line.rings_off(seconds=2)
    assert line.rung == []
    line.workshop.work_for(10)
    assert line.rung == [VILLAGER]
    assert line.carrier.rung[0][2] == NIGHT + timedelta(hours=9, minutes=30)


def test_who_has_hours_of_her_own_is_called_in_those(line, book):
    with book.sessions.writing() as session:
        session.add(phone_of(session, VILLAGER, hours="18:00-20:00"))
    line.rings_off(seconds=2)
    line.workshop.work_for(12)
    assert line.carrier.rung[0][2] == MONDAY.replace(hour=18)


# an answer that no text could bring


def test_an_answer_that_did_not_arrive_is_read_to_her_and_a_key_says_that_she_has_heard_it(line, book):
    case = line.text_in_vain()
    line.picked_up()
    line.do(lambda session, now: read_aloud.rated(session, the_call(session, "CA-out"), result=1, now=now))
    line.ends("completed")
    assert (book.case(case).status, book.case(case).rating) == (Status.CLOSED, 1)
    assert line.order().stage == Stage.DONE


def test_a_call_that_nobody_answered_with_a_key_or_a_word_has_told_nobody(line, book):
    case = line.text_in_vain()
    line.picked_up()
    line.ends("completed")
    assert book.case(case).status == Status.REPLIED


def test_she_is_tried_by_the_schedule_and_then_a_person_goes(line, book):
    case = line.text_in_vain()
    for _ in range(4):
        line.ends()
        line.workshop.work_for(40)
    assert line.rung == [VILLAGER] * 4
    assert book.case(case).status == Status.REPLIED
    assert len(book.rows(PersonTask, why=Why.NOT_TOLD)) == 1


def test_whom_a_person_has_told_meanwhile_is_not_called(line, book):
    book.watch.now = NIGHT
    case = line.text_in_vain()
    book.do(case, lambda s, p: telling.told(s, p, by=SYSTEM, now=book.watch(), how="person"))
    line.workshop.work_for(10)
    assert (line.rung, line.order().stage) == ([], Stage.DONE)


def the_call(session, sid="CA1"):
    return intake.find_call(session, "twilio", sid)


def in_danger(line):
    line.do(lambda session, now: duty.in_danger(session, the_call(session), county=line.book.county, now=now))


def phone_of(session, number, *, hours):
    keyring = session.info["keyring"]
    phone = Phone(number_hash=keyring.hash_number(number), key=DataKey.fresh(keyring), hours=hours)
    phone.number = number
    return phone


ACCUSED = "六坪村支书收了钱不管，房子垮了，我妈埋在里头，快来救人"


def told_to_duty(line, book):
    with book.sessions.reading() as session:
        return dialled.for_duty(session, session.get_one(CallOut, line.order().id), county=book.county)


def test_of_an_emergency_that_accuses_somebody_the_duty_list_is_told_the_danger_alone(line, book):
    book.spoken_case(ACCUSED)
    line.workshop.work()
    line.ends()
    assert told_to_duty(line, book) == "房子垮了,我妈埋，埋在里头，快来救"


def test_whoever_picks_up_while_she_is_on_the_line_is_told_the_danger_alone_too(line, book):
    book.ring()
    case = book.say()
    with book.sessions.writing() as session:
        call = the_call(session)
        hearing.heard(session, book.rows(Recording)[0].id, ACCUSED)
        told = hearing.for_duty(session, call, county=book.county)
    assert case
    assert "埋" in told
    assert "支书" not in told


def test_once_it_is_sealed_the_duty_list_is_rung_all_the_same_and_told_no_word(line, book):
    with_keys(book)
    case = book.spoken_case(ACCUSED)
    line.workshop.work()
    line.ends()
    book.seal(case)
    assert told_to_duty(line, book) == ""
