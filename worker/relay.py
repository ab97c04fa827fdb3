"""From promises in the database to hints in the queue: rung by the bell, and on a round of its own if nobody rang."""

from redis import Redis
from rq import Queue

from gateway.bell import wait
from gateway.desk import Desk
from models import outbox

JOB = "worker.jobs.do"
ROUND = 2.0  # seconds between looks when nobody rings
KEEP_FAILED = 60  # seconds; RQ would keep a failed job's arguments for a year


def relay_once(desk: Desk, redis: Redis) -> int:
    """Offer every promise that nobody has in hand; how many."""
    with desk.sessions.writing() as session:
        offers = [(row.id, row.queue, row.patience) for row in outbox.to_offer(session, now=desk.now())]
    for row_id, queue, patience in offers:
        Queue(queue, connection=redis).enqueue(
            JOB, row_id, job_timeout=int(patience.total_seconds()), result_ttl=0, failure_ttl=KEEP_FAILED
        )
    return len(offers)


def server_of(redis: Redis) -> str:
    """Which life of the queue's server this is: another one may have lost the hints of the last second."""
    return str(redis.info("server")["run_id"])


def offer_all_again(desk: Desk) -> None:
    with desk.sessions.writing() as session:
        outbox.offer_all_again(session, now=desk.now())


def wait_for_bell(redis: Redis) -> None:
    wait(redis, ROUND)
