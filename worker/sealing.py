"""Give the keys of what may be a report to the inspectors, as soon as all of it is here and in words."""

from models.casework import sealing
from models.outbox import keep_in_hand
from models.permissions import SYSTEM
from models.visible import by_id
from worker.duties import Again, Charge
from worker.workbench import Workbench


def seal(bench: Workbench, charge: Charge) -> list[int]:
    """One try. Where there are too few inspectors it is asked for again when another one has a key."""
    with bench.desk.sessions.writing() as session:
        petition, now = by_id(session, SYSTEM, charge.subject_id), bench.desk.now()
        try:
            sealing.seal(session, petition, now=now)
        except sealing.StillComing:
            raise Again from None
        return keep_in_hand(session, bench.name, within=charge.patience, now=now)
