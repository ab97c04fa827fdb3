"""预警 and 催办: whoever must hear that a date is near or past hears it, and again, until he answers 收到. His answer
stops the texts to him; nothing but the answer to the villager stops the clock.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from models.alert import Alert, Notice
from models.casework import telling
from models.casework.hearers import Roll
from models.clock import CHINA
from models.county import County
from models.deadlines import due_by
from models.escalation import Colour, Hearer, Ladder, Rung, Which
from models.history import Event, record
from models.lifecycle import Status
from models.message import Message, Purpose
from models.people import Officer
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.places import Unit
from models.shadow import compact
from models.visible import by_id, require_at_all, visible

BATCH = 200  # notices in one pass
COLOURS = {Colour.BLUE: "蓝色预警", Colour.YELLOW: "黄色预警", Colour.RED: "红色督办"}
DIGESTS = frozenset({Purpose.WARNING, Purpose.SEALED_WARNING})
_ANSWER = re.compile(r"(?P<before>\d{7})?(已?收到了?|收悉|知道了)[。.!]?(?P<after>\d{7})?")


@dataclass(frozen=True)
class _Call:
    """One notice, and the case and the rung it speaks of."""

    notice: Notice
    petition: Petition
    rung: Rung

    @property
    def strength(self) -> tuple[int, int]:
        return self.rung.rank, self.notice.id


def climb(session: Session, petition: Petition, rung: Rung, *, roll: Roll, ladder: Ladder, now: datetime) -> None:
    """Climb one rung: it is noted for ever, and everybody who must hear of it is put down to be told."""
    turn = petition.turns.round(rung.id)
    alert = Alert(petition_id=petition.id, rung=rung.id, round=turn, colour=rung.colour, at=now)
    session.add(alert)
    record(session, petition.id, Event.ESCALATED, by=SYSTEM, now=now, rung=rung.id, round=turn)
    keyring, rings_at = session.info["keyring"], ladder.quiet.over(now, petition.deadline_class)
    for ear in roll.ears(petition, rung.hear):
        notice = Notice(alert=alert, petition_id=petition.id, held=petition.held, texts=0, next_at=rings_at)
        notice.number_hash = keyring.hash_number(ear.number)
        notice.officer_id, notice.unit_id = ear.officer_id, ear.unit_id
        session.add(notice)


def inform(
    session: Session,
    petition: Petition,
    purpose: Purpose,
    hearers: Iterable[Hearer],
    *,
    now: datetime,
    send_from: datetime | None = None,
    slots: Mapping[str, str] | None = None,
    again: str = "",
) -> None:
    """Tell them something about a case beside the ladder, with its number; each of them once for every purpose, or once
    more for each `again`.
    """
    for ear in Roll(session).ears(petition, hearers):
        telling.write(
            session,
            purpose,
            ear.number,
            key=petition.key,
            dedupe=f"{purpose}:{petition.id}:{session.info['keyring'].hash_number(ear.number)[:12]}{again}",
            now=now,
            send_from=send_from,
            about=petition,
            slots={"number": petition.number, "unit": _whose_case(petition), **(slots or {})},
        )


def speak(session: Session, *, county: County, now: datetime) -> int:
    """Write every text whose moment has come, one to each telephone however much it must hear; how many notices were
    looked at. What came due in the night is written in the morning and never dropped.
    """
    due = select(Notice).join(Notice.alert).options(contains_eager(Notice.alert)).where(Notice.next_at <= now)
    notices = list(session.scalars(due.order_by(Notice.next_at, Notice.id).limit(BATCH).with_for_update(of=Notice)))
    for calls in _by_telephone(_calls(session, notices, county.ladder), county.ladder):
        _tell(session, calls, county=county, now=now)
    return len(notices)


def _calls(session: Session, notices: Sequence[Notice], ladder: Ladder) -> list[_Call]:
    """The notices that are still to be spoken of; the others are put to rest."""
    ids = {notice.petition_id for notice in notices}
    cases = {one.id: one for one in session.scalars(visible(SYSTEM).where(Petition.id.in_(ids)))} if ids else {}
    kept = []
    for notice in notices:
        petition, rung = cases[notice.petition_id], ladder.rungs.get(notice.alert.rung)
        if rung is not None and _still(notice, petition):
            kept.append(_Call(notice, petition, rung))
        else:
            notice.next_at = None
    return kept


def _still(notice: Notice, petition: Petition) -> bool:
    """The first text always goes, unless the discipline office has taken the case meanwhile, or let it go: then others
    hear. It is repeated only while nobody has done what it asks for.
    """
    if notice.held != petition.held:
        return False
    left = petition.turns.left(Status(petition.status), frozenset(), assigned=petition.unit_id is not None)
    return not notice.texts or notice.alert.rung in left


def _by_telephone(calls: Iterable[_Call], ladder: Ladder) -> list[list[_Call]]:
    """What one telephone must hear now, the strongest last. What is held is never told together with what is not, and
    of danger to life each case rings by itself.
    """
    groups: dict[tuple[str, bool, int], list[_Call]] = defaultdict(list)
    for call in sorted(calls, key=attrgetter("strength")):
        alone = call.petition.id if call.petition.deadline_class in ladder.quiet.loud else 0
        groups[call.notice.number_hash, call.petition.held, alone].append(call)
    return list(groups.values())


def _tell(session: Session, calls: list[_Call], *, county: County, now: datetime) -> None:
    if not _is_urgent(calls, county.ladder) and _heard_today(session, calls[-1].notice, now=now):
        _leave_for_tomorrow(calls, county.ladder, now=now)
        return
    strongest = {call.petition.id: call.notice for call in calls}  # the last of each case is its strongest
    number = _number(session, calls[-1].notice)
    message = _write(session, calls, number, now=now) if number else None
    for call in calls:
        notice = call.notice
        notice.texts += 1
        notice.message_id = message.id if message else None
        notice.told_at = notice.told_at or (now if message else None)
        repeats = message is not None and strongest[call.petition.id] is notice
        notice.next_at = _again(call, county, now=now) if repeats else None
    _hush_the_weaker(session, strongest, calls[-1].notice.number_hash)


def _is_urgent(calls: Iterable[_Call], ladder: Ladder) -> bool:
    """Whether it cannot wait for tomorrow's digest: something is red, or somebody is in danger."""
    loud = ladder.quiet.loud
    return any(call.rung.colour is Colour.RED or call.petition.deadline_class in loud for call in calls)


