"""公开: a village's affairs of a quarter are brought as a draft, public once a second person has signed them off."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models.affairs import largest_first, quarter_in_words
from models.affairs_sheet import Draft
from models.cells import Fault
from models.lifecycle import BadInput, ForbiddenMove, NoSuchPetition
from models.permissions import Action, Actor, Role
from models.places import Unit
from models.publication import Publication, PublishedLine
from models.visible import require_at_all

EVERYWHERE = frozenset({Role.CLERK, Role.SUPERVISOR})
LONGEST_WHY = 60


class NotTaken(BadInput):
    """A sheet of which nothing is taken, with every row that is why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("sheet", f"有 {len(faults)} 处要改，一行都没有导入。")
        self.faults = tuple(faults)


def bring(session: Session, drafts: Iterable[Draft], *, by: Actor, now: datetime, why: str = "") -> list[Publication]:
    """Keep drafts, all of them or none; of a quarter that is public already a correction, which must say `why`. Raises
    NotTaken.
    """
    require_at_all(by, Action.PUBLISH)
    wanted = list(drafts)
    quarters = {draft.quarter for draft in wanted}
    before = _newest_versions(session, quarters)
    ours = set(session.scalars(select(Unit.id).where(_within_reach(by))))
    faults = [Fault(draft.row, said) for draft in wanted if (said := _against(draft, before, ours, why.strip()))]
    if faults:
        raise NotTaken(faults)
    made = [_drafted(draft, before.get((draft.village, draft.quarter)), why.strip(), by, now) for draft in wanted]
    session.add_all(made)
    session.flush()
    return made


def sign(session: Session, ids: Iterable[int], *, by: Actor, now: datetime) -> int:
    """Somebody else than who brought them signs drafts off: from now on they are public. How many."""
    signed = _drafts(session, ids, by)
    if any(one.drafted_by == by.officer_id for one in signed):
        raise ForbiddenMove("自己导入的要由另一个人核对签发。")
    for one in signed:
        one.signed_by, one.signed_at = by.officer_id, now
    return len(signed)


def discard(session: Session, ids: Iterable[int], *, by: Actor) -> int:
    """Drafts go; what is public never does."""
    gone = _drafts(session, ids, by)
    for one in gone:
        session.delete(one)
    return len(gone)


def listed(session: Session, by: Actor, *, drafts: bool, most: int) -> list[Publication]:
    """What this officer may look at: drafts by village, or what is public, the newest first."""
    require_at_all(by, Action.PUBLISH)
    there = select(Publication).join(Publication.village).where(_within_reach(by))
    if drafts:
        query = there.where(Publication.signed_at.is_(None)).order_by(Publication.village_id, Publication.quarter)
    else:
        query = there.where(Publication.signed_at.is_not(None)).order_by(
            Publication.signed_at.desc(), Publication.id.desc()
        )
    return list(session.scalars(query.limit(most)))


def one(session: Session, publication_id: int, *, by: Actor) -> Publication:
    """One of them. Raises NoSuchPetition."""
    require_at_all(by, Action.PUBLISH)
    within = select(Publication).join(Publication.village).where(Publication.id == publication_id, _within_reach(by))
    found = session.scalar(within)
    if found is None:
        raise NoSuchPetition("没有这一份公开。")
    return found


def _within_reach(by: Actor) -> ColumnElement[bool]:
    """The villages whose affairs this officer may bring: all of them, his own, those of his township."""
    return true() if by.role in EVERYWHERE else or_(Unit.id == by.unit_id, Unit.parent_id == by.unit_id)


def _drafts(session: Session, ids: Iterable[int], by: Actor) -> list[Publication]:
    require_at_all(by, Action.PUBLISH)
    wanted = set(ids)
    within = select(Publication).join(Publication.village).where(Publication.id.in_(wanted), _within_reach(by))
    found = list(session.scalars(within.with_for_update(of=Publication)))
    if not wanted:
        raise BadInput("ids", "请先勾选。")
    if len(found) < len(wanted):
        raise NoSuchPetition("没有这一份公开。")
    if any(draft.signed_at is not None for draft in found):
        raise ForbiddenMove("已经公开的不能再改；有错请重新导入，作为更正公开。")
    return found


def _newest_versions(session: Session, quarters: set[str]) -> dict[tuple[str, str], Publication]:
    there = select(Publication).where(Publication.quarter.in_(quarters)).order_by(Publication.version)
    return {(found.village_id, found.quarter): found for found in session.scalars(there)}


def _against(draft: Draft, before: dict[tuple[str, str], Publication], ours: set[str], why: str) -> str:
    """Why a draft cannot be kept; empty where it can."""
    there = before.get((draft.village, draft.quarter))
    if draft.village not in ours:
        return "这个村不归您这里公开。"
    if there is None:
        return ""
    if there.signed_at is None:
        return f"{quarter_in_words(draft.quarter)}已有一份待签发的，请先签发或作废。"
    return (
        ""
        if why and len(why) <= LONGEST_WHY
        else (f"{quarter_in_words(draft.quarter)}已经公开；要更正请写明更正了什么，不超过{LONGEST_WHY}个字。")
    )


def _drafted(draft: Draft, before: Publication | None, why: str, by: Actor, now: datetime) -> Publication:
    publication = Publication(village_id=draft.village, quarter=draft.quarter, drafted_by=by.officer_id, drafted_at=now)
    if before is not None:
        publication.version, publication.why = before.version + 1, why
    publication.rows = [
        PublishedLine(place=place, kind=line.kind, title=line.title, side=line.side, fen=line.fen, note=line.note)
        for place, line in enumerate(largest_first(draft.lines))
    ]
    return publication
