"""我想看下账, by telephone: whose affairs she means, what was read to her, and what she asks about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.affairs import Book
from models.call import Call
from models.casework import asked_accounts, books, hearing, standing
from models.commands import yes_or_no
from models.continuing import says_what
from models.county import County
from models.petition import Petition
from models.publication import Publication
from models.routing import route


@dataclass(frozen=True)
class Whose:
    """Which village she may mean: the one `offered` to her by name, the names to choose between, and the book once it
    is clear; `matter` whether she speaks of something else than accounts.
    """

    offered: str = ""
    choice: tuple[str, ...] = ()
    book: Book | None = None
    matter: bool = False


def whose(session: Session, call: Call, keyed: str, *, tries: int, county: County, now: datetime) -> Whose:
    """Her telephone's own village is offered at the first try; agreed to by a key or a word, it is that one."""
    home = books.home(session, call.caller_hash, county=county)
    words = hearing.last_words(session, call)
    if _of_something_else(words, county):
        return Whose(matter=True)
    village = books.named(words, home, county=county)
    if village is None and tries == 0 and (keyed == "1" or yes_or_no(words)):
        village = home
    return Whose(
        offered=county.gazetteer.full_name(home) if home and tries == 0 else "",
        choice=tuple(map(county.gazetteer.full_name, county.gazetteer.find(words, registered=home).candidates)),
        book=books.last(session, village, county=county, now=now) if village else None,
    )


def was_read(session: Session, call: Call, publication_id: int, line: int, *, now: datetime) -> None:
    """The totals (line 0) or a line was read to her, or only that nothing is public."""
    standing.told(call, now=now)
    books.heard(session, publication_id, line, now=now, call_id=call.id)


def ask(
    session: Session, call: Call, publication_id: int, line: int, *, county: County, now: datetime
) -> Petition | None:
    """She asks about a line, or about all of it (0): a case. Once in a call."""
    publication = session.get(Publication, publication_id)
    if publication is None or call.petition_id is not None:
        return None
    who = asked_accounts.in_a_call(call)
    petition = asked_accounts.about_a_line(session, who, publication, line, county=county, now=now)
    call.petition_id = petition.id
    return petition


def chase(session: Session, call: Call, village: str, *, county: County, now: datetime) -> Petition | None:
    """She wants affairs made public: a case. Once in a call."""
    if village not in county.gazetteer.villages or call.petition_id is not None:
        return None
    petition = asked_accounts.chase(session, asked_accounts.in_a_call(call), village, county=county, now=now)
    call.petition_id = petition.id
    return petition


def _of_something_else(words: str, county: County) -> bool:
    """我是六坪村的，路灯坏了: a village's name in it does not make it a question about accounts."""
    way = route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy)
    kinds = {county.taxonomy.categories[kind].deadline_class for kind in (way.category, way.category_2) if kind}
    return says_what(way) and asked_accounts.ASKED not in kinds
