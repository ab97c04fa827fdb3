"""念给她核对: what a clerk has made of words the machine was unsure of is read to her by a call, once for each case.
She says that it is so, or says it again; the dates of the case stay as they are.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from models.call import Call
from models.casework import calling, intake
from models.county import County
from models.history import Event, record
from models.lifecycle import UNANSWERED
from models.outgoing import CallOut, Reason
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.tasks import Why
from models.visible import about

LONGEST = 150  # characters; nobody remembers more of it to the end
SO, NOT_SO, NOTHING, NOBODY = "so", "not_so", "nothing", "nobody"


def ask(session: Session, petition: Petition, *, county: County, now: datetime) -> None:
    """Have what was just confirmed read to her, where the machine was less sure of it than the county's paper asks."""
    unsure = any((one.confidence or 0) < county.calls.read_back_below for one in _hers(petition) if one.model)
    if unsure and wanted(petition):
        calling.ask_to_agree(session, petition, now=now)


def wanted(petition: Petition) -> bool:
    """Never what is or may be a report, nor what is answered, or whose words nobody has confirmed."""
    return not petition.held and not petition.report and petition.status in UNANSWERED and bool(words(petition))


def words(petition: Petition) -> str:
    """What is read to her: all she has said by telephone, as it was confirmed."""
    whole = "。".join(one.words.strip().rstrip("。") for one in _hers(petition))
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}，后面的不念了"


def so(session: Session, call: Call, *, now: datetime) -> None:
    """She has heard it and says that it is so."""
    petition = _heard(session, call, now=now)
    if petition is not None:
        for one in _hers(petition):
            one.agreed = True
        record(session, petition.id, Event.READ_BACK, by=SYSTEM, now=now, said=SO)


def not_so(session: Session, call: Call, *, now: datetime) -> None:
    """She says that it is not: a clerk listens once more. Of a case that was answered meanwhile she is called."""
    petition = _heard(session, call, now=now)
    hers = _hers(petition) if petition is not None else []
    if petition is None or not hers:
        return
    for one in hers:
        one.agreed, one.confirmed_at, one.edits, one.length = False, None, None, None
    record(session, petition.id, Event.READ_BACK, by=SYSTEM, now=now, said=NOT_SO)
    if petition.status not in UNANSWERED:
        intake.call_back(session, call, Why.NEW_PART, now=now)


def anew(session: Session, call: Call, *, now: datetime) -> None:
    """And has said it again: her voice is with the case, to be heard and put into words like any other."""
    not_so(session, call, now=now)
    intake.keep_words(session, call)


def over(session: Session, order: CallOut, *, there: bool, now: datetime) -> None:
    """The call is over, and she has said neither; that is noted, and she is not called for it again."""
    petition = about(session, order.petition_id)
    if petition is not None and order.heard_at is None:
        record(session, petition.id, Event.READ_BACK, by=SYSTEM, now=now, said=NOTHING if there else NOBODY)


def _heard(session: Session, call: Call, *, now: datetime) -> Petition | None:
    """The case whose words were read to her in this call."""
    order = calling.in_hand(session, call.out_id) if call.out_id is not None else None
    if order is None or order.reason != Reason.AGREE:
        return None
    order.heard_at = order.heard_at or now
    return about(session, order.petition_id)


def _hers(petition: Petition) -> list[Statement]:
    """What she has said by telephone and a person has confirmed."""
    return [one for one in petition.statements if one.call_id is not None and one.confirmed_at is not None]
