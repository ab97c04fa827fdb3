"""What every table shares: names of constraints, times that know their zone, and words kept under a case's own key."""

from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, LargeBinary, MetaData, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, object_session
from sqlalchemy.types import TypeDecorator

from models.keyring import Keyring, decipher, encipher

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# How a key is joined to a row that may itself be missing. Of LEFT JOIN (calls JOIN keys) SQLite reads all calls first:
# 26 ms for one task at 3 000 cases. SQLAlchemy's stubs know only yes and no.
UNNESTED: Any = "unnested"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a time without a zone; SQLite gives naive times back, so the zone is put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Instant, dict[str, Any]: JSON, list[Any]: JSON}


class DataKey(Base):
    """The key of one case, wrapped by the server's key; empty once it was given to the inspectors, or destroyed.
    Backups of cases leave this table and the next one out.
    """

    __tablename__ = "data_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def fresh(cls, keyring: Keyring) -> "DataKey":
        plain, wrapped = keyring.fresh()
        key = cls(wrapped=wrapped)
        key.__dict__["_plain"] = plain
        return key

    @property
    def plain(self) -> bytes:
        """The key itself, opened once per loaded row with the keyring of its session. Raises keyring.Sealed."""
        if "_plain" not in self.__dict__:
            session = object_session(self)
            if session is None:
                raise LookupError("a key outside its session cannot be unwrapped")
            given = {} if self.wrapped else _given_to_inspectors(session, self.id)
            self.__dict__["_plain"] = session.info["keyring"].open(self.wrapped, given)
        plain: bytes = self.__dict__["_plain"]
        return plain


class SealedKey(Base):
    """One inspector's copy of a sealed case's key: only her private key opens it."""

    __tablename__ = "sealed_keys"

    key_id: Mapped[int] = mapped_column(ForeignKey("data_keys.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


KEYS = ("data_keys", "sealed_keys")
"""The tables that no backup of cases contains, each after those it refers to."""


def _given_to_inspectors(session: Session, key_id: int) -> dict[int, bytes]:
    copies = session.scalars(select(SealedKey).where(SealedKey.key_id == key_id))
    return {copy.officer_id: copy.box for copy in copies}


class Keyed(Protocol):
    """A row that stands under a data key."""

    @property
    def key(self) -> Any: ...


class Enciphered:
    """A text column stored under its row's data key: reads and writes as text, lies in the table as bytes."""

    def __init__(self, column: str) -> None:
        self._column = column

    def __get__(self, row: Keyed, owner: type) -> str:
        box = getattr(row, self._column)
        return decipher(row.key.plain, box).decode() if box else ""

    def __set__(self, row: Keyed, text: str) -> None:
        setattr(row, self._column, encipher(row.key.plain, text.encode()))
