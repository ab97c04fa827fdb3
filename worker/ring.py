"""Place one try of a call of ours, once: it is claimed before it is handed over, and a claim that was never settled is
settled by asking the carrier whom it rang. Or look what became of one of whose end nobody told us.
"""

from datetime import timedelta

from sqlalchemy import select

from gateway.providers.base import ProviderError, Ring
from models.casework import dialled
from models.casework.dialled import Look, Try
from models.outgoing import CallOut
from worker.duties import Again, Charge
from worker.workbench import Workbench

SLACK = timedelta(minutes=5)  # between the carrier's clock and ours
TRIES = 6  # of handing one over: half an hour of a carrier that does not answer
NOT_PLACED = "failed"


def ring(bench: Workbench, charge: Charge) -> None:
    with bench.desk.sessions.writing() as session:
        due = dialled.begin(session, charge.subject_id, county=bench.desk.county, now=bench.desk.now())
    if isinstance(due, Look):
        _look(bench, due)
    elif due is not None:
        _place(bench, charge, due)


def _place(bench: Workbench, charge: Charge, due: Try) -> None:
    try:
        sid = _placed_already(bench, due) or bench.desk.carrier.place_call(_order(bench, due))
    except ProviderError as trouble:
        if trouble.retryable and charge.attempts + 1 < TRIES:
            raise Again from trouble
        _over(bench, due, NOT_PLACED)
    else:
        with bench.desk.sessions.writing() as session:
            dialled.placed(session, due.order_id, due.turn, sid, now=bench.desk.now())


def _order(bench: Workbench, due: Try) -> Ring:
    address = f"{bench.desk.settings.public_url}/twilio/out/{due.order_id}/{due.turn}"
    return Ring(due.to, address, f"{address}/ended", dialled.RINGS, detect_machine=due.to_her)


def _placed_already(bench: Workbench, due: Try) -> str | None:
    """The carrier's id of this very try where an earlier worker had placed it after all."""
    if due.before is None:
        return None
    listed = bench.desk.carrier.tries_to(due.to, since=due.before - SLACK)
    with bench.desk.sessions.reading() as session:
        ours = set(session.scalars(select(CallOut.sid).where(CallOut.sid.in_([known.sid for known in listed]))))
    return next((known.sid for known in listed if known.sid not in ours), None)


def _look(bench: Workbench, look: Look) -> None:
    try:
        known = bench.desk.carrier.try_now(look.sid)
    except ProviderError as trouble:
        raise Again from trouble
    if known.status is not None:
        _over(bench, look, known.status)
    else:
        with bench.desk.sessions.writing() as session:
            dialled.still_rings(session, look, now=bench.desk.now())


def _over(bench: Workbench, which: Try | Look, status: str) -> None:
    with bench.desk.sessions.writing() as session:
        dialled.over(session, which.order_id, which.turn, status, county=bench.desk.county, now=bench.desk.now())
