"""收到 stops the texts to a telephone and nothing else; the night is quiet but for danger to life."""

from datetime import timedelta

import pytest

from models.alert import Notice
from models.clock import CHINA
from models.history import Event, HistoryLine
from tests.casebook import INSPECTOR, NEIGHBOUR, PENSION, ROAD, SUPERVISOR, VILLAGER
from tests.ladder import C17, COUNTY, T4, WARNINGS, answered, hear_for, leave, local, warned_case

FIRE = "三道沟村着火了，快来救人"


def test_who_does_not_answer_hears_again_after_some_working_hours_and_not_for_ever(book):
    book.spoken_case(ROAD)
    hear_for(book, days=40)
    texts = [message for message in book.texts_out(*WARNINGS) if message.to == INSPECTOR]
    assert len(texts) == 1 + book.county.ladder.most
    assert all(8 <= local(message).hour < 21 for message in texts)


def test_an_answer_stops_the_texts_to_that_telephone_and_to_no_other_and_not_the_clock(book):
    case = book.spoken_case(ROAD)
    book.watch.now = book.case(case).finish_due_at
    book.tick()
    book.text("收到", sender=SUPERVISOR)
    before = len(book.texts_out(*WARNINGS))
    book.watch.wait(days=1)
    book.tick()
    assert {message.to for message in book.texts_out(*WARNINGS)[before:]} == {COUNTY}
    book.watch.now = book.case(case).turns.rungs["finish_late"].at
    assert book.tick() == 1
    assert book.texts_out(*WARNINGS)[-2:][0].slots["what"] == "超期三天没有办结"


@pytest.mark.parametrize("words", ["收到", "收到。", "已收到", "收到了", "知道了", " 收 到 ！"])
def test_however_it_is_written_a_text_of_one_word_is_an_answer(book, words):
    warned_case(book)
    book.text(words, sender=SUPERVISOR)
    assert answered(book, SUPERVISOR)
    assert len(book.cases()) == 1


def test_one_digit_is_an_answer_from_who_was_warned(book):
    warned_case(book)
    book.text("1", sender=SUPERVISOR)
    assert answered(book, SUPERVISOR)
    assert len(book.cases()) == 1


def test_the_digit_of_an_officer_is_an_answer_even_where_a_case_of_her_own_was_answered(book):
    warned_case(book)
    case = book.answered_case("CA-own", SUPERVISOR)
    book.text("1", sender=SUPERVISOR)
    assert answered(book, SUPERVISOR)
    assert book.case(case).rating is None, "an officer's own telephone never rates"


def test_the_history_says_whose_telephone_answered(book):
    case = warned_case(book)
    book.text("收到", sender=SUPERVISOR)
    (line,) = book.rows(HistoryLine, petition_id=case, event=Event.ANSWERED)
    assert line.officer_id == book.officers["duban"].officer_id


def test_an_answer_with_a_number_is_to_that_case_alone(book):
    one, other = book.spoken_case(ROAD), book.text_case(ROAD, sender=NEIGHBOUR)
    book.watch.wait(days=10)
    book.tick()
    book.text(f"收到{book.case(one).number}", sender=SUPERVISOR)
    assert {notice.petition_id for notice in book.rows(Notice) if notice.answered_at} == {one}
    assert any(not notice.answered_at for notice in book.rows(Notice, petition_id=other))


def test_the_same_word_from_somebody_who_was_not_warned_is_a_text_like_any_other(book):
    warned_case(book)
    book.text("收到", sender=VILLAGER)
    assert not any(notice.answered_at for notice in book.rows(Notice))


def test_a_supervisor_who_says_more_than_a_word_is_a_villager_speaking(book):
    warned_case(book)
    book.text("收到了，可是六坪村的路还是烂的", sender=SUPERVISOR)
    assert not any(notice.answered_at for notice in book.rows(Notice))
    assert len(book.cases()) == 2


