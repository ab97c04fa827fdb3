"""The one job the queue knows: keep promise number N. It takes an id, returns nothing, and may run twice."""

from models.outbox import Task
from worker import deadly, erasing, fetch, hear, key_file, listen, notify, pictures, ring, sealing
from worker.duties import keep
from worker.workbench import at_hand

DUTIES = {
    Task.FETCH: deadly.spared(fetch.bring, deadly.not_brought),
    Task.HEAR: deadly.spared(hear.hear, deadly.not_heard),
    Task.TRANSCRIBE: deadly.spared(listen.listen, deadly.not_put_into_words),
    Task.DELIVER: notify.deliver,
    Task.PICTURE: pictures.bring,
    Task.CALL: ring.ring,
    Task.SEAL: sealing.seal,
    Task.KEYS: key_file.renew,
    Task.DISCARD: erasing.discard,
    Task.REMOVE: erasing.remove,
}


def do(row_id: int) -> None:
    keep(at_hand(), row_id, DUTIES)
