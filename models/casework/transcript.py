"""转写: the words a machine heard, and the words a person confirmed beside them. The machine's are never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.casework import agreeing, intake, parts, sealing, triage
from models.county import County
from models.history import Event, record
from models.lifecycle import BadInput
from models.marks import Mark, packed
from models.mistakes import UNINTELLIGIBLE, characters, mistakes
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition, Statement
from models.visible import by_id, require

LONGEST = 20_000


@dataclass(frozen=True)
class Heard:
    """What the recogniser made of one statement. `words` is JSON: a list of [word, start s, end s, confidence]; `text`
    is the reading copy, `marks` where it departs from them; `voice` says whether anybody spoke at all, understood or
    not; `later` is the copy of only that which came after what was heard before.
    """

    words: str
    text: str
    confidence: float
    model: str
    demonstration: bool
    voice: bool = True
    marks: tuple[Mark, ...] = ()
    later: str = ""


def attach(session: Session, statement: Statement, heard: Heard, *, sound: str, county: County, now: datetime) -> None:
    """Put the machine's words and the listening copy with the statement, and see where they lead."""
    petition = by_id(session, SYSTEM, statement.petition_id)
    statement.heard, statement.text, statement.marks = heard.words, heard.text, packed(heard.marks)
    statement.confidence, statement.sound = heard.confidence, sound
    statement.model, statement.demonstration = heard.model, heard.demonstration
    held_before = petition.held  # what is held only now is asked to be sealed by that
    _compare(petition, statement)
    record(session, petition.id, Event.TRANSCRIBED, by=SYSTEM, now=now, model=heard.model)
    if heard.later and statement.confirmed_text:
        _add_to_the_confirmed(session, statement, heard.later, now=now)
    if heard.text:
        petition.voice_only = None
        if petition.sealed_at is None:  # of what was said before nobody here can read a word
            triage.propose(session, petition, county=county, now=now)
    elif statement.call_id is not None:
        call = intake.call_by_id(session, statement.call_id)
        parts.no_words(session, petition, call, why="no_words" if heard.voice else "no_voice", now=now)
    if held_before:
        sealing.ask(session, petition, now=now)


def confirm(
    session: Session, petition: Petition, texts: dict[int, str], *, by: Actor, county: County, now: datetime
) -> None:
    """A person has listened and says: these are her words. `texts` by statement id; the machine's stay beside. Where
    they lead is looked at once more, for a person hears names, and things nobody may leak, that a machine does not.
    """
    require(by, Action.CONFIRM, petition)
    meant = [statement for statement in petition.statements if statement.id in texts]
    if not meant:
        raise BadInput("text", "没有要核稿的文字。")
    for statement in meant:
        _confirm_one(statement, texts[statement.id], now=now)
        _compare(petition, statement)
    record(session, petition.id, Event.CONFIRMED, by=by, now=now, statements=[statement.id for statement in meant])
    triage.propose(session, petition, county=county, now=now)
    agreeing.ask(session, petition, county=county, now=now)


def listened(session: Session, petition: Petition, *, by: Actor, now: datetime) -> None:
    """Who listened is part of the history."""
    require(by, Action.LISTEN, petition)
    record(session, petition.id, Event.LISTENED, by=by, now=now)


def _add_to_the_confirmed(session: Session, statement: Statement, later: str, *, now: datetime) -> None:
    """What a machine heard in a part that came late stands after what a person confirmed, until she confirms it too."""
    statement.confirmed_text = f"{statement.confirmed_text}\n{later}"
    if statement.confirmed_at is not None:
        parts.review_again(session, statement, now=now)


def _confirm_one(statement: Statement, text: str, *, now: datetime) -> None:
    words = text.strip()
    if not words:
        raise BadInput("text", "请写下她说的话；听不清就写“听不清”。")
    if len(words) > LONGEST:
        raise BadInput("text", f"太长了，最多 {LONGEST} 字。")
    statement.confirmed_text, statement.confirmed_at, statement.agreed = words, now, None


def _compare(petition: Petition, statement: Statement) -> None:
    """What the person had to change in the machine's copy tells how well it hears; of a held case nothing is kept."""
    confirmed = characters(statement.confirmed_text)
    unsure = statement.model is None or statement.confirmed_at is None
    if petition.held or unsure or confirmed in {"", UNINTELLIGIBLE}:
        statement.edits = statement.length = None
    else:
        statement.edits, statement.length = mistakes(confirmed, statement.text)
