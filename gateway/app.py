"""The two applications: the carrier's webhooks, and the officers' pages. Each runs in a process of its own."""

from flask import Flask

from gateway.announcing import announcing
from gateway.calls_out import calls_out
from gateway.desk import EXTENSION, Desk
from gateway.errors import guard_pages
from gateway.health import health, metrics
from gateway.prompting import prompting
from gateway.sms import sms
from gateway.voice import voice
from gateway.web import install, install_sealed

BIGGEST_FORM = 256 * 1024  # bytes; a text of 10 000 characters is a tenth of it


def webhooks(desk: Desk) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.extensions[EXTENSION] = desk
    app.config["MAX_CONTENT_LENGTH"] = BIGGEST_FORM
    app.register_blueprint(voice)
    app.register_blueprint(calls_out)
    app.register_blueprint(prompting)
    app.register_blueprint(announcing)
    app.register_blueprint(sms)
    app.register_blueprint(health)
    return app


def pages(desk: Desk) -> Flask:
    app = _with_pages(desk)
    install(app, desk)
    app.register_blueprint(health)
    app.register_blueprint(metrics)
    return app


def sealed_desk(desk: Desk) -> Flask:
    """The inspectors' pages: a door of its own, and keys that are open nowhere but in its memory."""
    app = _with_pages(desk)
    install_sealed(app, desk)
    app.register_blueprint(health)
    return app


def _with_pages(desk: Desk) -> Flask:
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    app.extensions[EXTENSION] = desk
    app.config["MAX_CONTENT_LENGTH"] = BIGGEST_FORM
    guard_pages(app)
    return app
