"""随手拍: a picture that came with a text, as the carrier keeps it and as we have it."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered

OURS = "visit"
"""In the place of a carrier's name: whoever handles the case took it."""


class Picture(Base):
    """`state` is that of a recording: expected, stored or lost."""

    __tablename__ = "pictures"
    __table_args__ = (UniqueConstraint("provider", "sid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(16))
    sid: Mapped[str] = mapped_column(String(72))  # the text's id and the picture's place in it
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    url_box: Mapped[bytes] = mapped_column(LargeBinary)
    heard_of_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    failure: Mapped[str | None] = mapped_column(String(32))  # why it could not be had; while expected, the last trouble
    kind: Mapped[str | None] = mapped_column(String(8))  # png, jpeg, gif or webp, by its first bytes
    name: Mapped[str | None] = mapped_column(String(64))  # a random storage name
    digest: Mapped[str | None] = mapped_column(String(64))  # sha-256 of the carrier's bytes
    size: Mapped[int | None]  # bytes

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    url = Enciphered("url_box")
