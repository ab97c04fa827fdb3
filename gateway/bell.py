"""The bell: rung once a promise is committed, so that the relay looks at once instead of at its next round.

A hint and nothing more. When it cannot be rung the promise still stands in the database and is found by the sweep.
"""

import contextlib

from redis import Redis
from redis.exceptions import RedisError

NAME = "xiangyin:bell"
PATIENCE = 0.5  # seconds a webhook may lose on a queue that does not answer


class Bell:
    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)

    def __call__(self) -> None:
        with contextlib.suppress(RedisError):
            self._redis.rpush(NAME, 1)


def wait(redis: Redis, seconds: float) -> None:
    """Until somebody rings, at most `seconds`; however often it was rung meanwhile, it is silent afterwards."""
    if redis.blpop([NAME], timeout=seconds) is not None:
        redis.delete(NAME)
