"""Officers and their sign-ins; villagers' telephones."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered
from models.permissions import Actor, Role
from models.places import Unit


class Officer(Base):
    __tablename__ = "officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(32))
    role: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    number: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(128))
    active: Mapped[bool] = mapped_column(default=True)
    head: Mapped[bool] = mapped_column(default=False)  # answers for the unit
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=True)

    @property
    def actor(self) -> Actor:
        return Actor(Role(self.role), self.unit_id, self.id)


class SignIn(Base):
    """One browser's sign-in. Only a digest of its token is kept, so the table opens no door."""

    __tablename__ = "sign_ins"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    officer: Mapped[Officer] = relationship(lazy="joined", innerjoin=True)


class Authenticator(Base):
    """From what an officer's telephone makes codes. `since`: when it showed the first; before, none is asked for."""

    __tablename__ = "authenticators"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    seed_box: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[datetime | None]
    shown: Mapped[int] = mapped_column(default=0)  # the half-minute of the last code: none counts twice
    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    seed = Enciphered("seed_box")


class Phone(Base):
    """A villager's telephone: who calls from it is never assumed, only where it was registered."""

    __tablename__ = "phones"

    number_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"))
    number_box: Mapped[bytes] = mapped_column(LargeBinary)
    village_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    hours: Mapped[str | None] = mapped_column(String(11))  # in which she may be called, such as 18:00-20:30
    language: Mapped[str | None] = mapped_column(String(8))  # of the prompts she chose to hear; None: the county's
    slowly: Mapped[bool] = mapped_column(default=False)  # and whether she asked for them slower
    by_call: Mapped[bool] = mapped_column(default=False)  # she reads no texts: what comes of her case is told by a call
    key: Mapped[DataKey] = relationship(lazy="joined", innerjoin=True)
    number = Enciphered("number_box")
