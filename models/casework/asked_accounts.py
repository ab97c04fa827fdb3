"""问账: the case that comes of a village's published affairs, by telephone or by text: a question about a line of them,
or that they be made public.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.affairs import line_in_words, public_by_now, quarter_in_words
from models.base import DataKey
from models.call import Call
from models.casework import clock, triage
from models.casework.filing import open_case, state
from models.clock import CHINA
from models.county import County
from models.message import InboundText
from models.permissions import SYSTEM
from models.petition import Petition
from models.publication import CARRIED, LineAsked, Publication

ASKED, CHASED = "ledger", "ledger_upper"
"""Classes of deadlines. A village answers within 10 days, whom it is taken to above within 20 (四川省村务公开条例
§§16-17); the county's paper has the figures.
"""


@dataclass(frozen=True)
class Asking:
    """Who asks, and how: under which key it lies, from which telephone, since when."""

    channel: str
    key: DataKey
    number: str
    since: datetime


def in_a_call(call: Call) -> Asking:
    return Asking("voice", call.key, call.caller, call.started_at)


def in_a_text(inbound: InboundText, sender: str) -> Asking:
    return Asking("sms", inbound.key, sender, inbound.came_at)


def about_a_line(
    session: Session, who: Asking, publication: Publication, line: int, *, county: County, now: datetime
) -> Petition:
    """She asks about a line, or about all of it (0): a case of the village's, which carries it."""
    row = publication.rows[line - 1] if 0 < line <= len(publication.rows) else None
    village, quarter = publication.village_id, quarter_in_words(publication.quarter)
    words = f"问账：{county.gazetteer.full_name(village)}{quarter}，{line_in_words(row.line) if row else '总数'}。"
    petition = _file(session, who, words, village=village, wanted=ASKED, county=county, now=now)
    triage.follow(session, petition, village, by=SYSTEM, now=now)
    session.add(LineAsked(petition_id=petition.id, publication_id=publication.id, line_id=row.id if row else None))
    return petition


def chase(session: Session, who: Asking, village: str, *, county: County, now: datetime) -> Petition:
    """She wants affairs made public: a case of the township's, which must see to it (村民委员会组织法 §31)."""
    missing = quarter_in_words(public_by_now(now.astimezone(CHINA).date()))
    words = f"催公开：{county.gazetteer.full_name(village)}{missing}的账还没有公布。"
    petition = _file(session, who, words, village=village, wanted=CHASED, county=county, now=now)
    triage.follow(session, petition, county.gazetteer.villages[village].township, by=SYSTEM, now=now)
    session.add(LineAsked(petition_id=petition.id))
    return petition


def _file(
    session: Session, who: Asking, words: str, *, village: str, wanted: str, county: County, now: datetime
) -> Petition:
    """On the class of its own from the first second, its words our own and not hers."""
    petition = open_case(session, who.channel, who.key, who.number, county=county, now=now, received_at=who.since)
    state(session, petition, CARRIED, words, said_at=now, now=now)
    kinds = county.taxonomy.categories.values()
    petition.category = next((kind.id for kind in kinds if kind.deadline_class == ASKED), None)
    petition.village_id = village
    if wanted in county.taxonomy.deadline_classes:
        clock.set_class(session, petition, wanted, by=SYSTEM, county=county, now=now)
    return petition
