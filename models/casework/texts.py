"""A text that came in: a rating of an answered case, a question about one, a villager speaking. Nothing is dropped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.casework import adding, asking, correspondence, ending, intake, pictures, rating, standing, warning
from models.casework.accounts_by_text import accounts_told
from models.casework.heard_text import Asked, Came, Heard
from models.clock import CHINA
from models.commands import Awaiting, Kind
from models.continuing import answers_where, stops_short
from models.correspondent import Ask, StoppedBy
from models.county import County
from models.db import add_once
from models.lifecycle import NEXT, UNANSWERED, Status
from models.message import InboundText, Purpose
from models.permissions import SYSTEM
from models.petition import Petition
from models.routing import route
from models.shadow import compact
from models.tasks import PersonTask, Why

CALL_BACK_WITHIN, A_DAY = timedelta(hours=4), timedelta(days=1)
LONGEST_CHOICE = 16  # letters of the villages she may choose between, so that the question stays one part
RECEIVED = "1"  # whoever was warned presses one key


def take(session: Session, came: Came, *, county: County, now: datetime) -> None:
    """Do what a text asks for, once for ever however often it is brought."""
    correspondence.of(session, session.info["keyring"].hash_number(came.sender), now=now)
    inbound = intake.text_came(session, came.provider, came.sid, came.sender, came.text, sent_at=came.sent_at, now=now)
    if inbound is None:
        return
    since = inbound.came_at - county.procedure.texts.answer_within
    leaving = asking.unanswered(session, inbound.sender_hash, Ask.WITHDRAW, since=since)
    before = Asked(rating.awaiting(session, inbound.sender_hash), leaving)
    if _answers_a_warning(session, inbound, before, now=now):
        return
    heard = Heard(session, inbound, came, before, county, now)
    _ANSWERS.get(heard.asked.kind, _speech)(heard)
    _keep_pictures(heard)


def _answers_a_warning(session: Session, inbound: InboundText, before: Asked, *, now: datetime) -> bool:
    """收到 from a telephone that was warned, or 1 where that answers nothing else; from any other a text like all."""
    number = warning.asks_to_answer(inbound.text)
    if number is None and before.awaiting is Awaiting.NOTHING and compact(inbound.text).strip("。.!") == RECEIVED:
        number = ""
    return number is not None and warning.answered_by_text(session, inbound.sender_hash, number, now=now)


def _rating(heard: Heard) -> None:
    """Of the newest answered case, or of the one she names; a case she cannot rate is answered like a question."""
    session, inbound, asked = heard.session, heard.inbound, heard.asked
    rated = rating.awaiting(session, inbound.sender_hash, asked.number)
    if rated is None:
        _status(heard)
    elif asked.rating is None:
        heard.say(Purpose.RATE_AGAIN, f"rate_again:{inbound.id}", rated, number=rated.number)
    else:
        rating.rate(session, rated, asked.rating, dedupe=str(inbound.id), now=heard.now)
        inbound.petition_id = rated.id
        if asked.spoken:
            adding.add(session, rated, inbound, county=heard.county, now=heard.now)


def _speech(heard: Heard) -> None:
    """A villager speaks: what she was asked, more of what she just said, or a matter of its own."""
    petition = _answer_to_where(heard) or adding.begun_just_before(heard.session, heard.inbound, county=heard.county)
    if petition is None:
        _new_case(heard)
    else:
        _join(heard, petition)


def _new_case(heard: Heard) -> None:
    session, now = heard.session, heard.now
    petition = intake.text_to_case(session, heard.inbound, heard.came.sender, county=heard.county, now=now)
    heard.acknowledge(petition)
    _ask_where(heard, petition)


def _ask_where(heard: Heard, petition: Petition) -> None:
    """Once for a case that nobody can place; of what may be a report nobody is asked, and a text that stopped short has
    more to come.
    """
    placed = petition.held or petition.report or petition.village_id is not None
    if placed or stops_short(heard.came.text) or asking.was_asked(heard.session, petition, Ask.VILLAGE):
        return
    asking.ask(heard.session, petition, Ask.VILLAGE, now=heard.now)
    heard.say(Purpose.WHERE, f"where:{petition.id}", petition, where=_choice(petition, heard.county))


def _choice(petition: Petition, county: County) -> str:
    """The two or three villages it may be, or any."""
    near = [county.gazetteer.villages[one].name for one in petition.route.get("village_candidates", [])]
    either = "还是".join(near)
    clear = len(set(near)) == len(near) > 1 and len(either) <= LONGEST_CHOICE
    return either if clear else "哪个镇（乡）哪个村"


def _answer_to_where(heard: Heard) -> Petition | None:
    since = heard.inbound.came_at - heard.county.procedure.texts.answer_within
    question = asking.unanswered(heard.session, heard.caller, Ask.VILLAGE, since=since)
    if question is None:
        return None
    county, words = heard.county, heard.came.text
    way = route(words, gazetteer=county.gazetteer, taxonomy=county.taxonomy)
    if not answers_where(words, way, county.gazetteer):
        return None
    return asking.answered(heard.session, question, now=heard.now)


def _join(heard: Heard, petition: Petition) -> None:
    """Her words are with her case; she is told once a day, however many parts her text came in."""
    if not adding.add(heard.session, petition, heard.inbound, county=heard.county, now=heard.now):
        return
    heard.say(Purpose.JOINED, f"joined:{petition.id}:{heard.now.astimezone(CHINA).date()}", petition)
    _ask_where(heard, petition)


def _supplement(heard: Heard) -> None:
    """补充: to the newest case that waits for an answer, or to the one she names; where there is none, a case."""
    petition = adding.newest_open(heard.session, heard.caller, heard.asked.number)
    if petition is None:
        _speech(heard)
    else:
        _join(heard, petition)


def _withdraw(heard: Heard) -> None:
    """撤回 is asked back before it is done: one word too quickly sent must not end a case."""
    petition = adding.newest_open(heard.session, heard.caller, heard.asked.number)
    if petition is None or petition.held or Status.WITHDRAWN not in NEXT[Status(petition.status)]:
        _status(heard)
        return
    heard.inbound.petition_id = petition.id
    asking.ask(heard.session, petition, Ask.WITHDRAW, now=heard.now)
    heard.say(Purpose.ASK_WITHDRAW, f"ask_withdraw:{heard.inbound.id}", petition, number=petition.number)


def _urge(heard: Heard) -> None:
    """催: counted for the case that waits, once a day, and she hears how it stands."""
    session, now = heard.session, heard.now
    petition = adding.newest_open(session, heard.caller, heard.asked.number)
    if petition is None or petition.held or petition.report or petition.status not in UNANSWERED:
        _status(heard)
        return
    heard.inbound.petition_id = petition.id
    if not ending.urged_since(session, petition, now - A_DAY):
        ending.urge(session, petition, county=heard.county, now=now)
    status = standing.sentence(session, heard.caller, petition.number, calendar=heard.county.calendar, now=now)
    heard.say(Purpose.STATUS, f"status:{heard.inbound.id}", status=f"已替您催办。{status}")


def _yes_or_no(heard: Heard) -> None:
    if heard.before.leaving is None:
        return
    petition = asking.answered(heard.session, heard.before.leaving, now=heard.now)
    heard.inbound.petition_id = petition.id
    if heard.asked.yes:
        ending.withdraw(heard.session, petition, by=SYSTEM, now=heard.now)
    purpose = Purpose.WITHDRAWN if heard.asked.yes else Purpose.GOES_ON
    heard.say(purpose, f"{purpose}:{heard.inbound.id}", petition, number=petition.number)


def _ledger(heard: Heard) -> None:
    """What a village's accounts come to; line by line they are read out by telephone."""
    inbound = heard.inbound
    told = accounts_told(heard.session, inbound, heard.came.sender, heard.asked, county=heard.county, now=heard.now)
    if told.case is not None:
        heard.acknowledge(told.case)
    for purpose, slots in told.texts.items():
        heard.say(purpose, f"{purpose}:{inbound.id}", None, **slots)


