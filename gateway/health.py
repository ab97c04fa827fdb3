"""Is it alive, is it ready, how much has it done: three plain addresses for the technician's monitoring."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gateway.desk import Desk, at_hand
from models import heartbeat

health = Blueprint("health", __name__)
metrics = Blueprint("metrics", __name__)
STALE = timedelta(minutes=10)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """`house` tells two installations on one machine apart; it gives away nothing of the secret it is made from."""
    return jsonify(alive=True, house=at_hand().settings.house)


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 with what is missing: the database, the queue, the worker's model, the last tick."""
    desk = at_hand()
    answers = {"database": _database(desk), "queue": _queue(desk), **_worker(desk)}
    return jsonify(answers), 200 if all(answers.values()) else 503


@metrics.get("/metrics")
def numbers() -> ResponseReturnValue:
    """Promises and messages by state; cases are not counted here, for some may not be known of."""
    desk = at_hand()
    registry = CollectorRegistry()
    with desk.sessions.reading() as session:
        for name, help_text, value in heartbeat.numbers(session, now=desk.now()):
            Gauge(f"xiangyin_{name}", help_text, registry=registry).set(value)
    return Response(generate_latest(registry), mimetype=CONTENT_TYPE_LATEST)


def _database(desk: Desk) -> bool:
    try:
        with desk.sessions.reading() as session:
            session.execute(text("select 1 from units limit 1"))
    except SQLAlchemyError:
        return False
    return True


def _queue(desk: Desk) -> bool:
    try:
        return bool(Redis.from_url(desk.settings.redis_url, socket_timeout=1).ping())
    except RedisError:
        return False


def _worker(desk: Desk) -> dict[str, bool]:
    try:
        with desk.sessions.reading() as session:
            beats = heartbeat.beats(session)
    except SQLAlchemyError:
        beats = {}
    now = desk.now()
    return {name: name in beats and now - beats[name] < STALE for name in heartbeat.NAMES}
