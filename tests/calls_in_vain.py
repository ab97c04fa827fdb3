"""Nobody picks up: every call that reads a text which did not arrive is tried to its end."""

from sqlalchemy import select

from models.casework import dialled
from models.outgoing import CallOut, Reason, Stage


def rung_in_vain(book):
    """Every call that is to tell her something has been tried to its end; how many there were."""
    with book.sessions.writing() as session:
        waiting = select(CallOut).where(CallOut.reason == Reason.TELL, CallOut.settled_at.is_(None))
        orders = list(session.scalars(waiting))
        for order in orders:
            order.turn, order.stage = len(book.county.calls.retries) + 1, Stage.RINGING
            session.flush()
            dialled.over(session, order.id, order.turn, "no-answer", county=book.county, now=book.watch())
    return len(orders)
