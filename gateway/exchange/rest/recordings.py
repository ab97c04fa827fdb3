"""Recordings: fetch, list, delete, and their sound as WAV or MP3."""

import io

from flask import Blueprint, Response, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from gateway.exchange.building import here
from gateway.exchange.nouns import Call, Recording
from gateway.exchange.office import API_VERSION
from gateway.exchange.rest.paging import listed, moments
from gateway.exchange.rest.refusals import Refused
from gateway.exchange.sound import mp3_bytes, read_sound
from gateway.exchange.times import rfc2822


def add_to(rest: Blueprint) -> None:
    rest.get("/Recordings.json", endpoint="list_recordings")(index)
    rest.get("/Recordings/<sid>.json", endpoint="fetch_recording")(fetch)
    rest.delete("/Recordings/<sid>.json", endpoint="delete_recording")(delete)
    rest.get("/Recordings/<sid>.wav", endpoint="recording_wav")(wav)
    rest.get("/Recordings/<sid>.mp3", endpoint="recording_mp3")(mp3)
    rest.get("/Recordings/<sid>", endpoint="recording_sound")(wav)
    rest.get("/Calls/<call_sid>/Recordings.json", endpoint="list_call_recordings")(index_of_call)
    rest.get("/Calls/<call_sid>/Recordings/<sid>.json", endpoint="fetch_call_recording")(fetch_of_call)


def shape_of_call(recording: Recording) -> dict[str, object]:
    """A recording as its call lists it."""
    office = here().office
    return {
        "sid": recording.sid,
        "account_sid": office.account_sid,
        "api_version": API_VERSION,
        "call_sid": recording.call_sid,
        "channels": 1,
        "conference_sid": None,
        "date_created": rfc2822(recording.date_created),
        "date_updated": rfc2822(recording.date_updated),
        "duration": None if recording.duration is None else str(recording.duration),
        "encryption_details": None,
        "error_code": recording.error_code,
        "price": None,
        "price_unit": "USD",
        "source": "RecordVerb",
        "start_time": rfc2822(recording.start_time),
        "status": recording.status,
        "track": "inbound",
        "uri": f"{office.account_path}/Calls/{recording.call_sid}/Recordings/{recording.sid}.json",
    }


def shape(recording: Recording) -> dict[str, object]:
    office = here().office
    uri = f"{office.account_path}/Recordings/{recording.sid}"
    shaped = shape_of_call(recording)
    del shaped["track"]
    return {
        **shaped,
        "media_url": office.base_url + uri,
        "subresource_uris": {
            "add_on_results": f"{uri}/AddOnResults.json",
            "transcriptions": f"{uri}/Transcriptions.json",
        },
        "uri": f"{uri}.json",
    }


def _found(sid: str) -> Recording:
    recording = here().office.ledger.get(Recording, sid)
    if recording is None or recording.status == "deleted":
        raise Refused(20404)
    return recording


def fetch(sid: str) -> ResponseReturnValue:
    return jsonify(shape(_found(sid)))


def fetch_of_call(call_sid: str, sid: str) -> ResponseReturnValue:
    recording = _found(sid)
    if recording.call_sid != call_sid:
        raise Refused(20404)
    return jsonify(shape_of_call(recording))


def index() -> ResponseReturnValue:
    where = {"status != ?": "deleted", **moments("date_created", "DateCreated")}
    if "CallSid" in request.args:
        where["call_sid = ?"] = request.args["CallSid"]
    return jsonify(listed("recordings", Recording, where, shape))


def index_of_call(call_sid: str) -> ResponseReturnValue:
    if here().office.ledger.get(Call, call_sid) is None:
        raise Refused(20404)
    where = {"status != ?": "deleted", "call_sid = ?": call_sid, **moments("date_created", "DateCreated")}
    return jsonify(listed("recordings", Recording, where, shape_of_call))


def delete(sid: str) -> ResponseReturnValue:
    """The sound is gone at once; of the row only its mark remains."""
    recording = _found(sid)
    here().office.ledger.sound_path(sid).unlink(missing_ok=True)
    recording.status = "deleted"
    here().office.ledger.save(recording)
    return "", 204


def _sound(sid: str) -> bytes:
    office, recording = here().office, _found(sid)
    if recording.status != "completed" or office.faults.is_missing(sid, office.wall.now()):
        raise Refused(20404)
    return office.ledger.sound_path(sid).read_bytes()


def wav(sid: str) -> Response:
    """As sound, whatever has become of it on the way."""
    office, call = here().office, here().office.ledger.get(Call, _found(sid).call_sid)
    who = f"{call.from_}>{call.to}" if call else sid
    return send_file(io.BytesIO(office.faults.spoiled(_sound(sid), who)), mimetype="audio/x-wav")


def mp3(sid: str) -> Response:
    return send_file(io.BytesIO(mp3_bytes(read_sound(_sound(sid)))), mimetype="audio/mpeg")
