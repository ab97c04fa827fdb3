"""Take sound away for good: what was deleted by law out of our storage, and what was sealed from the carrier's too."""

from models.casework import tombstone
from worker.duties import Charge
from worker.workbench import Workbench


def remove(bench: Workbench, charge: Charge) -> None:
    """What is gone already is no trouble: a try may have ended half way."""
    with bench.desk.sessions.reading() as session:
        names = tombstone.sound_of(session, charge.subject_id)
    for name in names:
        bench.desk.storage.remove(name)
    with bench.desk.sessions.writing() as session:
        tombstone.sound_is_gone(session, charge.subject_id)


def discard(bench: Workbench, charge: Charge) -> None:
    """The carrier keeps no copy of what is sealed or deleted here; what it has no more is no trouble.

    Raises ProviderError, and is tried again.
    """
    with bench.desk.sessions.reading() as session:
        sids = tombstone.kept_by_the_carrier(session, charge.subject_id)
    for sid in sids:
        bench.desk.carrier.forget_sound(sid)
