"""走访: what whoever handles a case saw and heard where it is about, in his own words, perhaps with a picture."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered


class Visit(Base):
    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    note_box: Mapped[bytes | None] = mapped_column(LargeBinary)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("pictures.id"))

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    note = Enciphered("note_box")
