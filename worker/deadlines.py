"""The clock's duty: the cases that fall due, and only those, climb their ladder."""

from gateway.desk import Desk
from models.casework import clock


def climb(desk: Desk) -> int:
    """Climb every rung that is due, in short transactions; how many were."""
    total = 0
    while rungs := _batch(desk):
        total += rungs
    return total


def _batch(desk: Desk) -> int:
    with desk.sessions.writing() as session:
        return clock.escalate(session, now=desk.now())
