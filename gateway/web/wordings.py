"""短信模板: every text that leaves, with its number, its budget and who changed it; one page to word it otherwise."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway import wording
from gateway.desk import at_hand
from gateway.web.forms import kept, stands_on, typed
from gateway.web.gate import actor
from gateway.web.words import moment
from gateway.wording import TEMPLATES, Template, Variable
from models.casework import rewording
from models.message import Purpose
from models.people import Officer
from models.permissions import Action
from models.visible import require_at_all
from models.worded import in_force, versions

wordings = Blueprint("wordings", __name__, url_prefix="/wordings")
FORM, FIELD = "wording", "body"


@dataclass(frozen=True)
class Worded:
    """One template as it is worded now. `longest`: every gap at its longest; `room`: how many signs that may be."""

    purpose: str
    number: str
    template: Template
    body: str
    longest: str
    parts: int
    room: int

    @property
    def gaps(self) -> dict[str, Variable]:
        return self.template.gaps


@dataclass(frozen=True)
class Version:
    at: str
    who: str
    body: str


@wordings.get("")
def listed() -> ResponseReturnValue:
    require_at_all(actor(), Action.REWORD)
    with at_hand().sessions.reading() as session:
        own = in_force(session)
    return render_template("wordings.html", rows=[_worded(purpose, own) for purpose in TEMPLATES])


@wordings.get("/<purpose>")
def edit(purpose: str) -> ResponseReturnValue:
    return _page(_known(purpose))


@wordings.post("/<purpose>/preview")
@stands_on(edit)
def preview(purpose: str) -> ResponseReturnValue:
    """The text as it would be at its longest, before anybody gets it."""
    known = _known(purpose)
    body = wording.check(known, typed(FIELD), hotline=at_hand().county.hotline)
    return _page(known, shown=body)


@wordings.post("/<purpose>")
@stands_on(edit)
def save(purpose: str) -> ResponseReturnValue:
    known, desk = _known(purpose), at_hand()
    body = wording.check(known, typed(FIELD), hotline=desk.county.hotline)
    with desk.sessions.writing() as session:
        changed = rewording.reword(session, known, body, ours=TEMPLATES[known].body, by=actor(), now=desk.now())
    flash("改好了，从现在起按新的发。新模板号请报电话公司备案。" if changed else "和原来一样，没有改。")
    return redirect(url_for("wordings.edit", purpose=purpose), 303)


def _known(purpose: str) -> Purpose:
    require_at_all(actor(), Action.REWORD)
    if purpose not in {*Purpose}:
        abort(404)
    return Purpose(purpose)


def _page(purpose: Purpose, *, shown: str = "") -> ResponseReturnValue:
    hotline, now = at_hand().county.hotline, at_hand().now()
    with at_hand().sessions.reading() as session:
        row = _worded(purpose, in_force(session))
        past = [
            Version(moment(one.at, now=now), _who(session, one.officer_id), one.text)
            for one in versions(session, purpose)
        ]
    example = wording.longest(purpose, shown, hotline=hotline) if shown else ""
    written = shown or kept(FORM, FIELD, row.body)
    return render_template("wording.html", row=row, past=past, written=written, example=example, hotline=hotline)


def _who(session: Session, officer_id: int | None) -> str:
    return session.scalar(select(Officer.name).where(Officer.id == officer_id)) or "系统"


def _worded(purpose: Purpose, own: dict[str, tuple[str, int]]) -> Worded:
    template = TEMPLATES[purpose]
    body, version = own.get(purpose, (template.body, 0))
    longest = wording.longest(purpose, body, hotline=at_hand().county.hotline)
    number = f"{template.number}-{version}" if version else template.number
    return Worded(purpose, number, template, body, longest, wording.segments(longest), wording.room(template.parts))
