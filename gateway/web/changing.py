"""改过什么: the history of what administrators changed, as their pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.web.words import moment
from models.changed import changes
from models.people import Officer


@dataclass(frozen=True)
class Changed:
    """One line of it: `whom` or what it is about; `who` changed it."""

    at: str
    whom: str
    what: str
    who: str


def past(
    session: Session,
    *subjects: str,
    key: str | None = None,
    named: Mapping[str, str] = MappingProxyType({}),
    now: datetime,
) -> list[Changed]:
    """The last changes of some subjects, or of one row of them, the newest first; `named`: what a row is called whose
    key nobody would know.
    """
    officers = {row.id: row.name for row in session.execute(select(Officer.id, Officer.name))}
    return [
        Changed(
            moment(one.at, now=now),
            named.get(one.key, one.key),
            "：".join(filter(None, (one.what, " → ".join(filter(None, (one.before, one.after)))))),
            officers.get(one.officer_id or 0, "服务器上的命令"),
        )
        for one in changes(session, subjects, key)
    ]
