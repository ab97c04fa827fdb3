"""怎么用: one page for each role, to be printed and pinned beside the desk."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.gate import actor
from models.permissions import LABELS

guiding = Blueprint("guiding", __name__)


@guiding.get("/guide")
def guide() -> ResponseReturnValue:
    role = actor().role
    return render_template("guide.html", role=str(role), name=LABELS[role], hotline=at_hand().county.hotline)
