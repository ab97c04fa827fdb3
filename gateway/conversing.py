"""What the conversation must know of her before it speaks, and what is written down of it after."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ivr import questions
from ivr.flow import ACCOUNTS, CASE, Input, Pressed, Rung, Spoke
from ivr.script import At, Deed, Known, Step, Turn
from models.call import Call
from models.casework import accounts, agreeing, books, duty, hearing, intake, manners, read_aloud, reporting, standing
from models.county import County
from models.halfday import next_half_day
from models.tasks import Why

OPENED = frozenset({At.TOTALS, At.CHASE, At.LINE})
READ_TO_HER = frozenset({At.RESULT, At.AGREES})
WHY = {Deed.CALL_BACK: Why.SILENT}
WISHES: dict[Deed | None, dict[str, str | bool]] = {
    Deed.REAL: {"real": True},
    **{deed: {"hours": key} for key, deed in questions.HOURS.items()},
}


@dataclass(frozen=True)
class Moment:
    """One turn of a call: what she did, and where the conversation stood."""

    session: Session
    call: Call
    step: Step
    did: Input
    county: County
    now: datetime

    @property
    def keyed(self) -> str:
        """The keys she has just pressed."""
        return self.did.key if isinstance(self.did, Pressed) else ""


def known(moment: Moment) -> tuple[Known, tuple[str, ...]]:
    """What the next turn may need to know, and whom it may ring."""
    session, call, county, now = moment.session, moment.call, moment.county, moment.now
    found = hearing.facts(session, call, county=county)
    danger = found.danger or moment.step.danger
    rings = danger or found.person or _asks_for_person(moment.did)
    numbers = duty.numbers(session, call, danger=danger, county=county, now=now, village=found.village) if rings else ()
    facts = {name: value for name, value in asdict(found).items() if name != "village"}
    when = next_half_day(now, county.calendar).name
    number = intake.number_of(session, call)
    generally = Known(number, **facts, on_duty=len(numbers), taken=call.taken_at is not None, when=when)
    rooms = (_read_to_her, _standing, _reported, _accounts)
    return replace(generally, **{name: value for room in rooms for name, value in room(moment).items()}), numbers


def note(session: Session, call: Call, after: Turn, *, county: County, now: datetime) -> None:
    """What the conversation asks for is written down in the same commit."""
    deed, step = after.deed, after.step
    intake.note(session, call, sealed=deed is Deed.SEAL, why=WHY.get(deed) if deed else None, now=now)
    reporting.wishes(session, call, **WISHES.get(deed, {}))
    if deed in _OF_THE_CALL:
        _OF_THE_CALL[deed](session, call, now)
    elif deed in _OF_THE_COUNTY:
        _OF_THE_COUNTY[deed](session, call, county=county, now=now)
    elif deed in _OF_A_BOOK:
        _OF_A_BOOK[deed](session, call, step, county, now)


def _read_to_her(moment: Moment) -> dict[str, Any]:
    """In a call of ours what we have called her for."""
    if moment.step.at not in READ_TO_HER:
        return {}
    read = read_aloud.reading(moment.session, moment.call, county=moment.county)
    return {"about": read.about, "words": read.words, "rates": read.rates} if read else {}


def _standing(moment: Moment) -> dict[str, Any]:
    """How the case stands that she asks about: hers, or the one whose number she presses or says."""
    session, call, county, now = moment.session, moment.call, moment.county, moment.now
    if moment.step.at is At.NUMBER:
        words = hearing.last_words(session, call)
        return asdict(standing.by_number(session, moment.keyed, words, county=county, now=now))
    asks = (moment.keyed == CASE and moment.step.at is At.TELL) or moment.step.at is At.MINE
    return asdict(standing.hers(session, call, county=county, now=now)) if asks else {}


def _reported(moment: Moment) -> dict[str, Any]:
    if not moment.call.report:
        return {}
    keyed = moment.keyed if moment.step.at is At.ASKS else ""
    return asdict(reporting.known(moment.session, moment.call, keyed, now=moment.now))


def _accounts(moment: Moment) -> dict[str, Any]:
    """Which village's accounts she wants to hear, and what stands in them."""
    session, call, step, county, now = moment.session, moment.call, moment.step, moment.county, moment.now
    if step.at is At.BOOK or (moment.keyed == ACCOUNTS and step.at is At.TELL):
        key = moment.did.ended_by if isinstance(moment.did, Spoke) else moment.keyed
        found = accounts.whose(session, call, key, tries=step.tries, county=county, now=now)
        return {"offered": found.offered, "choice": found.choice, "book": found.book, "matter": found.matter}
    if step.at not in OPENED:
        return {}
    opened = books.opened(session, step.village, step.book, county=county, now=now)
    return {"book": opened, "matter": bool(hearing.last_words(session, call))}


