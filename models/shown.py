"""公开的办理结果: what everybody may read of a case that has ended, because she agreed and in a clerk's own words."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Shown(Base):
    """Of one case. Public, so it lies under no key, and must hold nothing that tells who she is."""

    __tablename__ = "shown_outcomes"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    shown_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    shown_at: Mapped[datetime] = mapped_column(index=True)
