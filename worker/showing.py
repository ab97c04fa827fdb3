"""Cases and messages as plain facts: what the command line prints, as JSON or as a table of the first page."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clock import CHINA
from models.history import lines
from models.message import Message
from models.petition import Petition, Statement


def case_row(petition: Petition) -> dict[str, Any]:
    """One case in a list: where it lies and when it is due, without its words."""
    return {
        "number": petition.number,
        "channel": petition.channel,
        "status": petition.status,
        "received_at": petition.received_at.isoformat(),
        "village": petition.village_id,
        "village_name": petition.village.name if petition.village else None,
        "category": petition.category,
        "unit": petition.unit_id,
        "unit_name": petition.unit.name if petition.unit else None,
        "urgency": petition.urgency,
        "confirmed": petition.confirmed,
        "voice_only": petition.voice_only,
        "accept_due": petition.accept_due_at.isoformat(),
        "due": petition.finish_due_at.isoformat(),
        "due_local": petition.finish_due_at.astimezone(CHINA).strftime("%m月%d日 %H:%M"),
        "arithmetic": petition.arithmetic,
        "provisional": petition.provisional,
        "rating": petition.rating,
    }


def case_facts(session: Session, petition: Petition) -> dict[str, Any]:
    """One case whole: its words, the reasons of its route, its history."""
    return {
        **case_row(petition),
        "statements": [_statement(statement) for statement in petition.statements],
        "reasons": [reason[:2] for reason in petition.route.get("reasons", [])],
        "reply": petition.reply,
        "history": [
            {"at": line.at.isoformat(), "event": line.event, "by": line.officer_id, "detail": line.detail}
            for line in lines(session, petition.id)
        ],
    }


def message_rows(session: Session) -> list[dict[str, Any]]:
    """Every text out, without what it says or whom it went to."""
    messages = session.scalars(select(Message).order_by(Message.id))
    return [
        {
            "id": message.id,
            "purpose": message.purpose,
            "state": message.state,
            "code": message.code,
            "written_at": message.written_at.isoformat(),
        }
        for message in messages
    ]


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "channel": statement.channel,
        "text": statement.text,
        "confirmed_text": statement.confirmed_text,
        "confirmed": statement.confirmed_at is not None,
        "confidence": statement.confidence,
        "model": statement.model,
        "demonstration": statement.demonstration,
    }
