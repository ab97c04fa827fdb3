"""Who is let in to the telephones: this machine alone, and no other site's page in its browser."""

import ipaddress

from flask import request
from werkzeug.exceptions import Forbidden


def only_this_machine() -> None:
    """Raises Forbidden for everybody else."""
    if not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104 - an unknown peer is refused
        raise Forbidden
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden  # another site's page in this machine's browser
