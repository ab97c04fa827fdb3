"""What every table shares: names of constraints, times that know their zone, and words kept under a case's own key."""

from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import JSON, DateTime, Dialect, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, object_session
from sqlalchemy.types import TypeDecorator

from models.keyring import Keyring, decipher, encipher

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


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
    """The key of one case, wrapped by the server's key. Backups of cases leave this table out."""

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
        """The key itself, unwrapped once per loaded row with the keyring of its session."""
        if "_plain" not in self.__dict__:
            session = object_session(self)
            if session is None:
                raise LookupError("a key outside its session cannot be unwrapped")
            self.__dict__["_plain"] = session.info["keyring"].unwrap(self.wrapped)
        plain: bytes = self.__dict__["_plain"]
        return plain


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
