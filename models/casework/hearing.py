"""What is known of a call while she is still on the line: what was heard, what must be asked, what she answered.

Nothing here is waited for longer than she is kept waiting: what comes late is left to a clerk.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import daytimes
from models.answers import rating_aloud
from models.call import Call
from models.casework import ending
from models.commands import Awaiting, Kind, understand, yes_or_no
from models.county import County
from models.db import add_once
from models.duplicates import SAME_MATTER
from models.lifecycle import UNANSWERED
from models.link import Link
from models.outbox import Queue, Task, promise
from models.people import Phone
from models.permissions import SYSTEM
from models.petition import Petition
from models.recording import Recording, Sound
from models.routing import Route, route
from models.visible import about, visible
from models.watchwords import Urgency

FOR_ANOTHER = (
    "帮邻居",
    "帮隔壁",
    "替邻居",
    "替隔壁",
    "代隔壁",
    "代邻居",
    "帮别人",
    "替别人",
    "帮他说",
    "帮她说",
    "帮我邻居",
    "替我邻居",
)


@dataclass(frozen=True)
class Facts:
    """`sounds` her recordings, None while one is on its way; `heard` whether all of them are in words by now; `earlier`
    what an open case of this telephone is about, None where there is none to ask about; `places` the villages that may
    be meant, none where she named none, and None where nothing is to be asked; `said` yes or no in what she said last,
    `score` how good she finds what she was told, `placed` whether that settles the village; `behalf` whether she seems
    to speak for somebody else; `danger` whether somebody may be in danger, `person` whether she asks for a person, and
    the `village` that was named. Of a report `hours`, the time of day she said last (models/daytimes.py).
    """

    sounds: tuple[int, ...] | None
    heard: bool
    earlier: str | None = None
    places: tuple[str, ...] | None = None
    said: bool | None = None
    score: int | None = None
    placed: bool = False
    behalf: bool = False
    danger: bool = False
    person: bool = False
    village: str | None = None
    hours: str | None = None


def listen(session: Session, call: Call, sid: str, *, seconds: int, now: datetime) -> None:
    """She waits for what follows from this part: put it into words before all else."""
    part = session.scalars(select(Recording).where(Recording.provider == call.provider, Recording.sid == sid)).one()
    promise(session, Task.HEAR, part.id, now=now, seconds=seconds, queue=Queue.NOW)


def waits(session: Session, recording_id: int) -> Recording | None:
    """The part, while its caller is still on the line and nobody has heard it; else None."""
    part = session.get_one(Recording, recording_id)
    call = session.get_one(Call, part.call_id)
    return None if call.ended_at is not None or str(part.id) in _words(call) else part


def heard(session: Session, recording_id: int, words: str) -> None:
    """What was heard in one part; empty where nothing could be."""
    call_id = session.get_one(Recording, recording_id).call_id
    call = session.get_one(Call, call_id, with_for_update={"of": Call, "key_share": True}, populate_existing=True)
    call.heard = json.dumps({**_words(call), str(recording_id): words}, ensure_ascii=False)


def facts(session: Session, call: Call, *, county: County) -> Facts:
    """All that the conversation may go by at this moment."""
    parts = list(session.scalars(select(Recording).where(Recording.call_id == call.id).order_by(Recording.id)))
    words = _words(call)
    known = [words[str(part.id)] for part in parts if str(part.id) in words]
    whole = len(known) == len(parts)
    on_its_way = any(part.state == Sound.EXPECTED for part in parts)
    sounds = None if on_its_way else tuple(part.id for part in parts if part.state == Sound.STORED)
    if not parts:
        return Facts(sounds, whole)
    found = _routed(session, call, " ".join(known), county)
    danger = found.urgency is Urgency.EMERGENCY
    if call.report:
        last = known[-1] if whole else ""
        told = Facts(sounds, whole, said=yes_or_no(last), hours=daytimes.said(last))
        return replace(told, danger=danger, village=found.village)
    return Facts(
        sounds,
        whole,
        earlier=None if found.held or call.joined else _earlier(session, call, county),
        places=_places(call, found, county) if whole and not (found.held or call.joined) else None,
        said=yes_or_no(known[-1]) if whole else None,
        score=rating_aloud(known[-1]) if whole else None,
        placed=whole and _placed(call, known, county) is not None,
        danger=danger,
        person=understand("".join(known), awaiting=Awaiting.NOTHING).kind is Kind.HUMAN,
        village=found.village,
        behalf=not found.held and any(cue in "".join(known).replace(" ", "") for cue in FOR_ANOTHER),
    )


def playable(session: Session, recording_id: int) -> tuple[bytes, str] | None:
    """The key and the storage name of one part of a call that goes on; None of any other."""
    part = session.get(Recording, recording_id)
    call = session.get(Call, part.call_id) if part else None
    if part is None or call is None or call.ended_at is not None or not part.name:
        return None
    return part.key.plain, part.name


def dialled(call: Call, township: str) -> None:
    """She dialled a township's own number: where it happened is narrowed to it."""
    call.place_id = call.place_id or township


