"""The pictures of a case: deciphered for one request, shut into a sandbox, and whoever looks is written down."""

from io import BytesIO

from flask import Blueprint, Response, send_file

from gateway.desk import at_hand
from gateway.web.gate import actor
from models.casework import pictures
from models.keyring import decipher
from models.visible import by_number

looking = Blueprint("looking", __name__)
SHUT_IN = "default-src 'none'; sandbox"


@looking.get("/cases/<number>/pictures/<int(max=2147483647):picture_id>")
def picture(number: str, picture_id: int) -> Response:
    """A stranger's bytes: they are nothing but a picture to the browser, whatever else they may contain."""
    desk = at_hand()
    with desk.sessions.writing() as session:
        petition = by_number(session, actor(), number)
        seen = pictures.looked_at(session, petition, picture_id, by=actor(), now=desk.now())
        kind, name, key = seen.kind, seen.name or "", seen.key.plain
    body = BytesIO(decipher(key, desk.storage.get(name)))
    answer = send_file(body, mimetype=f"image/{kind}", download_name=f"{number}-{picture_id}.{kind}")
    answer.headers["Content-Security-Policy"] = SHUT_IN
    return answer
