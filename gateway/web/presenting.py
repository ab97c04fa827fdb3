"""What a list of cases shows: plain values, read out of the database before a page is made."""

from dataclasses import dataclass
from datetime import datetime

from gateway.web.words import moment
from models.county import County
from models.lifecycle import LABELS, UNANSWERED, UNSHARED, Status
from models.petition import CHANNELS, Petition

UNKNOWN = "还不清楚"


@dataclass(frozen=True)
class Mark:
    """A short word that stands out; `colour` is one of Bootstrap's."""

    text: str
    colour: str


@dataclass(frozen=True)
class DueDate:
    """A date somebody is waited for. `mark` says that it has passed or is near, if anybody still has to act."""

    at: str
    mark: Mark | None


@dataclass(frozen=True)
class CaseRow:
    number: str
    received: str
    channel: str
    village: str
    category: str
    unit: str
    status: str
    due: DueDate
    marks: tuple[Mark, ...]


OVERDUE, SOON = Mark("超期", "danger"), Mark("预警", "warning")
UNCONFIRMED = Mark("未核稿", "secondary")
DOUBTED, UNSHARED_LATE = Mark("请马上核实", "danger"), Mark("超期未分办", "danger")
NOT_LOOKED_AT = Mark("还没有人看是不是举报", "danger")
BAD_AGAIN = Mark("第二次不满意", "danger")
NOT_HERS = Mark("她说核错了", "warning")
URGENT = {"urgent": Mark("紧急", "danger"), "emergency": Mark("特急", "danger")}


def case_row(petition: Petition, *, county: County, now: datetime) -> CaseRow:
    return CaseRow(
        number=petition.number,
        received=moment(petition.received_at, now=now),
        channel=CHANNELS[petition.channel],
        village=petition.village.name if petition.village else UNKNOWN,
        category=category_name(petition, county),
        unit=petition.unit.name if petition.unit else "尚未分办",
        status=LABELS[Status(petition.status)],
        due=due_date(petition, petition.finish_soon_at, petition.finish_due_at, now=now),
        marks=marks(petition, now=now),
    )


def category_name(petition: Petition, county: County) -> str:
    known = county.taxonomy.categories.get(petition.category or "")
    return known.name if known else UNKNOWN


def due_date(petition: Petition, soon: datetime, due: datetime, *, now: datetime) -> DueDate:
    """A date of the case; marked only while the villager still has no answer."""
    waiting = petition.status in UNANSWERED
    mark = (OVERDUE if due <= now else SOON if soon <= now else None) if waiting else None
    return DueDate(moment(due, now=now), mark)


def marks(petition: Petition, *, now: datetime) -> tuple[Mark, ...]:
    """What an officer must know at a glance, the most pressing first."""
    found = (
        NOT_HERS if _says_no(petition) else None,
        DOUBTED if petition.doubted and petition.status in UNANSWERED else None,
        URGENT.get(petition.urgency),
        BAD_AGAIN if petition.reopened > 1 and petition.status in UNANSWERED else None,
        UNSHARED_LATE if _unshared_too_long(petition, now=now) else None,
        _to_be_looked_at(petition, now=now),
        Mark("举报", "dark") if petition.report else Mark("存疑待纪检看", "dark") if petition.held else None,
        Mark(f"退过 {petition.bounces} 次", "warning") if petition.bounces else None,
        Mark("只有录音", "info") if petition.voice_only else None,
        None if petition.confirmed else UNCONFIRMED,
    )
    return tuple(mark for mark in found if mark is not None)


def _to_be_looked_at(petition: Petition, *, now: datetime) -> Mark | None:
    """Of what only may be a report: until when an inspector says whether it is."""
    asked_by = petition.triage_due_at
    if not petition.held or petition.status != Status.ASSIGNED or asked_by is None:
        return None
    return NOT_LOOKED_AT if asked_by <= now else Mark(f"{moment(asked_by, now=now)} 前先看是不是举报", "warning")


def _says_no(petition: Petition) -> bool:
    """Whether she has heard her confirmed words and said that they are not hers, and nobody has listened since."""
    return any(one.agreed is False for one in petition.statements) and petition.status in UNANSWERED


def _unshared_too_long(petition: Petition, *, now: datetime) -> bool:
    asked_by = petition.triage_due_at
    return asked_by is not None and asked_by <= now and petition.status in UNSHARED and not petition.held
