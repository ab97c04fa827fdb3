"""What came of a closed case is shown to everybody: where she agreed, in words of the clerk's that tell of nobody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.anonymity import gives_away
from models.clock import CHINA
from models.county import County
from models.history import Event, record
from models.lifecycle import BadInput, ForbiddenMove, Status
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.shown import Shown
from models.visible import ordinary, require

LONGEST = 100  # characters, to be read standing


@dataclass(frozen=True)
class Outcome:
    """All that is shown of a case: its kind, its township, the working days from the call to the answer, the text."""

    category: str
    township: str
    days: int
    words: str


def show(
    session: Session, petition: Petition, words: str, *, agreed: bool, by: Actor, county: County, now: datetime
) -> None:
    """Show a closed case, or put right what is shown of it. Raises BadInput for a text that would give her away."""
    require(by, Action.SHOW, petition)
    if petition.status != Status.CLOSED:
        raise ForbiddenMove("办结以后才能公开。")
    if not agreed:
        raise BadInput("agreed", "她没有同意，就不能公开。问过她、她同意了，再打勾。")
    text = " ".join(words.split())
    if not text or len(text) > LONGEST:
        raise BadInput("words", f"请用您自己的话写一两句，最多 {LONGEST} 字。")
    if why := _against(petition, text, county):
        raise BadInput("words", why)
    session.merge(Shown(petition_id=petition.id, words=text, shown_by=by.officer_id, shown_at=now))
    record(session, petition.id, Event.SHOWN, by=by, now=now)


def take_down(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """She has thought better of it, or somebody has: nothing of the case is shown any more."""
    require(by, Action.SHOW, petition)
    if session.get(Shown, petition.id) is None:
        raise ForbiddenMove("这一件没有公开。")
    forget(session, petition)
    record(session, petition.id, Event.TAKEN_DOWN, by=by, now=now)


def forget(session: Session, petition: Petition) -> None:
    session.execute(delete(Shown).where(Shown.petition_id == petition.id))


def shown(session: Session, petition: Petition) -> str:
    """What is shown of a case; empty where nothing is."""
    found = session.get(Shown, petition.id)
    return found.words if found else ""


def outcomes(session: Session, *, county: County, most: int, after: int = 0) -> list[Outcome]:
    """What is shown, the last first; never of a case that is held, a report, or has been opened again.

    In two steps: in one SQLite goes through all cases to find the few that are shown.
    """
    newest = select(Shown.petition_id, Shown.words).order_by(Shown.shown_at.desc(), Shown.petition_id)
    words = dict(session.execute(newest.limit(most).offset(after)).all())
    if not words:
        return []
    closed = ordinary(SYSTEM).where(Petition.id.in_(words), Petition.status == Status.CLOSED)
    there = {petition.id: petition for petition in session.scalars(closed)}
    return [_outcome(there[one], words[one], county) for one in words if one in there]


def how_many(session: Session) -> int:
    """How many are shown, those included that have been opened again since."""
    return session.scalar(select(func.count()).select_from(Shown)) or 0


def _outcome(petition: Petition, words: str, county: County) -> Outcome:
    known, kind = county.gazetteer, county.taxonomy.categories.get(petition.category or "")
    village = known.villages.get(petition.village_id or "")
    ended = petition.replied_at or petition.closed_at or petition.received_at
    first, last = (at.astimezone(CHINA).date() for at in (petition.received_at, ended))
    return Outcome(
        category=kind.name if kind else "其他",
        township=known.townships[village.township].name if village else "全县",
        days=county.calendar.worked(first, last),
        words=words,
    )


def _against(petition: Petition, text: str, county: County) -> str:
    return gives_away(
        text,
        caller=petition.caller,
        said=[statement.words for statement in petition.statements],
        places=[place.name for place in county.gazetteer.villages.values()],
    )
