"""One of her own recordings, opened for the ear that made it and kept by nobody on the way."""

from flask import Response, abort

from gateway.desk import at_hand
from models.casework import hearing
from models.keyring import decipher


def own_recording(part_id: int) -> Response:
    """404 where it is not there or nobody on the line may hear it any more."""
    desk = at_hand()
    with desk.sessions.reading() as session:
        found = hearing.playable(session, part_id)
    if found is None:
        abort(404)
    key, name = found
    body = decipher(key, desk.storage.get(name))
    return Response(body, mimetype="audio/x-wav", headers={"Cache-Control": "no-store"})
