"""What went wrong, said in the channel it came by, and logged with an id that the person can quote."""

import logging
import secrets
from contextlib import suppress
from traceback import extract_tb

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequestKeyError, HTTPException

from gateway.desk import Desk, at_hand
from gateway.providers.twilio import PROVIDER
from gateway.providers.twiml import document, parties
from ivr.script import Bye, Say, Step, Turn
from models.casework import intake
from models.keyring import Sealed
from models.lifecycle import NoSuchPetition, Refusal
from models.tasks import Why

log = logging.getLogger(__name__)
NO_PAGE = "没有这一页。"
SENTENCES = {403: "这里进不去。", 404: NO_PAGE, 405: NO_PAGE, 413: "内容太大了。", 429: "试得太快了，请过一会儿再试。"}


def guard_pages(app: Flask) -> None:
    """A refusal is a page with its sentence; anything unforeseen is a page with an id, never a stack trace."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Sealed, _not_there)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return _page(refusal.status, str(refusal))


def _not_there(_sealed: Sealed) -> ResponseReturnValue:
    """What somebody has no key for is not there for him."""
    return _refused(NoSuchPetition("没有这个编号的事项。"))


def _http(trouble: HTTPException) -> ResponseReturnValue:
    status = trouble.code or 500
    return _page(status, SENTENCES.get(status, "这一步没有做成，请退回去再试。"))


def _unforeseen(trouble: Exception) -> ResponseReturnValue:
    return _page(500, f"系统出了差错，内容没有丢。请把这个号码告诉技术员：{_logged(trouble)}")


def _page(status: int, sentence: str) -> ResponseReturnValue:
    return render_template("refused.html", sentence=sentence), status


def on_the_line(trouble: Exception) -> ResponseReturnValue:
    """On the telephone the trouble is a spoken sentence, and the call back it promises is promised here.

    Where even that cannot be written, or no call is named, the carrier's own list is the witness: the call is found
    there and taken up.
    """
    if isinstance(trouble, HTTPException):
        return trouble
    _logged(trouble)
    with suppress(SQLAlchemyError, BadRequestKeyError):
        _promise_call_back(at_hand())
    turn = Turn((Say("trouble"), Bye()), Step())
    return Response(document(turn, prompts=at_hand().prompts, base=""), mimetype="text/xml")


def in_a_text(trouble: Exception) -> ResponseReturnValue:
    """A text that could not be taken now is not refused: the carrier keeps it, and it is taken up from its list."""
    if isinstance(trouble, HTTPException):
        return trouble
    _logged(trouble)
    return Response(status=204)


def _promise_call_back(desk: Desk) -> None:
    form, on_it = request.form, parties(request.form)
    with desk.sessions.writing() as session:
        call = intake.answer(session, PROVIDER, form["CallSid"], on_it.hers, now=desk.now(), line=on_it.line)
        intake.call_back(session, call, Why.MISSED, now=desk.now())


def _logged(trouble: Exception) -> str:
    """Log the trouble under a fresh id: the route, the kind of trouble, the place in the code; never its message,
    which may hold a number or a word she said.
    """
    reference = secrets.token_hex(4)
    place = extract_tb(trouble.__traceback__)[-1]
    log.error("%s: %s in %s, %s:%s", reference, type(trouble).__name__, request.endpoint, place.filename, place.lineno)
    return reference
