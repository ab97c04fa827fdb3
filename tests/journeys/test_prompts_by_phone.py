"""An officer presses 5 on her own telephone, types her digits, says a prompt, hears it back; then callers hear it."""

import pytest
from sqlalchemy import select

from gateway.hashing import hashed
from models.announcer import PromptChange
from models.casework import announcing
from models.people import Officer
from worker.examples import example_calls

HERS = "+8613900000661"
SOUND = example_calls()[0].sound
PIN = "052718"


@pytest.fixture
def village(own_village):
    """A clerk who has chosen digits, and her own telephone."""
    desk = own_village.desk
    with desk.sessions.writing() as session:
        clerk = session.scalars(select(Officer).where(Officer.login == "huawu")).one()
        clerk.number = HERS
        announcing.choose(session, PIN, hashed=hashed, by=clerk.actor, now=desk.now())
    return own_village


def test_what_she_says_and_keeps_is_what_callers_hear(village):
    call = village.call(HERS).press("5").listen()
    call.press(PIN).listen().press("1").listen()
    assert "请说：您好，棠溪热线" in "".join(call.heard)
    call.play(SOUND).press("#").listen()
    call.press("1").listen().hang_up()
    said = "".join(call.heard)
    assert ["六位密码" in said, "录普通话按一" in said, "就用这个，按一" in said, "好，用上了" in said] == [True] * 4
    box = village.desk.voicebox
    village.wait_for(lambda: box.clip("cmn", "greet").recorded, "the worker has opened it")
    with village.desk.sessions.reading() as session:
        (line,) = session.scalars(select(PromptChange))
        assert (line.language, line.name, line.what) == ("cmn", "greet", "spoken")
    assert village.outcome(call) == "answered"
    assert not village.cases()


def test_three_wrong_tries_lock_it_and_nothing_can_be_said(village):
    call = village.call(HERS).press("5").listen()
    for _ in range(3):
        call.press("999990").listen()
    call.wait_until_over()
    assert "密码锁了" in "".join(call.heard)
    again = village.call(HERS).press("5").listen()
    again.press(PIN).listen().wait_until_over()
    assert "密码锁了" in "".join(again.heard)


def test_to_anybody_else_the_key_means_nothing(village):
    call = village.call("+8613900000663").press("5")
    call.play(SOUND).hang_up()
    village.settled()
    assert "密码" not in "".join(call.heard)
    assert village.outcome(call) == "case"
