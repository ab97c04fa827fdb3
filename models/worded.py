"""The county's own wording of a text, every version of it: the newest counts, and all of them say who wrote it when."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

CHINESE = "zh"


class Wording(Base):
    """One version. It is never changed: what was sent under it must be found again."""

    __tablename__ = "wordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16), index=True)
    language: Mapped[str] = mapped_column(String(8), default=CHINESE)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


def versions(session: Session, purpose: str, language: str = CHINESE) -> list[Wording]:
    """Every version of a text, the newest first."""
    mine = select(Wording).where(Wording.purpose == purpose, Wording.language == language)
    return list(session.scalars(mine.order_by(Wording.id.desc())))


def in_force(session: Session, language: str = CHINESE) -> dict[str, tuple[str, int]]:
    """The county's own texts by purpose, each with how often it was rewritten; what is not there is worded by us."""
    newest = select(func.max(Wording.id), func.count()).where(Wording.language == language).group_by(Wording.purpose)
    counts = {row[0]: row[1] for row in session.execute(newest)}
    rows = session.scalars(select(Wording).where(Wording.id.in_(counts)))
    return {row.purpose: (row.text, counts[row.id]) for row in rows}
