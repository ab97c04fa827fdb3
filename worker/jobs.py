"""The one job the queue knows: keep promise number N. It takes an id, returns nothing, and may run twice."""

from models.outbox import Task
from worker import erasing, fetch, hear, listen, notify, pictures, ring
from worker.duties import keep
from worker.workbench import at_hand

DUTIES = {
    Task.FETCH: fetch.bring,
    Task.HEAR: hear.hear,
    Task.TRANSCRIBE: listen.listen,
    Task.DELIVER: notify.deliver,
    Task.PICTURE: pictures.bring,
    Task.CALL: ring.ring,
    Task.REMOVE: erasing.remove,
}


def do(row_id: int) -> None:
    keep(at_hand(), row_id, DUTIES)
