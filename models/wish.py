"""What who reports wants of us: whether she gave her own name, and when she may be called. It lies under her case's
key, so that once that is sealed nobody but an inspector knows even this.
"""

import json

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered


class Wish(Base):
    __tablename__ = "wishes"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    wish_box: Mapped[bytes] = mapped_column(LargeBinary)

    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    wish = Enciphered("wish_box")

    @property
    def real(self) -> bool:
        """She gave her own name, and is to be told that it is taken up and what came of it."""
        return bool(self._said().get("real"))

    @property
    def hours(self) -> str | None:
        """The time of day (a key of models/daytimes.py) at which she may be called; None: she may not."""
        return self._said().get("hours")

    def note(self, **said: str | bool) -> None:
        self.wish = json.dumps({**self._said(), **said})

    def _said(self) -> dict[str, str]:
        kept: dict[str, str] = json.loads(self.wish or "{}")
        return kept