def _heard_today(session: Session, notice: Notice, *, now: datetime) -> bool:
    """Whether this telephone was texted today already: one digest a day is read, a string of texts is not."""
    midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    texts = select(Message.id).where(Message.to_hash == notice.number_hash, Message.purpose.in_(DIGESTS))
    return session.scalar(texts.where(Message.written_at >= midnight).limit(1)) is not None


def _leave_for_tomorrow(calls: Iterable[_Call], ladder: Ladder, *, now: datetime) -> None:
    morning = datetime.combine(now.astimezone(CHINA).date() + timedelta(days=1), ladder.quiet.ends, CHINA)
    for call in calls:
        call.notice.next_at = morning


def _write(session: Session, calls: list[_Call], number: str, *, now: datetime) -> Message | None:
    about, notice = calls[-1].petition, calls[-1].notice
    return telling.write(
        session,
        Purpose.SEALED_WARNING if about.held else Purpose.WARNING,
        number,
        key=about.key,
        dedupe=f"warning:{notice.id}:{notice.texts}",
        now=now,
        about=about,
        slots=_slots(calls[-1], others=len({call.petition.id for call in calls}) - 1),
    )


def _slots(call: _Call, *, others: int) -> dict[str, str]:
    """What the text says: of what is held the number alone."""
    petition, rung = call.petition, call.rung
    more = f"；另有{others}件" if others else ""
    if petition.held:
        return {"number": petition.number, "more": more}
    due = date_of(petition, rung)
    there = due.astimezone(CHINA)
    return {
        "number": petition.number,
        "colour": COLOURS[rung.colour],
        "unit": _whose_case(petition),
        "what": rung.name,
        "due": f"{there.month}月{there.day}日{there:%H:%M}",
        "more": more,
    }


def _whose_case(petition: Petition) -> str:
    """The unit that has it; of what is held, that it is held."""
    if petition.held:
        return "密件"
    return petition.unit.name if petition.unit else "尚未分办"


