"""A text that came in: a rating of an answered case, a question about one, a villager speaking. Nothing is dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.casework import intake, rating, telling, warning
from models.clock import CHINA
from models.commands import Awaiting, Command, Kind, understand
from models.county import County
from models.db import add_once
from models.lifecycle import LABELS, Status
from models.message import InboundText, Purpose
from models.permissions import SYSTEM
from models.petition import Petition
from models.tasks import PersonTask, Why
from models.visible import visible

CALL_BACK_WITHIN = timedelta(hours=4)


@dataclass(frozen=True)
class Came:
    """A text as the carrier brings it: the carrier's name, its id for the text, who sent it, what it says."""

    provider: str
    sid: str
    sender: str
    text: str


@dataclass(frozen=True)
class _Heard:
    """One text being answered, and all that an answer may need."""

    session: Session
    inbound: InboundText
    sender: str
    asked: Command
    county: County
    now: datetime

    def say(self, purpose: Purpose, dedupe: str, **slots: str) -> None:
        key = self.inbound.key
        telling.write(self.session, purpose, self.sender, key=key, dedupe=dedupe, now=self.now, slots=slots)


def take(session: Session, came: Came, *, county: County, now: datetime) -> None:
    """Do what a text asks for, once for ever however often it is brought."""
    inbound = intake.text_came(session, came.provider, came.sid, came.sender, came.text, now=now)
    if inbound is None or _answers_a_warning(session, inbound, came.text, now=now):
        return
    rated = rating.awaiting(session, inbound.sender_hash)
    asked = understand(came.text, awaiting=Awaiting.RATING if rated else Awaiting.NOTHING)
    answer = _ANSWERS.get(asked.kind, _speech)
    answer(_Heard(session, inbound, came.sender, asked, county, now))


def _answers_a_warning(session: Session, inbound: InboundText, text: str, *, now: datetime) -> bool:
    """收到 from a telephone that was warned; from any other it is a text like all."""
    number = warning.asks_to_answer(text)
    return number is not None and warning.answered_by_text(session, inbound.sender_hash, number, now=now)


def _rating(heard: _Heard) -> None:
    """Of the newest answered case, or of the one she names; a case she cannot rate is answered like a question."""
    session, inbound, asked = heard.session, heard.inbound, heard.asked
    rated = rating.awaiting(session, inbound.sender_hash, asked.number)
    if rated is None or asked.rating is None:
        _status(heard)
        return
    rating.rate(session, rated, asked.rating, dedupe=str(inbound.id), now=heard.now)
    inbound.petition_id = rated.id


def _speech(heard: _Heard) -> None:
    intake.text_to_case(heard.session, heard.inbound, heard.sender, county=heard.county, now=heard.now)


def _status(heard: _Heard) -> None:
    petition = _asked_about(heard.session, heard.inbound.sender_hash, heard.asked.number)
    sentence = _how_it_stands(petition) if petition else "没有查到。请核对编号，或者直接发短信说事。"
    heard.say(Purpose.STATUS, f"status:{heard.inbound.id}", status=sentence)


def _help(heard: _Heard) -> None:
    """Once a day to one phone: two machines must not keep each other talking."""
    heard.say(Purpose.HELP, f"help:{heard.inbound.sender_hash}:{heard.now.astimezone(CHINA).date()}")


def _person(heard: _Heard) -> None:
    """She wants a person: a case all the same, and somebody calls back."""
    now = heard.now
    petition = intake.text_to_case(heard.session, heard.inbound, heard.sender, county=heard.county, now=now)
    task = PersonTask(dedupe=f"{Why.WANTS_PERSON}:text:{heard.inbound.id}", why=Why.WANTS_PERSON)
    task.petition_id, task.held, task.written_at, task.due_at = petition.id, petition.held, now, now + CALL_BACK_WITHIN
    add_once(heard.session, task)


_ANSWERS: dict[Kind, Callable[[_Heard], None]] = {
    Kind.RATING: _rating,
    Kind.STATUS: _status,
    Kind.HELP: _help,
    Kind.NOISE: _help,
    Kind.HUMAN: _person,
}


def _asked_about(session: Session, sender_hash: str, number: str | None) -> Petition | None:
    """Only a case of this very phone; what is held is not there for anybody who asks."""
    query = visible(SYSTEM).where(Petition.caller_hash == sender_hash, Petition.held.is_(False))
    if number:
        query = query.where(Petition.number == number)
    return session.scalar(query.order_by(Petition.id.desc()).limit(1))


def _how_it_stands(petition: Petition) -> str:
    due = petition.finish_due_at.astimezone(CHINA)
    late = "" if petition.status == Status.CLOSED else f"，应在{due.month}月{due.day}日前办结"
    return f"编号{petition.number}：{LABELS[Status(petition.status)]}{late}。"
