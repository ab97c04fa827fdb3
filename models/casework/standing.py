"""How a case stands, in the one sentence that whoever asks is told: where it is, who has it, how many working days are
left. Of what is late that it is late, and that somebody is after it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from sqlalchemy.orm import Session

from models.call import Call
from models.clock import CHINA
from models.county import County
from models.lifecycle import LABELS, UNANSWERED, Status
from models.numbering import LENGTH, heard, is_number
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible
from models.workdays import Calendar

NOT_FOUND = "没有查到。请核对编号，或者直接发短信说事。"
WITH_A_UNIT = frozenset({Status.ASSIGNED, Status.HANDLING})
OF_HER_NUMBER = 4  # digits, the last ones, that show whose case it is
FEWEST_DIGITS = 4  # of who meant to say a number; whoever says fewer speaks of something
_ADDED = re.compile(r"[（/].*$")  # what stands after the name an office is called by


@dataclass(frozen=True)
class Standing:
    """Of the case she asks about its number and how it stands, empty where there is none she may hear of; `matter`
    whether she was heard to speak of something else than a number.
    """

    case: str = ""
    standing: str = ""
    matter: bool = False


def sentence(session: Session, sender_hash: str, number: str | None, *, calendar: Calendar, now: datetime) -> str:
    """By text: of her newest case, or of the one she names; one answer for all that is not hers or not there."""
    petition = _hers(session, sender_hash, number)
    return f"编号{petition.number}：{_words(petition, calendar, now=now)}。" if petition else NOT_FOUND


def hers(session: Session, call: Call, *, county: County, now: datetime) -> Standing:
    """By telephone: of the newest case of the one she calls from."""
    return _told(_hers(session, call.caller_hash, None), county, now=now)


def by_number(session: Session, keyed: str, words: str, *, county: County, now: datetime) -> Standing:
    """Of the case whose number she presses, or has said in these words: nothing of what it is about, so that whoever
    has the number may ask from any telephone. Sealed and unknown are alike.
    """
    digits = keyed or heard(words)
    if not is_number(digits[-LENGTH:]):
        return Standing(matter=bool(words) and not keyed and len(digits) < FEWEST_DIGITS)
    named = visible(SYSTEM).where(
        Petition.number == digits[-LENGTH:], Petition.held.is_(False), Petition.report.is_(False)
    )
    return _told(session.scalar(named), county, now=now)


def at_the_notice_board(session: Session, number: str, last_digits: str, *, county: County, now: datetime) -> Standing:
    """Of the case of this number, to whoever knows the last digits of her telephone's too. Sealed, held, unknown, not
    hers, and left without a telephone are alike.

    What is asked of the database is the case of this number or of the next one: a case is read and her number opened
    whether there is one of this number or not, so that both take the same time.
    """
    near = visible(SYSTEM).where(Petition.number >= number, Petition.held.is_(False), Petition.report.is_(False))
    petition = session.scalar(near.order_by(Petition.number).limit(1))
    digits = petition.caller[-OF_HER_NUMBER:] if petition else ""
    known = compare_digest(digits.encode(), last_digits.encode()) and len(last_digits) == OF_HER_NUMBER
    return _told(petition if petition and petition.number == number and known else None, county, now=now)


def told(call: Call, *, now: datetime) -> None:
    """She has heard how a case stands: that may be all her call was for."""
    call.told_at = call.told_at or now


def _told(petition: Petition | None, county: County, *, now: datetime) -> Standing:
    return Standing(petition.number, _words(petition, county.calendar, now=now)) if petition else Standing()


def _hers(session: Session, caller_hash: str, number: str | None) -> Petition | None:
    """Only a case of this very phone, one that goes on before the ended ones; what is held is not there for anybody
    who asks.
    """
    query = visible(SYSTEM).where(Petition.caller_hash == caller_hash, Petition.held.is_(False))
    if number:
        query = query.where(Petition.number == number)
    return session.scalar(query.order_by(Petition.closed_at.is_not(None), Petition.id.desc()).limit(1))


def _words(petition: Petition, calendar: Calendar, *, now: datetime) -> str:
    status = Status(petition.status)
    if status not in UNANSWERED:
        return LABELS[status]
    unit = petition.unit if status in WITH_A_UNIT else None
    where = f"，在{_ADDED.sub('', unit.name)}" if unit else ""
    return f"{LABELS[status]}{where}，{_left(petition, calendar, now=now)}"


def _left(petition: Petition, calendar: Calendar, *, now: datetime) -> str:
    today, due = now.astimezone(CHINA).date(), petition.finish_due_at.astimezone(CHINA).date()
    if petition.finish_due_at < now:
        days = calendar.worked(due, today)
        return f"超期{days}个工作日，已经在催" if days else "已经超期，正在催"
    days = calendar.worked(today, due)
    return f"还剩{days}个工作日" if days else "今天到期"
