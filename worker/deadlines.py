"""The clock's duties: the cases that fall due, and only those, climb their ladder; the day's anchor of all histories is
taken; what waited for a calendar is reckoned again.
"""

from gateway.desk import Desk
from models.casework import anchoring, clock, rating, reviewing, warning


def climb(desk: Desk) -> int:
    """Climb every rung that is due, in short transactions, then tell whoever must hear; how many rungs were climbed."""
    total = 0
    while (swept := _batch(desk)).cases:
        total += swept.rungs
    while _speak(desk):
        pass
    return total


def recount(desk: Desk) -> int:
    """Reckon again what waited for a calendar that is published now, in short transactions; how many cases."""
    with desk.sessions.reading() as session:
        cases = clock.recountable(session, county=desk.county)
    return sum(_recount(desk, cases[place : place + clock.BATCH]) for place in range(0, len(cases), clock.BATCH))


def _recount(desk: Desk, cases: list[int]) -> int:
    with desk.sessions.writing() as session:
        return clock.recount(session, cases, county=desk.county, now=desk.now())


def anchor(desk: Desk) -> int:
    """The day's anchor of all histories, when it is time: one or none, however many machines ask."""
    with desk.sessions.reading() as session:
        if not anchoring.is_due(session, now=desk.now()):
            return 0
    with desk.sessions.writing() as session:
        return int(anchoring.take(session, county=desk.county, now=desk.now()) is not None)


def ask_again(desk: Desk) -> int:
    """Ask once more who was told and has not said whether it is good; how many."""
    with desk.sessions.writing() as session:
        return rating.ask_again(session, county=desk.county, now=desk.now())


def review(desk: Desk) -> int:
    """Draw who is called again by somebody who had no hand in her case; how many."""
    with desk.sessions.writing() as session:
        return reviewing.draw(session, county=desk.county, now=desk.now())


def _batch(desk: Desk) -> clock.Swept:
    with desk.sessions.writing() as session:
        return clock.escalate(session, county=desk.county, now=desk.now())


def _speak(desk: Desk) -> int:
    with desk.sessions.writing() as session:
        return warning.speak(session, county=desk.county, now=desk.now())