def _number(session: Session, notice: Notice) -> str | None:
    """The number as it is today; nobody is told on behalf of an officer who has left."""
    if notice.officer_id is not None:
        officer = session.get_one(Officer, notice.officer_id)
        return officer.number if officer.active else None
    return session.get_one(Unit, notice.unit_id).number


def date_of(petition: Petition, rung: Rung) -> datetime:
    """The date a rung speaks of. Of what has been shared out since, the one until which it is to be taken up."""
    if rung.clock is Which.FINISH:
        return petition.finish_due_at
    return (petition.triage_due_at if rung.clock is Which.TRIAGE else None) or petition.accept_due_at


def _again(call: _Call, county: County, *, now: datetime) -> datetime | None:
    ladder, danger = county.ladder, call.petition.deadline_class
    if call.notice.texts > ladder.most:
        return None
    return ladder.quiet.over(due_by(now, ladder.pause(danger), county.calendar).at, danger)


def _hush_the_weaker(session: Session, strongest: dict[int, Notice], number_hash: str) -> None:
    """Who hears that a case is late is no longer reminded that it soon will be."""
    for petition_id, notice in strongest.items():
        earlier = update(Notice).where(Notice.petition_id == petition_id, Notice.number_hash == number_hash)
        weaker = earlier.where(Notice.id < notice.id, Notice.texts > 0, Notice.next_at.is_not(None))
        session.execute(weaker.values(next_at=None), execution_options={"synchronize_session": False})


def asks_to_answer(text: str) -> str | None:
    """The case number in a text that is 收到 and nothing else, empty where it names none; None for any other text."""
    said = _ANSWER.fullmatch(compact(text))
    return (said["before"] or said["after"] or "") if said else None


def answered_by_text(session: Session, sender_hash: str, number: str, *, now: datetime) -> bool:
    """收到 from a telephone: to all it was told and has not answered, or to one case; whether there was any."""
    waiting = _waiting().where(Notice.number_hash == sender_hash, Notice.told_at.is_not(None))
    if number:
        waiting = waiting.where(Notice.petition_id.in_(_cases(SYSTEM).where(Petition.number == number)))
    return _answered(session, waiting, by=SYSTEM, now=now)


def answer(session: Session, number: str, *, by: Actor, now: datetime) -> None:
    """收到 by the button of the page: to everything about this case that went to this officer or to his unit's phone.
    Pressing it again changes nothing, nor does a number that is none of his.
    """
    require_at_all(by, Action.WARNED)
    mine = waiting_for(by).where(Notice.petition_id.in_(_cases(SYSTEM).where(Petition.number == number)))
    _answered(session, mine, by=by, now=now)


def waiting_for(actor: Actor) -> Select[Notice]:
    """What this officer was told, or his unit's duty phone, and nobody has answered. What was held then or is held now,
    only if he may read it.
    """
    mine = or_(Notice.officer_id == actor.officer_id, Notice.unit_id == actor.unit_id)
    ordinary = Notice.held.is_(False) & Notice.petition_id.in_(_cases(SYSTEM).where(Petition.held.is_(False)))
    return _waiting().where(mine, or_(ordinary, Notice.petition_id.in_(_cases(actor))))


def _answered(session: Session, waiting: Select[Notice], *, by: Actor, now: datetime) -> bool:
    notices = list(session.scalars(waiting.with_for_update(of=Notice)))
    for notice in notices:
        notice.answered_at, notice.answered_by, notice.next_at = now, by.officer_id or notice.officer_id, None
    for petition_id in dict.fromkeys(notice.petition_id for notice in notices):
        petition = by_id(session, SYSTEM, petition_id)  # the chain of its history is written by one at a time
        who = Actor(by.role, by.unit_id, _whose(notices, petition_id, by))
        record(session, petition.id, Event.ANSWERED, by=who, now=now, unit=petition.unit_id)
    return bool(notices)


def _whose(notices: Sequence[Notice], petition_id: int, by: Actor) -> int | None:
    """The officer who answers; of a text, the one whose telephone it came from."""
    return by.officer_id or next((one.officer_id for one in notices if one.petition_id == petition_id), None)


def _waiting() -> Select[Notice]:
    return select(Notice).where(Notice.answered_at.is_(None)).order_by(Notice.petition_id, Notice.id)


def _cases(actor: Actor) -> Select[int]:
    return visible(actor).with_only_columns(Petition.id)
