"""Waiting until a day is over: every call ended in the books, every part and text taken up, every promise kept."""

import time

from sqlalchemy.exc import SQLAlchemyError

from gateway.providers.base import ProviderError
from tests.journeys.village import Village
from tests.prove import books
from tests.prove.books import Books, Day
from worker.schedule import tick

LOOK_EVERY = 1.0


def settle(village: Village, day: Day, *, patience: float) -> Books:
    """Our books once nothing is missing or open any more, or as they stand when nothing came in `patience` seconds.

    Every look begins with one round of the periodic duties, which would come by themselves a little later.
    """
    ours = _look(village)
    fewest, since = _missing(day, ours), time.monotonic()
    while fewest and time.monotonic() - since < patience:
        time.sleep(LOOK_EVERY)
        ours = _look(village)
        if (missing := _missing(day, ours)) < fewest:
            fewest, since = missing, time.monotonic()
    return ours


def _look(village: Village) -> Books:
    _tick(village)
    with village.opened.reading() as session:
        return books.read(session)


def _tick(village: Village) -> None:
    try:
        tick(village.desk)
    except (ProviderError, SQLAlchemyError):
        return  # the next look asks again, as the house itself would


def _missing(day: Day, ours: Books) -> int:
    """How many calls, parts, texts and promises are still to come."""
    ended = {call.sid for call in ours.calls if call.outcome}
    parts = {part for call in ours.calls for part in call.parts}
    spoken = {part for rang in day.rang for part in rang.parts}
    calls = {rang.sid for rang in day.rang} - ended
    texts = {text.sid for text in day.texted} - {text.sid for text in ours.texts}
    return len(calls) + len(spoken - parts) + len(texts) + len(ours.open_promises)
