"""廉情: the inspectors' own figures, at their desk alone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.gate import actor
from models.leads import leads as gathered

leads = Blueprint("leads", __name__)


@leads.get("/leads")
def listed() -> ResponseReturnValue:
    taxonomy = at_hand().county.taxonomy
    with at_hand().sessions.reading() as session:
        rows = gathered(session, actor(), taxonomy)
    return render_template("leads.html", rows=rows, total=sum(row.count for row in rows))
