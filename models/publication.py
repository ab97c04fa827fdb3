"""Published affairs as they are kept: what a village has made public of a quarter, in every version, and who heard it.

Public by law, so nothing of it lies under a key; a version is never changed once it is signed off.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.affairs import Kind, Line, Side
from models.base import Base
from models.people import Officer
from models.places import Unit

CARRIED = "affairs"
"""The channel of a statement that is our own words: what a case about published affairs carries."""

CARRIED_NAME = "公开账目"


class Publication(Base):
    """One village's affairs of one quarter. A draft until a second person has signed it off; version 1 and later are
    corrections, and say `why`.
    """

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("village_id", "quarter", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    quarter: Mapped[str] = mapped_column(String(6), index=True)  # 2026Q3
    version: Mapped[int] = mapped_column(default=0)
    why: Mapped[str | None] = mapped_column(Text)  # what was put right
    drafted_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    drafted_at: Mapped[datetime]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    signed_at: Mapped[datetime | None] = mapped_column(index=True)  # since when it is public

    village: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)
    drafter: Mapped[Officer] = relationship(foreign_keys=[drafted_by])
    signer: Mapped[Officer | None] = relationship(foreign_keys=[signed_by])
    rows: Mapped[list["PublishedLine"]] = relationship(
        order_by="PublishedLine.place", cascade="all, delete-orphan", passive_deletes=False
    )


class PublishedLine(Base):
    """One line, in the place it is read: the largest amount first."""

    __tablename__ = "publication_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), index=True)
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(Text)
    side: Mapped[str | None] = mapped_column(String(6))
    fen: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(Text, default="")

    @property
    def line(self) -> Line:
        return Line(Kind(self.kind), self.title, Side(self.side) if self.side else None, self.fen, self.note)


class Hearing(Base):
    """What was read to whom: the totals (no line) or one line, in a call or by a text."""

    __tablename__ = "publication_hearings"

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("publication_lines.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"), index=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_texts.id"))
    at: Mapped[datetime]


class LineAsked(Base):
    """The line a case asks about; no line where it asks about the totals, no publication where it asks for one."""

    __tablename__ = "lines_asked"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("publications.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("publication_lines.id"))


def newest(session: Session, village_id: str) -> Publication | None:
    """The last quarter a village has made public, as it was last put right."""
    signed = select(Publication).where(Publication.village_id == village_id, Publication.signed_at.is_not(None))
    return session.scalar(signed.order_by(Publication.quarter.desc(), Publication.version.desc()).limit(1))
