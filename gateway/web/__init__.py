"""The officers' pages: plain Chinese, made on the server, usable by keyboard, on a telephone, without JavaScript."""

from flask import Flask
from flask_bootstrap import Bootstrap5

from gateway.desk import Desk
from gateway.web import forms, gate, protection
from gateway.web.call_backs import call_backs
from gateway.web.case import case
from gateway.web.cases import cases
from gateway.web.counter import counter
from gateway.web.hearing import hearing
from gateway.web.ledger import ledger
from gateway.web.looking import looking
from gateway.web.reach import reach
from gateway.web.signing_in import signing_in
from gateway.web.supervising import supervising
from gateway.web.turns import turns
from gateway.web.voices import let_more_in, voices
from gateway.web.wordings import wordings

SUBJECTS = (
    signing_in,
    cases,
    case,
    turns,
    hearing,
    looking,
    counter,
    call_backs,
    ledger,
    supervising,
    reach,
    voices,
    wordings,
)


def install(app: Flask, desk: Desk) -> None:
    """Set up everything pages need on the application."""
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True  # a county's network may have no way out
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Bootstrap5(app)
    app.before_request(let_more_in)
    app.before_request(gate.only_with_a_sign_in)  # before all else: who is not signed in learns nothing
    protection.install(app, desk, sign_in=signing_in)
    forms.install(app)
    for subject in SUBJECTS:
        app.register_blueprint(subject)
