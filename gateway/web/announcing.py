"""打电话录提示音: an officer's six digits for the telephone, the number to call, and who has changed which sentence."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from gateway.desk import at_hand
from gateway.hashing import hashed
from gateway.web.forms import stands_on, typed
from gateway.web.gate import actor
from gateway.web.words import moment
from ivr.prompts import ANNOUNCERS, LANGUAGES
from models.announcer import Change
from models.casework import announcing as verbs
from models.people import Officer
from models.permissions import Action
from models.telephones import national
from models.visible import require_at_all

announcing = Blueprint("announcing", __name__, url_prefix="/prompts/by-phone")
WHAT = {Change.BROUGHT: "传了录音文件", Change.SPOKEN: "打电话录了", Change.TAKEN_AWAY: "撤下了"}
LAST_SIGNS = 4  # of her own number, as far as a page shows it


@dataclass(frozen=True)
class Line:
    """One change of one sentence."""

    at: str
    who: str
    what: str
    language: str
    words: str


@dataclass(frozen=True)
class Own:
    """How it stands with her: the end of her telephone's number, since when she has digits, until when they are
    locked.
    """

    telephone: str
    since: str
    locked: str


@announcing.get("")
def by_phone() -> ResponseReturnValue:
    require_at_all(actor(), Action.ANNOUNCE)
    desk = at_hand()
    dialled = [national(number) for number, kept_for in desk.prompts.lines.items() if kept_for == ANNOUNCERS]
    with desk.sessions.reading() as session:
        own, lines = _own(session), _lines(session)
    hotline = national(desk.settings.number)
    return render_template("announcing.html", hotline=hotline, dialled=dialled, own=own, lines=lines)


@announcing.post("")
@stands_on(by_phone)
def choose() -> ResponseReturnValue:
    desk = at_hand()
    with desk.sessions.writing() as session:
        verbs.choose(session, typed("pin").strip(), hashed=hashed, by=actor(), now=desk.now())
    flash("密码记下了。用您登记的电话打过去，先按这六位。")
    return redirect(url_for("announcing.by_phone"), 303)


def _own(session: Session) -> Own:
    now = at_hand().now()
    officer, pin = session.get_one(Officer, actor().officer_id), verbs.of_officer(session, actor().officer_id)
    locked = pin.locked_until if pin is not None and pin.locked_until is not None and pin.locked_until > now else None
    return Own(
        telephone=(officer.number or "")[-LAST_SIGNS:],
        since=moment(pin.since, now=now) if pin else "",
        locked=moment(locked, now=now) if locked else "",
    )


def _lines(session: Session) -> list[Line]:
    now, words = at_hand().now(), at_hand().prompts.names()
    return [
        Line(
            at=moment(change.at, now=now),
            who=who,
            what=WHAT[Change(change.what)],
            language=LANGUAGES.get(change.language, change.language),
            words=words.get(change.name, change.name),
        )
        for change, who in verbs.changes(session)
    ]
