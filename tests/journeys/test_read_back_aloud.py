"""What a clerk confirmed is read to her: she says in a word that it is so, or that it is not, and says it again."""

from dataclasses import replace

import pytest

from gateway.exchange.voices import espeakng_loader
from models.history import Event, HistoryLine
from tests.casebook import Casebook
from worker.examples import example_calls

pytestmark = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")
PENSION = example_calls()[0].sound


@pytest.fixture
def village(working_hours):
    return working_hours


def read_to(village, number):
    """Her case, whose words the machine was unsure of, and the call that reads them to her, as far as the question."""
    her = village.phone(number).when_called(answer="ring")
    village.call(number).play(PENSION).hang_up()
    case = village.settled().case_of(number)
    careful = replace(village.desk.county, calls=replace(village.desk.county.calls, read_back_below=1.01))
    casebook = Casebook(village.desk.sessions, careful, village.desk.now)
    casebook.confirm(case.id, "我要办养老保险认证")
    return casebook, case, her.wait_for_call(30).answer().listen()


def noted(village, casebook, case):
    village.settled()
    return [line.detail["said"] for line in casebook.rows(HistoryLine, petition_id=case.id, event=Event.READ_BACK)]


def says(call, word):
    return call.listen().wait(0.5).say(word).press("#").listen().listen()


@pytest.mark.parametrize(("number", "word"), [("+8613900000671", "对头"), ("+8613900000672", "要得")])
def test_a_plain_yes_in_her_own_words_is_noted_and_the_words_stand(village, number, word):
    casebook, case, call = read_to(village, number)
    says(call, word).hang_up()
    assert "记下了" in "".join(call.heard)
    assert noted(village, casebook, case) == ["so"]
    assert village.case(case.number).confirmed


@pytest.mark.parametrize(("number", "word"), [("+8613900000673", "不对"), ("+8613900000674", "说错了")])
def test_a_plain_no_has_her_say_it_again_and_a_clerk_listens_once_more(village, number, word):
    casebook, case, call = read_to(village, number)
    says(call, word)
    assert "请您再说一遍" in "".join(call.heard)
    call.play(PENSION).hang_up()
    assert noted(village, casebook, case) == ["not_so"]
    again = village.case(case.number)
    assert (again.confirmed, len(again.statements), again.finish_due_at) == (False, 2, case.finish_due_at)


def test_who_says_nothing_and_hangs_up_has_said_neither_and_is_not_called_again(village):
    casebook, case, call = read_to(village, "+8613900000675")
    call.hang_up()
    assert noted(village, casebook, case) == ["nothing"]
    assert village.case(case.number).confirmed
