"""For her who reports: what she wishes, and how it stands when she asks by its number and its word.

Of a report that is sealed the server can say no more than every list of statuses says: who knows number and word hears
whether somebody has taken it up, never a word of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from models.call import Call
from models.casework import sealing
from models.history import Event, HistoryLine, record
from models.lifecycle import UNACCEPTED, UNANSWERED, Status
from models.numbering import LENGTH, word
from models.permissions import SYSTEM
from models.petition import Petition
from models.upward import HandedUp
from models.visible import about, first, visible
from models.wish import Wish

MOST_WRONG = 5  # words for one number in a day; of 6561 that is nothing
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reporter:
    """What the line may go by: whether her wishes can be kept, her word, and the prompt that says how hers stands."""

    asks: bool = False
    word: str = ""
    stands: str = ""


def known(session: Session, call: Call, keyed: str, *, now: datetime) -> Reporter:
    """Of a call that reports; `keyed` the digits of a number and a word, empty where none were asked for."""
    if keyed:
        return Reporter(stands=_asked(session, call, keyed, now=now))
    petition = about(session, call.petition_id)
    if petition is None or call.joined or not petition.key.wrapped:
        return Reporter()
    return Reporter(asks=True, word=_word(session, petition.number))


def wish_of(session: Session, petition: Petition) -> Wish | None:
    """What she wishes, where she was asked; None where she answered nothing, or it was no report by telephone."""
    return session.get(Wish, petition.id)


def wishes(session: Session, call: Call, **said: str | bool) -> None:
    """She gives her own name (`real`), or may be called at a time of day (`hours`, a key of models/daytimes.py)."""
    petition = about(session, call.petition_id) if said else None
    if petition is None or not petition.key.wrapped:
        return
    wish = session.get(Wish, petition.id)
    if wish is None:
        wish = Wish(petition_id=petition.id, key=petition.key)
        session.add(wish)
    wish.note(**said)


def _asked(session: Session, call: Call, keyed: str, *, now: datetime) -> str:
    """The prompt that says how it stands; empty where number and word do not fit, whichever of the two is wrong. From
    then on her call is part of her report, and sealed with it.
    """
    number = keyed[:LENGTH]
    right = compare_digest(_word(session, number), keyed[LENGTH:])
    petition = first(session, visible(SYSTEM).where(Petition.number == number, Petition.held, Petition.report))
    if petition is None:
        return ""
    open_to_her = right and _wrong_lately(session, petition, now=now) < MOST_WRONG
    record(session, petition.id, Event.ASKED, by=SYSTEM, now=now, right=int(open_to_her))
    if not open_to_her:
        return ""
    if not session.scalar(select(_gone_up(petition.id))):  # there nobody is left who could open her call
        call.petition_id, call.joined = petition.id, True
        sealing.ask(session, petition, now=now)
    return _prompt(Status(petition.status))


def _gone_up(petition_id: int) -> ColumnElement[bool]:
    return exists().where(HandedUp.petition_id == petition_id, HandedUp.handed_at.is_not(None))


def _word(session: Session, number: str) -> str:
    return word(session.info["keyring"].lot(number))


def _wrong_lately(session: Session, petition: Petition, *, now: datetime) -> int:
    tried = select(HistoryLine).where(
        HistoryLine.petition_id == petition.id, HistoryLine.event == Event.ASKED, HistoryLine.at > now - A_DAY
    )
    return sum(not line.detail["right"] for line in session.scalars(tried))


def _prompt(status: Status) -> str:
    if status in UNACCEPTED:
        return "stands_waiting"
    return "stands_handling" if status in UNANSWERED | {Status.PAUSED} else "stands_done"
