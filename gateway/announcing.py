"""录提示音的电话: the webhooks of an officer's call in which she records the line's sentences."""

import logging

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.errors import on_the_line
from gateway.hashing import matches
from gateway.playback import own_recording
from gateway.providers.twilio import PROVIDER
from gateway.providers.twiml import document, ended_by, step_of
from gateway.signed import carrier_only
from ivr import announcing as conversation
from ivr.announcing import Studio
from ivr.flow import Input, Pressed, Silent, Spoke, Waited
from ivr.script import At, Deed, Step, Turn
from models.call import Call
from models.casework import announcing as verbs
from models.casework import intake
from models.casework.intake import Part
from models.keyring import decipher

announcing = Blueprint("announcing", __name__, url_prefix="/twilio/announcing")
announcing.before_request(carrier_only)
announcing.register_error_handler(Exception, on_the_line)
log = logging.getLogger(__name__)


@announcing.post("")
def begin() -> Response:
    """She is asked for her digits before anything else."""
    return _spoken(conversation.begin())


@announcing.post("/key")
def key() -> Response:
    return _go_on(Pressed(request.form.get("Digits", "")))


@announcing.post("/part")
def part() -> Response:
    """She has said a sentence."""
    form = request.form
    seconds = int(form.get("RecordingDuration", "0"))
    said = Part(form["RecordingSid"], form["RecordingUrl"], seconds)
    return _go_on(Spoke(ended_by(form.get("Digits", "")), seconds), said)


@announcing.post("/quiet")
def quiet() -> Response:
    return _go_on(Silent())


@announcing.post("/waited")
def waited() -> Response:
    return _go_on(Waited())


@announcing.get("/sound/<int(max=2147483647):part_id>")
def sound(part_id: int) -> Response:
    """What she has just said, for her to hear."""
    return own_recording(part_id)


def _go_on(did: Input, said: Part | None = None) -> Response:
    """One turn. What she keeps is written down before the line plays it."""
    desk, step = at_hand(), step_of(request.args)
    kept = None
    with desk.sessions.writing() as session:
        call = _hers(session, step)
        if call is None:
            return _spoken(conversation.begin())
        if said is not None:
            intake.part_kept(session, call, said, now=desk.now())
        next_turn = conversation.turn(step, did, _studio(session, call, step, did))
        if next_turn.deed is Deed.ANNOUNCED:
            kept = _kept(session, call, step)
    if kept is not None:
        desk.voicebox.bring(step.language, _names()[step.line - 1], kept)
    return _spoken(next_turn)


def _hers(session: Session, step: Step) -> Call | None:
    """The call, if her digits were right in it, or she is about to type them. None: she is asked again."""
    call = intake.find_call(session, PROVIDER, request.form["CallSid"])
    may = call is not None and (step.at is At.PIN or verbs.has_entered(session, call))
    return call if may else None


def _studio(session: Session, call: Call, step: Step, did: Input) -> Studio:
    if step.at is At.PIN:
        pin = did.key if isinstance(did, Pressed) else ""
        if not pin:
            return Studio()
        entrance = verbs.enter(session, call, pin, matches=matches, now=at_hand().now())
        return Studio(let_in=entrance.let_in, locked=entrance.locked)
    last = verbs.last_said(session, call)
    language = step.language or (conversation.language_of(did.key) if isinstance(did, Pressed) else "")
    names = at_hand().prompts.names()
    return Studio(
        words=names[_names()[step.line - 1]] if step.line else "",
        following=_following(language, after=step.line),
        sound=last.id if last else None,
    )


def _following(language: str, *, after: int) -> tuple[int, str] | None:
    """The next sentence that is not recorded in a language, and nothing of it brought either."""
    box, names = at_hand().voicebox, at_hand().prompts.names()
    for place, (name, words) in enumerate(names.items(), start=1):
        if place > after and language:
            clip = box.clip(language, name)
            if not (clip.recorded or clip.waiting):
                return place, words
    return None


def _kept(session: Session, call: Call, step: Step) -> bytes | None:
    """Her recording, and the line that says who made it."""
    desk = at_hand()
    last = verbs.publish(session, call, step.language, _names()[step.line - 1], now=desk.now())
    return decipher(last.key.plain, desk.storage.get(last.name)) if last is not None and last.name else None


def _names() -> list[str]:
    return list(at_hand().prompts.names())


def _spoken(turn: Turn) -> Response:
    base = f"{at_hand().settings.public_url}{announcing.url_prefix}"
    return Response(document(turn, prompts=at_hand().prompts, base=base), mimetype="text/xml")
