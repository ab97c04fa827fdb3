"""What she says of an answer to one case: how it was dealt with, and how they went about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Rated(Base):
    """Both on the scale 1 满意, 2 一般, 3 不满意. Until it is final nobody else sees it: she may still take back what a
    machine heard.
    """

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("petition_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"))
    round: Mapped[int]  # how often the case had been opened again before
    result: Mapped[int | None]
    manner: Mapped[int | None]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"), index=True)  # None: by text
    began_at: Mapped[datetime]
    final_at: Mapped[datetime | None]