def _asks_for_person(did: Input) -> bool:
    match did:
        case Rung() | Pressed(key="0") | Spoke(ended_by="0"):
            return True
        case _:
            return False


_OF_THE_CALL: Mapping[Deed | None, Callable[[Session, Call, datetime], object]] = {
    Deed.SLOWER: lambda session, call, _now: manners.slower(session, call),
    Deed.BY_CALL: lambda session, call, _now: manners.by_call(session, call),
    Deed.BESIDE: lambda session, call, now: hearing.beside(session, call, now=now),
    Deed.STANDS: lambda _session, call, now: standing.told(call, now=now),
    Deed.BEHALF: lambda _session, call, _now: hearing.for_another(call, present=None),
    Deed.PRESENT: lambda _session, call, _now: hearing.for_another(call, present=True),
    Deed.ABSENT: lambda _session, call, _now: hearing.for_another(call, present=False),
    Deed.TOLD: lambda session, call, now: read_aloud.told(session, call, now=now),
    Deed.GOOD: lambda session, call, now: read_aloud.rated(session, call, result=1, now=now),
    Deed.FAIR: lambda session, call, now: read_aloud.rated(session, call, result=2, now=now),
    Deed.BAD: lambda session, call, now: read_aloud.rated(session, call, result=3, now=now),
    Deed.NOT_BAD: lambda session, call, now: read_aloud.rated(session, call, result=None, now=now),
    Deed.KIND: lambda session, call, now: read_aloud.rated_all(session, call, manner=1, now=now),
    Deed.SO_SO: lambda session, call, now: read_aloud.rated_all(session, call, manner=2, now=now),
    Deed.UNKIND: lambda session, call, now: read_aloud.rated(session, call, manner=3, now=now),
    Deed.NOT_UNKIND: lambda session, call, now: read_aloud.rated(session, call, manner=None, now=now),
    Deed.RATED: lambda session, call, now: read_aloud.rated_all(session, call, now=now),
    Deed.SO: lambda session, call, now: agreeing.so(session, call, now=now),
    Deed.NOT_SO: lambda session, call, now: agreeing.not_so(session, call, now=now),
    Deed.ANEW: lambda session, call, now: agreeing.anew(session, call, now=now),
    Deed.WHY: lambda session, call, now: read_aloud.why(session, call, now=now),
}
_OF_THE_COUNTY: Mapping[Deed | None, Callable[..., None]] = {
    Deed.FETCH_PERSON: duty.wanted,
    Deed.DANGER: duty.in_danger,
    Deed.NOBODY: duty.nobody_came,
    Deed.TOLD_AND_PERSON: read_aloud.told_and_wanted,
    Deed.WHY_AND_PERSON: read_aloud.why_and_wanted,
    Deed.ANEW_AND_PERSON: read_aloud.anew_and_wanted,
    Deed.JOIN: hearing.join,
    Deed.PLACE: hearing.place,
    Deed.FILE: intake.file,
}
_OF_A_BOOK: Mapping[Deed | None, Callable[[Session, Call, Step, County, datetime], object]] = {
    Deed.READ: lambda session, call, at, _county, now: accounts.was_read(session, call, at.book, at.line, now=now),
    Deed.ASK_LINE: lambda session, call, at, county, now: accounts.ask(
        session, call, at.book, at.line, county=county, now=now
    ),
    Deed.CHASE: lambda session, call, at, county, now: accounts.chase(
        session, call, at.village, county=county, now=now
    ),
}
