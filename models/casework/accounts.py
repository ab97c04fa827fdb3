"""我想看下账, by telephone: whose affairs she means, what was read to her, and what she asks about it.

A question carries the line it is about, and is the village's to answer; affairs that
are not public by their time are the township's to chase.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.affairs import Book, line_in_words, public_by_now, quarter_in_words
from models.call import Call
from models.casework import clock, hearing, standing, triage
from models.casework.books import heard, last
from models.casework.filing import open_case, state
from models.clock import CHINA
from models.commands import yes_or_no
from models.continuing import says_what
from models.county import County
from models.people import Phone
from models.permissions import SYSTEM
from models.petition import Petition
from models.publication import CARRIED, LineAsked, Publication
from models.routing import route

ASKED, CHASED = "ledger", "ledger_upper"
"""Classes of deadlines. A village answers within 10 days, whom it is taken to above within 20 (四川省村务公开条例
§§16-17); the county's paper has the figures.
"""


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
    home = _home(session, call, county)
    words = hearing.last_words(session, call)
    if _of_something_else(words, county):
        return Whose(matter=True)
    named = county.gazetteer.find(words, registered=home)
    village = named.village or (named.candidates[0] if len(named.candidates) == 1 else None)
    if village is None and tries == 0 and (keyed == "1" or yes_or_no(words)):
        village = home
    return Whose(
        offered=county.gazetteer.full_name(home) if home and tries == 0 else "",
        choice=tuple(county.gazetteer.full_name(one) for one in named.candidates),
        book=last(session, village, county=county, now=now) if village else None,
    )


def was_read(session: Session, call: Call, publication_id: int, line: int, *, now: datetime) -> None:
    """The totals (line 0) or a line was read to her, or only that nothing is public."""
    standing.told(call, now=now)
    publication = session.get(Publication, publication_id)
    if publication is not None:
        heard(session, publication, line, now=now, call_id=call.id)


def ask(
    session: Session, call: Call, publication_id: int, line: int, *, county: County, now: datetime
) -> Petition | None:
    """She asks about a line, or about all of it (0): a case of the village's, which carries it. Once in a call."""
    publication = session.get(Publication, publication_id)
    if publication is None or call.petition_id is not None:
        return None
    row = publication.rows[line - 1] if 0 < line <= len(publication.rows) else None
    village = county.gazetteer.full_name(publication.village_id)
    quarter = quarter_in_words(publication.quarter)
    about = f"问账：{village}{quarter}，{line_in_words(row.line) if row else '总数'}。"
    petition = _file(session, call, about, village=publication.village_id, wanted=ASKED, county=county, now=now)
    triage.follow(session, petition, publication.village_id, by=SYSTEM, now=now)
    session.add(LineAsked(petition_id=petition.id, publication_id=publication.id, line_id=row.id if row else None))
    return petition


def chase(session: Session, call: Call, village: str, *, county: County, now: datetime) -> Petition | None:
    """She wants affairs made public: a case of the township's, which must see to it (村民委员会组织法 §31)."""
    if village not in county.gazetteer.villages or call.petition_id is not None:
        return None
    missing = quarter_in_words(public_by_now(now.astimezone(CHINA).date()))
    about = f"催公开：{county.gazetteer.full_name(village)}{missing}的账还没有公布。"
    petition = _file(session, call, about, village=village, wanted=CHASED, county=county, now=now)
    triage.follow(session, petition, county.gazetteer.villages[village].township, by=SYSTEM, now=now)
    session.add(LineAsked(petition_id=petition.id))
    return petition


def _file(
    session: Session, call: Call, about: str, *, village: str, wanted: str, county: County, now: datetime
) -> Petition:
    """On the class of its own from the first second, its words our own and not hers."""
    petition = open_case(session, "voice", call.key, call.caller, county=county, now=now, received_at=call.started_at)
    state(session, petition, CARRIED, about, said_at=now, now=now)
    kinds = county.taxonomy.categories.values()
    petition.category = next((kind.id for kind in kinds if kind.deadline_class == ASKED), None)
    petition.village_id, call.petition_id = village, petition.id
    if wanted in county.taxonomy.deadline_classes:
        clock.set_class(session, petition, wanted, by=SYSTEM, county=county, now=now)
    return petition


def _of_something_else(words: str, county: County) -> bool:
    """我是六坪村的，路灯坏了: a village's name in it does not make it a question about accounts."""
    way = route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy)
    kinds = {county.taxonomy.categories[kind].deadline_class for kind in (way.category, way.category_2) if kind}
    return says_what(way) and ASKED not in kinds


def _home(session: Session, call: Call, county: County) -> str | None:
    phone = session.get(Phone, call.caller_hash)
    home = phone.village_id if phone else None
    return home if home in county.gazetteer.villages else None
