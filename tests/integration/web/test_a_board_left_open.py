"""A board that stays open while cases change, a thousand in an hour: at every look it shows what is so at that moment.

The clock is moved; the page asks every five seconds, as its script does, with the mark of what it shows. A third of the
hour is walked here; the whole of it takes three times as long and shows nothing else.
"""

import re
from datetime import timedelta
from itertools import cycle

import pytest

from models import board as counting
from models.lateness import LABELS
from tests.casebook import NEIGHBOUR, PENSION, REPORT

AN_HOUR = 1000, 720  # changes, looks
CHANGES, LOOKS = (many // 3 for many in AN_HOUR)
EVERY = timedelta(seconds=5)
LAMP = re.compile(r"<strong>(\d+)</strong>([^<]+)<")


class Screen:
    """What a supervisor has before him: the numbers as they were last brought, and their mark."""

    def __init__(self, browser):
        self.browser, self.mark, self.shown, self.brought = browser, "", "", 0

    def look(self):
        answer = self.browser.get("/board/now", **{"If-None-Match": self.mark})
        if answer.status_code == 200:
            self.mark, self.shown, self.brought = answer.headers["ETag"], answer.text, self.brought + 1
        else:
            assert answer.status_code == 304
        return {name: int(many) for many, name in LAMP.findall(self.shown)}


@pytest.fixture
def truth(office):
    """What a board would say that nobody has kept."""

    def counted():
        with office.book.sessions.reading() as session:
            found = counting.board(session, office.book.officers["duban"], now=office.book.watch()).whole
        return {"没有办结的": found.open} | {label: found.late[which] for which, label in LABELS.items()}

    return counted


def changes(book):
    """One after another, without end: a call comes in, is confirmed, taken up, answered, sent back, taken back; a
    report, which no board may show.
    """
    for turn in cycle(range(10)):
        caller = f"+861390{next(book.sids):07}"
        case = book.spoken_case(PENSION, f"CA-{caller}", caller)
        yield
        if turn == 9:
            book.text_case(REPORT, NEIGHBOUR)
            yield
        if turn % 3 == 0:
            book.withdraw(case)
            yield
        elif turn % 3 == 1:
            book.bounce(case)
            yield
        else:
            for step in (book.confirm, book.accept, book.reply):
                step(case)
                yield


def test_while_it_stays_open_and_cases_change_nothing_is_lost_and_nothing_stale(office, truth):
    office.book.spoken_case(PENSION)
    office.book.watch.wait(hours=80, minutes=50)  # meanwhile this one gets late by the clock alone
    screen, going_on, made = Screen(office.at("duban")), changes(office.book), 0
    for look in range(LOOKS):
        while made * LOOKS < CHANGES * look:
            next(going_on)
            made += 1
        before = screen.brought
        assert screen.look() == truth(), look
        if look % 10 == 0:
            assert screen.look() == truth()
            assert screen.brought <= before + 1, "what it has seen is not brought again"
        office.book.watch.now += EVERY
    assert made >= CHANGES - 2
    assert 0 < screen.brought <= LOOKS
    assert screen.look()["超期未办结"] >= 1
