"""Take the sound of a case that was deleted by law out of the storage."""

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