def beside(session: Session, call: Call, *, now: datetime) -> None:
    """She is asked whether it is the matter she brought before: whatever she answers, they stand beside each other."""
    earlier, petition = _open_case(session, call), about(session, call.petition_id)
    if earlier is None or petition is None:
        return
    call.earlier_id = earlier.id
    add_once(session, Link(petition_id=petition.id, other_id=earlier.id, score=SAME_MATTER, at=now))


def join(session: Session, call: Call, *, county: County, now: datetime) -> None:
    """She says it is: 催办, and her words join that case, whose clock is not touched."""
    petition = about(session, call.petition_id)
    earlier = about(session, call.earlier_id)
    if petition is None or earlier is None or call.joined or earlier.status not in UNANSWERED:
        return
    ending.merge(session, petition, earlier, by=SYSTEM, county=county, now=now)
    call.petition_id, call.joined = earlier.id, True


def for_another(call: Call, *, present: bool | None) -> None:
    """She speaks for somebody else, who is with her or is not, or nobody knows."""
    call.behalf = True
    call.present = call.present if present is None else present


def place(session: Session, call: Call, *, county: County, now: datetime) -> None:  # noqa: ARG001 - as every deed
    """The village she answered with; by a key, the one she was asked about."""
    parts = session.scalars(select(Recording.id).where(Recording.call_id == call.id).order_by(Recording.id))
    words = _words(call)
    known = [words.get(str(part), "") for part in parts]
    near = _in_township(call, county.gazetteer.find(" ".join(known)).candidates, county)
    only = near[0] if len(near) == 1 else None
    call.place_id = _placed(call, known, county) or only or call.place_id


def for_duty(session: Session, call: Call, *, county: County) -> str:
    """What somebody of the duty list is told of her danger before he has her on the line: her words; of what may be a
    report only those of the danger, for the one she accuses may be on that list.
    """
    said = words(call)
    return said if not said else danger_alone(_routed(session, call, said, county), said, report=call.report)


def danger_alone(found: Route, said: str, *, report: bool) -> str:
    """Her words, or where they may be a report those of the danger alone, with nobody in them whom she accuses."""
    if not (found.held or report):
        return said
    danger, accused = (
        [word for reason in found.reasons if reason.kind == kind for word in reason.words]
        for kind in ("urgency", "guard")
    )
    return "，".join(word for word in danger if not any(one in word for one in accused))


def last_words(session: Session, call: Call) -> str:
    """What was heard in her last part; empty while it is on its way."""
    last = session.scalar(
        select(Recording.id).where(Recording.call_id == call.id).order_by(Recording.id.desc()).limit(1)
    )
    return _words(call).get(str(last), "")


def words(call: Call) -> str:
    """All that was heard of her so far."""
    return "".join(_words(call).values())


def _words(call: Call) -> dict[str, str]:
    words: dict[str, str] = json.loads(call.heard or "{}")
    return words


def _routed(session: Session, call: Call, words: str, county: County) -> Route:
    phone = session.get(Phone, call.caller_hash)
    home = call.place_id if call.place_id in county.gazetteer.villages else (phone.village_id if phone else None)
    return route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy, registered=home)


def _earlier(session: Session, call: Call, county: County) -> str | None:
    petition = _open_case(session, call)
    if petition is None:
        return None
    category = county.taxonomy.categories.get(petition.category or "")
    return category.name if category else ""


def _open_case(session: Session, call: Call) -> Petition | None:
    """The newest case of this telephone that somebody still owes an answer; what is held is not there."""
    open_ones = visible(SYSTEM).where(
        Petition.caller_hash == call.caller_hash,
        Petition.held.is_(False),
        Petition.status.in_(UNANSWERED),
        Petition.id != call.petition_id,
    )
    return session.scalar(open_ones.order_by(Petition.id.desc()).limit(1))


def _places(call: Call, found: Route, county: County) -> tuple[str, ...] | None:
    """The full names to choose between; None where the village is known."""
    near = _in_township(call, found.village_candidates, county)
    if found.village is not None or (len(near) == 1 and len(found.village_candidates) > 1):
        return None
    return tuple(county.gazetteer.full_name(village) for village in near)


def _placed(call: Call, known: list[str], county: County) -> str | None:
    """The village that the last answer settles: named in it, agreed to, or told apart by the township in it."""
    if not known:
        return None
    gazetteer, answer = county.gazetteer, known[-1].replace(" ", "")
    named = gazetteer.find(answer)
    if named.village is not None:
        return named.village
    asked = _in_township(call, gazetteer.find(" ".join(known[:-1])).candidates, county)
    if len(asked) == 1 and yes_or_no(answer):
        return asked[0]
    meant = [village for village in asked if _names_township(answer, village, county)]
    return meant[0] if len(meant) == 1 else None


def _names_township(answer: str, village: str, county: County) -> bool:
    township = county.gazetteer.townships[county.gazetteer.villages[village].township].name
    return township[:-1] in answer


def _in_township(call: Call, villages: tuple[str, ...], county: County) -> tuple[str, ...]:
    """Those in the township whose own number she dialled; all of them on the county's."""
    if call.place_id not in county.gazetteer.townships:
        return villages
    inside = tuple(village for village in villages if county.gazetteer.villages[village].township == call.place_id)
    return inside or villages
