"""短信 of one case as its page shows them: which text, when, what became of it, and what was tried instead."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.web.words import ARRIVED, moment, why_not_arrived
from gateway.wording import TEMPLATES, Reader
from models.alert import Notice
from models.message import Delivery, Message, Purpose
from models.people import Officer
from models.petition import Petition
from models.places import Unit
from models.reachable import OtherNumber

A_PAGE = 50


@dataclass(frozen=True)
class TextOut:
    """One try of one text. `fate`: whether it arrived, and why not; `words` of those to her, once they are written."""

    at: str
    what: str
    reader: str
    fate: str
    words: str


def texts_out(session: Session, petition: Petition, *, now: datetime) -> tuple[TextOut, ...]:
    """The last texts about a case, oldest first."""
    about = select(Message).where(Message.petition_id == petition.id).order_by(Message.id.desc()).limit(A_PAGE)
    return tuple(_text_out(message, petition, now=now) for message in reversed(list(session.scalars(about))))


def answers(session: Session, petition: Petition, *, now: datetime) -> tuple[str, ...]:
    """Who has answered 收到 and when, each once for each moment."""
    answered = select(Notice.answered_at, Officer.name, Unit.name).where(Notice.petition_id == petition.id)
    answered = answered.outerjoin(Officer, Officer.id == Notice.answered_by)
    answered = answered.outerjoin(Unit, Unit.id == Notice.unit_id).where(Notice.answered_at.is_not(None))
    rows = session.execute(answered.order_by(Notice.answered_at)).all()
    return tuple(dict.fromkeys(f"{moment(at, now=now)} {name or f'{unit}值班电话'}" for at, name, unit in rows if at))


def other_number(session: Session, petition: Petition) -> str:
    noted = session.get(OtherNumber, petition.id)
    return noted.number if noted else ""


def _text_out(message: Message, petition: Petition, *, now: datetime) -> TextOut:
    template = TEMPLATES[Purpose(message.purpose)]
    return TextOut(
        at=moment(message.claimed_at or message.written_at, now=now),
        what=template.when,
        reader=_reader(template.reader, message, petition),
        fate=_fate(message),
        words=(message.text or "") if template.reader is Reader.VILLAGER else "",
    )


def _reader(reader: Reader, message: Message, petition: Petition) -> str:
    if reader is Reader.VILLAGER and message.to != petition.caller:
        return "她的另一个电话"
    return reader.value


def _fate(message: Message) -> str:
    """What is known of it. Sent is not arrived, and no receipt is said as what it is."""
    known, tries = ARRIVED[Delivery(message.state)], f"，第 {message.attempt} 次" if message.attempt > 1 else ""
    if message.state == Delivery.FAILED:
        return f"{known}：{why_not_arrived(message.code or '')}{tries}"
    unheard = message.state == Delivery.SENT and message.climbed_at is not None
    return f"{known}{'，一直没有回执，当作没送到' if unheard else ''}{tries}"
