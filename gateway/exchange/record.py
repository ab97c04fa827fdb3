"""The Record verb: what she says until she is silent, presses a finishing key, reaches the limit or hangs up.

The carrier's rule that surprises: an empty (silent) recording makes no request to `action`; the document goes on with
its next verb. One `timeout` serves before and after speech.
"""

from dataclasses import dataclass, field

import numpy as np

from gateway.exchange.line import FOREVER, HungUp, Interruption
from gateway.exchange.moves import RECORD
from gateway.exchange.nouns import Recording, new_sid
from gateway.exchange.sound import FRAME, RATE, Samples, beep, samples_in, trimmed, voiced_frames, wav_bytes
from gateway.exchange.stage import Stage
from gateway.exchange.times import rfc2822, stamp
from gateway.exchange.twiml import Verb
from gateway.exchange.verbs import hold

TIMEOUT = 5
MAX_LENGTH = 3600
FINISH_ON_KEY = "1234567890*#"
TOO_SHORT, SILENT = 16101, 16102
SHORTEST_SILENCE = RATE  # a second: below it the carrier calls the recording too short rather than silent


@dataclass
class Tape:
    """Listens to the line until the silence or the whole is long enough."""

    timeout: int
    room_left: int
    quiet: int = 0
    spoken: bool = False
    pieces: list[Samples] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return self.room_left <= 0 or self.quiet >= self.timeout

    def room(self, ahead: Samples | None) -> int:
        patience = self.timeout - self.quiet
        if ahead is not None:
            patience = self._patience(voiced_frames(ahead) * FRAME)
        return min(self.room_left, patience)

    def _patience(self, voiced: np.ndarray[tuple[int], np.dtype[np.intp]]) -> int:
        """How far from here the first pause reaches the timeout, given where the voice is heard."""
        starts = np.concatenate(([-self.quiet], voiced + FRAME))
        ends = np.concatenate((voiced, [FOREVER * 2]))
        return int(starts[np.flatnonzero(ends - starts >= self.timeout)[0]] + self.timeout)

    def hear(self, sound: Samples | None, count: int) -> None:
        heard = np.zeros(count, np.int16) if sound is None else sound
        voiced = voiced_frames(heard)
        self.pieces.append(heard)
        self.room_left -= count
        self.quiet = max(0, count - int(voiced[-1] + 1) * FRAME) if len(voiced) else self.quiet + count
        self.spoken = self.spoken or bool(len(voiced))

    def sound(self, *, trim: bool) -> Samples:
        whole = np.concatenate(self.pieces) if self.pieces else np.zeros(0, np.int16)
        return trimmed(whole) if trim else whole


def record(stage: Stage, verb: Verb) -> None:
    """Record, report, and go on with `action`, or, where nothing was said, with the next verb."""
    if verb.flag("playBeep", default=True):
        stage.line.note("beep")
        hold(stage, len(beep()))
    row = _opened(stage, verb)
    tape = Tape(samples_in(verb.count("timeout", TIMEOUT)) or FOREVER, samples_in(verb.count("maxLength", MAX_LENGTH)))
    key, interruption = _recorded(stage, verb, tape)
    if tape.spoken:
        _keep(stage, verb, row, tape.sound(trim=verb.word("trim", "trim-silence") == "trim-silence"))
        _act(stage, verb, row, key=key, interruption=interruption)
    else:
        _absent(stage, verb, row, tape)
    if interruption:
        raise interruption


def _opened(stage: Stage, verb: Verb) -> Recording:
    now = stamp(stage.line.now)
    row = Recording(new_sid("RE"), stage.call.sid, "in-progress", now, now, now)
    stage.office.ledger.save(row)
    stage.line.note("record", row.sid)
    _report(stage, verb, row)
    return row


def _recorded(stage: Stage, verb: Verb, tape: Tape) -> tuple[str, Interruption | None]:
    finish = verb.word("finishOnKey", FINISH_ON_KEY)
    try:
        while not tape.full:
            key = stage.line.pass_time(FOREVER, wanted=RECORD, ear=tape)
            if key and key in finish:
                return key, None
    except HungUp as gone:
        return "hangup", gone
    except Interruption as stopped:
        return "", stopped
    return "", None


def _keep(stage: Stage, verb: Verb, row: Recording, sound: Samples) -> None:
    row.duration = round(len(sound) / RATE)
    row.status = "processing"
    stage.office.ledger.sound_path(row.sid).write_bytes(wav_bytes(sound))
    stage.office.ledger.save(row)
    stage.recordings.append(row.sid)
    stage.line.note("recorded", f"{row.sid} {row.duration}")
    delay = samples_in(stage.office.media_delay)
    if delay == 0:
        _complete(stage, row)
    stage.line.later(delay, lambda: _completed(stage, verb, row))


def _complete(stage: Stage, row: Recording) -> None:
    row.status = "completed"
    row.date_updated = stamp(stage.line.now)
    stage.office.ledger.save(row)


def _completed(stage: Stage, verb: Verb, row: Recording) -> None:
    _complete(stage, row)
    _report(stage, verb, row)


def _absent(stage: Stage, verb: Verb, row: Recording, tape: Tape) -> None:
    row.status = "absent"
    row.error_code = TOO_SHORT if len(tape.sound(trim=False)) < SHORTEST_SILENCE else SILENT
    row.date_updated = stamp(stage.line.now)
    stage.office.ledger.save(row)
    stage.line.note("silence", row.sid)
    stage.line.later(0, lambda: _report(stage, verb, row))


def _act(stage: Stage, verb: Verb, row: Recording, *, key: str, interruption: Interruption | None) -> None:
    extra = {"RecordingUrl": recording_url(stage, row), "RecordingSid": row.sid, "RecordingDuration": str(row.duration)}
    if key:
        extra["Digits"] = key
    if isinstance(interruption, HungUp):
        stage.farewell = stage.errand(verb.word("action"), verb.method(), **extra)
    elif interruption is None:
        stage.go(verb.word("action"), verb.method(), **extra)


def recording_url(stage: Stage, row: Recording) -> str:
    return f"{stage.office.base_url}{stage.office.account_path}/Recordings/{row.sid}"


def _report(stage: Stage, verb: Verb, row: Recording) -> None:
    address = verb.word("recordingStatusCallback")
    if not address or row.status not in verb.word("recordingStatusCallbackEvent", "completed").split():
        return
    errand = stage.errand(address, verb.method("recordingStatusCallbackMethod"))
    errand.params.clear()
    errand.params.update(_facts(stage, row))
    stage.office.courier.notify(errand)


def _facts(stage: Stage, row: Recording) -> dict[str, str]:
    facts = {
        "AccountSid": stage.office.account_sid,
        "CallSid": row.call_sid,
        "RecordingSid": row.sid,
        "RecordingUrl": recording_url(stage, row),
        "RecordingStatus": row.status,
        "RecordingChannels": "1",
        "RecordingSource": "RecordVerb",
        "RecordingStartTime": rfc2822(row.start_time) or "",
    }
    if row.duration is not None:
        facts["RecordingDuration"] = str(row.duration)
    if row.error_code is not None:
        facts["ErrorCode"] = str(row.error_code)
    return facts
