"""打电话录提示音: an officer calls from her own telephone, types her six digits, and what she then says may be played
to everybody who calls. Three wrong tries, and the digits are locked for a day.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.announcer import Change, PromptChange, VoicePin
from models.call import Call
from models.lifecycle import BadInput
from models.people import Officer
from models.permissions import Action, Actor, may_at_all
from models.recording import Recording, Sound
from models.visible import require_at_all

MOST_TRIES, LOCKED_FOR = 3, timedelta(days=1)
_SIX = re.compile(r"\d{6}")
_IN_A_ROW = "01234567890123456789"
_MOST_SHOWN = 50


@dataclass(frozen=True)
class Entrance:
    """What became of a try: `let_in`, or `locked` until tomorrow."""

    let_in: bool
    locked: bool


def choose(session: Session, pin: str, *, hashed: Callable[[str], str], by: Actor, now: datetime) -> None:
    """Six digits of her own from now on, and no tries against them. Raises BadInput where anybody would guess them."""
    require_at_all(by, Action.ANNOUNCE)
    if not _SIX.fullmatch(pin):
        raise BadInput("pin", "请写六位数字。")
    if len(set(pin)) == 1 or pin in _IN_A_ROW or pin in _IN_A_ROW[::-1]:
        raise BadInput("pin", "太好猜了，不要用同一个数字，也不要用连着的数字。")
    kept = session.get(VoicePin, by.officer_id) or VoicePin(officer_id=by.officer_id)
    kept.digest, kept.since = hashed(pin), now
    kept.tries, kept.locked_until, kept.call_id = 0, None, None
    session.add(kept)


def of_officer(session: Session, officer_id: int | None) -> VoicePin | None:
    return session.get(VoicePin, officer_id) if officer_id is not None else None


def whose(session: Session, call: Call) -> VoicePin | None:
    """The digits of the officer whose own telephone calls; None for anybody else, and for who may not record."""
    mine = select(VoicePin).join(VoicePin.officer).where(Officer.number == call.caller, Officer.active)
    kept = session.scalars(mine.order_by(VoicePin.officer_id)).first()
    return kept if kept is not None and may_at_all(kept.officer.actor.role, Action.ANNOUNCE) else None


def begin(call: Call, *, now: datetime) -> None:
    """What is said in this call is no matter of anybody's."""
    call.told_at = call.told_at or now


def enter(session: Session, call: Call, pin: str, *, matches: Callable[[str, str], bool], now: datetime) -> Entrance:
    """Try six digits; two calls at once have three tries together."""
    found = whose(session, call)
    if found is None:
        return Entrance(let_in=False, locked=True)
    session.refresh(found, with_for_update={"of": VoicePin})
    if found.locked_until is not None and found.locked_until > now:
        return Entrance(let_in=False, locked=True)
    if matches(found.digest, pin):
        found.tries, found.locked_until, found.call_id = 0, None, call.id
        return Entrance(let_in=True, locked=False)
    found.tries += 1
    if found.tries >= MOST_TRIES:
        found.tries, found.locked_until = 0, now + LOCKED_FOR
    return Entrance(let_in=False, locked=found.locked_until is not None and found.locked_until > now)


def has_entered(session: Session, call: Call) -> bool:
    """Whether the digits were right in this very call."""
    found = whose(session, call)
    return found is not None and found.call_id == call.id


def last_said(session: Session, call: Call) -> Recording | None:
    """Her last recording, once it is safe with us."""
    last = select(Recording).where(Recording.call_id == call.id).order_by(Recording.id.desc()).limit(1)
    found = session.scalar(last)
    return found if found is not None and found.state == Sound.STORED else None


def publish(session: Session, call: Call, language: str, name: str, *, now: datetime) -> Recording | None:
    """What she has said last and heard again is this sentence from now on; None where it is not here."""
    found, last = whose(session, call), last_said(session, call)
    if found is None or found.call_id != call.id or last is None:
        return None
    note(session, language, name, Change.SPOKEN, digest=last.digest, by=found.officer.actor, now=now)
    return last


def note(
    session: Session, language: str, name: str, what: Change, *, digest: str | None = None, by: Actor, now: datetime
) -> None:
    """One line of what became of a sentence."""
    line = PromptChange(language=language, name=name, what=what, digest=digest)
    line.at, line.officer_id = now, by.officer_id
    session.add(line)


def changes(session: Session) -> list[tuple[PromptChange, str]]:
    """The last changes with who made them, the newest first."""
    lines = select(PromptChange, Officer.name).outerjoin(Officer, Officer.id == PromptChange.officer_id)
    found = session.execute(lines.order_by(PromptChange.id.desc()).limit(_MOST_SHOWN))
    return [(row[0], row[1] or "") for row in found]
