"""The sound beside the words: deciphered for one request, kept by no browser, and whoever listens is written down."""

from io import BytesIO

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.web.gate import actor
from gateway.web.shapes import outline
from models import history
from models.casework import opening, transcript
from models.history import Event
from models.keyring import decipher
from models.lifecycle import NoSuchPetition, NotAllowed
from models.permissions import Action
from models.petition import Petition
from models.visible import by_number, require

hearing = Blueprint("hearing", __name__)


@hearing.get("/cases/<number>/sound/<int:statement_id>")
def sound(number: str, statement_id: int) -> ResponseReturnValue:
    """The listening copy, in whole or by ranges: a player asks for a part when somebody drags its knob."""
    name, key = _taken_out(number, statement_id)
    body = BytesIO(decipher(key, at_hand().storage.get(name)))
    return send_file(body, mimetype="audio/wav", conditional=True)


@hearing.get("/cases/<number>/sound/<int:statement_id>/shape")
def shape(number: str, statement_id: int) -> ResponseReturnValue:
    """How loud it is when, as a picture to point at. Nobody hears anything by it, so nobody is written down."""
    with at_hand().sessions.reading() as session:
        name, key = _copy(_open_to_her(session, number), statement_id)
    return Response(outline(decipher(key, at_hand().storage.get(name))), mimetype="image/svg+xml")


def _taken_out(number: str, statement_id: int) -> tuple[str, bytes]:
    """Under what name the sound lies, and its key. Who starts to listen is written down, and also who asks for a later
    part without having started.
    """
    with at_hand().sessions.writing() as session:
        petition = _open_to_her(session, number)
        if _from_the_beginning() or not _has_listened(session, petition):
            transcript.listened(session, petition, by=actor(), now=at_hand().now())
        return _copy(petition, statement_id)


def _open_to_her(session: Session, number: str) -> Petition:
    """The case this number names, if she may hear it now."""
    petition = by_number(session, actor(), number)
    require(actor(), Action.LISTEN, petition)
    if not opening.may_hear(session, petition, now=at_hand().now()):
        raise NotAllowed("原声封着，要两位纪检人员一起开封才能听。")
    return petition


def _from_the_beginning() -> bool:
    return request.range is None or any(start == 0 for start, _ in request.range.ranges)


def _has_listened(session: Session, petition: Petition) -> bool:
    heard = (line.officer_id for line in history.lines(session, petition.id) if line.event == Event.LISTENED)
    return actor().officer_id in heard


def _copy(petition: Petition, statement_id: int) -> tuple[str, bytes]:
    for statement in petition.statements:
        if statement.id == statement_id and statement.sound is not None:
            return statement.sound, statement.key.plain
    raise NoSuchPetition("没有这段录音。")