def _stop(heard: Heard) -> None:
    correspondence.stop(heard.session, heard.caller, by=StoppedBy.WORD, now=heard.now)
    heard.say(Purpose.STOPPED, f"stopped:{heard.inbound.id}")


def _resume(heard: Heard) -> None:
    correspondence.resume(heard.session, heard.caller, now=heard.now)
    heard.say(Purpose.RESUMED, f"resumed:{heard.inbound.id}")


def _status(heard: Heard) -> None:
    status = standing.sentence(
        heard.session, heard.caller, heard.asked.number, calendar=heard.county.calendar, now=heard.now
    )
    heard.say(Purpose.STATUS, f"status:{heard.inbound.id}", status=status)


def _help(heard: Heard) -> None:
    """Once a day to one phone: two machines must not keep each other talking."""
    heard.say(Purpose.HELP, f"help:{heard.inbound.sender_hash}:{heard.now.astimezone(CHINA).date()}")


def _person(heard: Heard) -> None:
    """She wants a person: somebody calls back about the case she has, or about one that begins with this."""
    now = heard.now
    petition = adding.newest_open(heard.session, heard.caller)
    if petition is None or petition.held:
        petition = intake.text_to_case(heard.session, heard.inbound, heard.came.sender, county=heard.county, now=now)
        heard.acknowledge(petition)
    heard.inbound.petition_id = petition.id
    task = PersonTask(dedupe=f"{Why.WANTS_PERSON}:text:{heard.inbound.id}", why=Why.WANTS_PERSON)
    task.petition_id, task.held, task.written_at, task.due_at = petition.id, petition.held, now, now + CALL_BACK_WITHIN
    add_once(heard.session, task)
    heard.say(Purpose.CALLING, f"calling:{heard.inbound.id}", petition)


def _keep_pictures(heard: Heard) -> None:
    """Pictures stay with the case their text has come to; with a mere command they go to her newest, or make one."""
    if not heard.came.media:
        return
    if heard.inbound.petition_id is None:
        petition = adding.newest_open(heard.session, heard.caller)
        if petition is None:
            _new_case(heard)
        else:
            heard.inbound.petition_id = petition.id
    pictures.came(heard.session, heard.inbound, heard.came.media, now=heard.now)


_ANSWERS: dict[Kind, Callable[[Heard], None]] = {
    Kind.RATING: _rating,
    Kind.STATUS: _status,
    Kind.HELP: _help,
    Kind.NOISE: _help,
    Kind.HUMAN: _person,
    Kind.LEDGER: _ledger,
    Kind.STOP: _stop,
    Kind.RESUME: _resume,
    Kind.WITHDRAW: _withdraw,
    Kind.URGE: _urge,
    Kind.SUPPLEMENT: _supplement,
    Kind.ANSWER: _yes_or_no,
}
