"""账 and a village, by text: what its accounts come to, what is not public yet, a case where she wants that chased."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from models.casework import asked_accounts, books
from models.commands import Command
from models.county import County
from models.message import InboundText, Purpose
from models.petition import Petition


@dataclass(frozen=True)
class Told:
    """What is written to her, or the case that her text has become."""

    texts: dict[Purpose, dict[str, str]] = field(default_factory=dict)
    case: Petition | None = None


def accounts_told(
    session: Session, inbound: InboundText, sender: str, asked: Command, *, county: County, now: datetime
) -> Told:
    """Of the village she names, or of her telephone's own."""
    home = books.home(session, inbound.sender_hash, county=county)
    village = books.named(asked.place, home, county=county) if asked.place else home
    if village is None:
        return Told({Purpose.LEDGER: {"place": asked.place or "村里"}})
    book = books.last(session, village, county=county, now=now)
    if book.missing and asked.chase:
        who = asked_accounts.in_a_text(inbound, sender)
        case = asked_accounts.chase(session, who, village, county=county, now=now)
        inbound.petition_id = case.id
        return Told(case=case)
    books.heard(session, book.id, 0, now=now, text_id=inbound.id)
    return Told(books.by_text(book))
