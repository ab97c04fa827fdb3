"""The officers' pages: plain Chinese, made on the server, usable by keyboard, on a telephone, without JavaScript."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Flask
from flask_bootstrap import Bootstrap5

from gateway.desk import Desk
from gateway.web import forms, gate, packing, protection
from gateway.web.administering import administering
from gateway.web.announcing import announcing
from gateway.web.board import board
from gateway.web.by_file import by_file
from gateway.web.call_backs import call_backs
from gateway.web.case import case
from gateway.web.cases import cases
from gateway.web.closures import closures
from gateway.web.colleagues import colleagues
from gateway.web.counter import counter
from gateway.web.duties import duties
from gateway.web.guiding import guiding
from gateway.web.handings import handings
from gateway.web.hearing import hearing
from gateway.web.holders import EXTENSION, Holders
from gateway.web.leads import leads
from gateway.web.ledger import ledger
from gateway.web.looking import looking
from gateway.web.mine import mine
from gateway.web.notice_board import AT_THE_BOARD, notice_board
from gateway.web.numbers import numbers
from gateway.web.openings import openings
from gateway.web.overtaken import both
from gateway.web.protection import AT_A_SIGN_IN, Tries
from gateway.web.publishing import let_more_in as let_a_sheet_in
from gateway.web.publishing import publishing
from gateway.web.reach import reach
from gateway.web.recusals import recusals
from gateway.web.reviewing import reviewing
from gateway.web.revision import Overtaken
from gateway.web.ruling import ruling
from gateway.web.sealed_door import only_holders, sealed_door
from gateway.web.second_step import only_with_a_second_step, second_step
from gateway.web.showing import showing
from gateway.web.signing_in import signing_in
from gateway.web.supervising import supervising
from gateway.web.taking import taking
from gateway.web.turns import turns
from gateway.web.upwards import upwards
from gateway.web.visits import let_a_picture_in, visits
from gateway.web.voices import let_more_in, voices
from gateway.web.wordings import wordings

SHARED = (cases, case, turns, hearing, looking, call_backs, supervising, reach, guiding)
SUBJECTS = (
    signing_in,
    notice_board,
    *SHARED,
    mine,
    visits,
    reviewing,
    taking,
    showing,
    board,
    numbers,
    counter,
    ledger,
    voices,
    announcing,
    wordings,
    publishing,
    administering,
    closures,
    duties,
    ruling,
    second_step,
    by_file,
)
SEALED_SUBJECTS = (sealed_door, *SHARED, colleagues, handings, leads, openings, recusals, upwards)


def install(app: Flask, desk: Desk) -> None:
    """Set up everything the officers' pages need on the application."""
    app.before_request(let_more_in)
    app.before_request(let_a_picture_in)
    app.before_request(let_a_sheet_in)
    app.before_request(gate.only_with_a_sign_in)  # before all else: who is not signed in learns nothing
    app.before_request(only_with_a_second_step)
    _install(app, desk, SUBJECTS, {signing_in: AT_A_SIGN_IN, notice_board: AT_THE_BOARD}, cookie="xiangyin")


def install_sealed(app: Flask, desk: Desk) -> None:
    """The same for the inspectors' desk: its own way in, in whose memory alone their keys are open."""
    app.extensions[EXTENSION] = Holders(desk)
    app.before_request(only_holders)
    _install(app, desk, SEALED_SUBJECTS, {sealed_door: AT_A_SIGN_IN}, cookie="xiangyin-sealed")


def _install(
    app: Flask, desk: Desk, subjects: Sequence[Blueprint], guessed: Mapping[Blueprint, Sequence[Tries]], *, cookie: str
) -> None:
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True  # a county's network may have no way out
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Bootstrap5(app)
    protection.install(app, desk, guessed=guessed, cookie=cookie)
    forms.install(app)
    packing.install(app)
    app.register_error_handler(Overtaken, both)
    app.jinja_env.globals["blueprints"] = app.blueprints
    for subject in subjects:
        app.register_blueprint(subject)