def test_who_has_taken_the_case_up_is_reminded_no_more_of_taking_it_up(book):
    case = book.spoken_case(PENSION)
    book.watch.now = book.case(case).accept_soon_at
    book.tick()
    book.accept(case)
    book.watch.wait(hours=20)
    book.tick()
    assert len(book.texts_out(*WARNINGS)) == 1


def test_nobody_is_told_on_behalf_of_an_officer_who_left_after_he_was_warned(book):
    warned_case(book)
    leave(book, "duban")
    before = len(book.texts_out(*WARNINGS))
    book.watch.wait(days=1)
    book.tick()
    assert SUPERVISOR not in {message.to for message in book.texts_out(*WARNINGS)[before:]}


def test_what_comes_due_at_night_is_told_in_the_morning_and_none_of_it_is_dropped(book):
    book.spoken_case(ROAD)
    book.watch.now = book.watch.now.replace(day=27, hour=22)
    book.tick()
    assert book.texts_out(*WARNINGS) == []
    book.watch.now = book.watch.now.replace(day=28, hour=7, minute=59)
    book.tick()
    assert book.texts_out(*WARNINGS) == []
    book.watch.wait(minutes=1)
    book.tick()
    assert {message.to for message in book.texts_out(*WARNINGS)} == {COUNTY, SUPERVISOR}


def test_what_was_held_back_in_the_night_is_told_even_if_somebody_acted_before_the_morning(book):
    case = book.spoken_case(PENSION)
    book.watch.now = book.watch.now.replace(day=24, hour=22)
    book.tick()
    book.accept(case)
    book.watch.wait(hours=10)
    book.tick()
    assert {message.to for message in book.texts_out(*WARNINGS)} == {C17, T4, SUPERVISOR}


def test_a_danger_to_life_rings_within_minutes_on_a_sunday_night_and_again_soon(book):
    book.watch.now = book.watch.now.replace(day=29, hour=23)
    book.spoken_case(FIRE)
    book.watch.wait(minutes=16)
    book.tick()
    assert SUPERVISOR in {message.to for message in book.texts_out(*WARNINGS)}
    before = len(book.texts_out(*WARNINGS))
    book.watch.wait(minutes=15)
    book.tick()
    assert SUPERVISOR in {message.to for message in book.texts_out(*WARNINGS)[before:]}


def test_who_was_texted_today_gets_the_rest_in_one_text_tomorrow_morning(book):
    first = book.spoken_case(PENSION)
    book.watch.wait(hours=1)
    book.spoken_case(PENSION, "CA2", NEIGHBOUR)
    book.watch.now = book.case(first).accept_soon_at
    book.tick()
    book.watch.wait(hours=1)
    book.tick()
    assert [message.to for message in book.texts_out(*WARNINGS)] == [C17]
    book.watch.now = (book.watch.now.astimezone(CHINA) + timedelta(days=1)).replace(hour=8, minute=0)
    book.tick()
    digest = [message for message in book.texts_out(*WARNINGS) if message.to == C17][1]
    assert (local(digest).hour, digest.slots["more"]) == (8, "；另有1件")


def test_what_is_red_is_told_on_the_same_day(book):
    case = book.spoken_case(PENSION)
    book.watch.now = book.case(case).finish_due_at - timedelta(hours=1)
    book.tick()
    before = len(book.texts_out(*WARNINGS))
    book.watch.wait(hours=1)
    book.tick()
    assert C17 in {message.to for message in book.texts_out(*WARNINGS)[before:]}


def test_two_dangers_ring_by_themselves_and_not_as_one(book):
    for place in range(2):
        book.spoken_case(FIRE, f"CA{place}")
    book.watch.wait(minutes=16)
    book.tick()
    texts = [message for message in book.texts_out(*WARNINGS) if message.to == SUPERVISOR]
    assert [text.slots["more"] for text in texts] == ["", ""]
