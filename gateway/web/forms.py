"""Forms: what was typed, and the same page again with a red field when something in it cannot be taken."""

import re
from collections.abc import Callable
from functools import wraps
from inspect import signature

from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from models.lifecycle import BadInput
from models.shadow import compact
from models.telephones import international

View = Callable[..., ResponseReturnValue]


def install(app: Flask) -> None:
    app.add_template_global(wrong)
    app.add_template_global(kept)


def stands_on(page: View) -> Callable[[View], View]:
    """Mark a form's view with the page its form stands on: when a field cannot be taken that page is shown again, the
    field red with the refusal's sentence, all that was typed still there.
    """

    def marked(view: View) -> View:
        @wraps(view)
        def take(**path: str) -> ResponseReturnValue:
            try:
                return view(**path)
            except BadInput as complaint:
                g.complaint = complaint
                return _again(page, path)

        return take

    return marked


def typed(field: str) -> str:
    """What stands in a field. A line ends in one sign, as the browser counts it; NUL is out, no database takes it."""
    return request.form.get(field, "").replace("\r\n", "\n").replace("\0", "")


def phone_number(written: str) -> str:
    """A Chinese number in international form; empty when none is given. Raises BadInput for what is none."""
    digits = re.sub(r"[-().]", "", compact(written))
    number = international(digits)
    if digits and number is None:
        raise BadInput("phone", "这不像电话号码。手机写 11 位，座机写上区号；没有就空着。")
    return number or ""


def wrong(form: str, field: str) -> str:
    """What is wrong with a field of this form, in a sentence; empty when nothing is."""
    complaint: BadInput | None = g.get("complaint")
    if complaint is None or complaint.field != field or typed("form") != form:
        return ""
    g.said = True
    return str(complaint)


def kept(form: str, field: str, otherwise: str = "") -> str:
    """What a field shows: what was typed, if this form is shown again; `otherwise` before."""
    return typed(field) if "complaint" in g and typed("form") == form else otherwise


def _again(page: View, path: dict[str, str]) -> ResponseReturnValue:
    """The page with its red field; the sentence alone where its form is no more on it, as on one opened long ago."""
    answer = make_response(page(**{name: path[name] for name in signature(page).parameters}))
    if "said" not in g:
        answer = make_response(render_template("refused.html", sentence=str(g.complaint)))
    answer.status_code = 422
    return answer
