"""The carrier's door: only what the carrier signed comes in."""

from flask import abort, request

from gateway.desk import at_hand
from gateway.providers import twilio


def carrier_only() -> None:
    """Refuse with 403, before anything is read or written, what is not signed for exactly this URL and these fields.

    The URL is rebuilt from the configured public address and the raw query: Flask decodes percent-encoded Chinese, and
    a proxy changes scheme and host.
    """
    settings = at_hand().settings
    query = request.query_string.decode("latin-1")
    url = f"{settings.public_url}{request.path}" + (f"?{query}" if query else "")
    signature = request.headers.get("X-Twilio-Signature", "")
    if not twilio.genuine(settings.auth_token.get_secret_value(), url, request.form, signature):
        abort(403)
