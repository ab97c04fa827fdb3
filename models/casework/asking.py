"""One question by text: where it happened, or whether she does take it back. Of what is held nobody is asked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.correspondent import Ask, Question
from models.lifecycle import UNANSWERED
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import by_id, visible


def ask(session: Session, petition: Petition, what: Ask, *, now: datetime) -> None:
    """Note that she is asked; asked again, the question stands anew."""
    question = session.scalar(select(Question).where(Question.petition_id == petition.id, Question.ask == what))
    if question is None:
        question = Question(petition_id=petition.id, ask=what)
        session.add(question)
    question.asked_at, question.answered_at = now, None
    session.flush()


def was_asked(session: Session, petition: Petition, what: Ask) -> bool:
    asked = select(Question.id).where(Question.petition_id == petition.id, Question.ask == what)
    return session.scalar(asked) is not None


def unanswered(session: Session, caller_hash: str, what: Ask, *, since: datetime) -> Question | None:
    """The newest question to this telephone that she has not answered and that still matters."""
    hers = visible(SYSTEM).where(
        Petition.caller_hash == caller_hash, Petition.held.is_(False), Petition.status.in_(UNANSWERED)
    )
    still = select(Question).where(
        Question.petition_id.in_(hers.with_only_columns(Petition.id)),
        Question.ask == what,
        Question.answered_at.is_(None),
        Question.asked_at >= since,
    )
    return session.scalar(still.order_by(Question.asked_at.desc(), Question.id.desc()).limit(1))


def answered(session: Session, question: Question, *, now: datetime) -> Petition:
    """The case the question was about; the question is settled."""
    question.answered_at = now
    return by_id(session, SYSTEM, question.petition_id)
