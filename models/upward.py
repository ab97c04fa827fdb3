"""上交: a report about somebody whom the level above manages. What she said goes there on paper and is destroyed here;
what is left is this line, which says no word of it.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Officer
from models.petition import Petition


class HandedUp(Base):
    __tablename__ = "handed_up"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    to: Mapped[str] = mapped_column(String(16))
    marked_at: Mapped[datetime]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    due_at: Mapped[datetime]  # until when it must be there
    handed_at: Mapped[datetime | None]
    received_by: Mapped[str | None] = mapped_column(String(32))  # who signed for it there

    petition: Mapped[Petition] = relationship(lazy="joined", innerjoin=True)
    marker: Mapped[Officer | None] = relationship(lazy="joined")
