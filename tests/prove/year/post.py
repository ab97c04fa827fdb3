"""The worker's round in the year: every promise kept by the verbs of the real duties; the carrier's receipts come late,
twice, in the wrong order, or say that nobody has this number.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.wording import text
from models.call import Outcome
from models.casework import dialled, parts, read_aloud, receipts, telling, transcript
from models.casework.dialled import Try
from models.clock import CHINA
from models.message import Delivery, Purpose
from models.outbox import OutboxRow, Task
from models.petition import Statement
from models.recording import Recording
from tests.prove.year.rhythm import YEAR
from tests.prove.year.town import Town, words_json

EVERY, BEGIN = timedelta(minutes=15), datetime(YEAR, 1, 1, tzinfo=CHINA)
FATES = {"soon": 78, "late": 6, "twice": 5, "disordered": 4, "failed": 5, "failed_late": 2}
OVERTAKEN = frozenset({"soon", "disordered"})  # whose receipts come before we have noted that they were taken
WARNINGS = frozenset({Purpose.WARNING, Purpose.SEALED_WARNING})
PICKED_UP = 0.6  # calls of ours that reach a person
LOST = 0.005  # recordings the carrier has no more
NO_WORDS = 0.02  # calls of which the machine makes nothing
MISHEARD = {"村": "存", "路": "录", "水": "睡", "钱": "前"}


class Post:
    """Keeps what was promised as soon as the bell has rung. `told` is called with the case of every answer of which the
    carrier has said something, `warned` with the number a warning went to.
    """

    def __init__(self, town: Town, *, told: Callable[[int], None], warned: Callable[[str], None]) -> None:
        self._town = town
        self._chance = town.chance("post")
        self._told, self._warned = told, warned
        self._coming: dict[datetime, list[tuple[_Sent, Delivery]]] = defaultdict(list)
        self._keepers = {
            Task.FETCH: self._fetch,
            Task.TRANSCRIBE: self._transcribe,
            Task.DELIVER: self._deliver,
            Task.CALL: self._ring,
            **dict.fromkeys((Task.SEAL, Task.KEYS, Task.DISCARD), _not_here),
        }

    def round(self) -> None:
        """Until nothing is open: what one promise leads to is kept in the same round."""
        while self._town.promised:
            self._town.promised = False
            self._keep()

    def _keep(self) -> None:
        """Everything that was promised, in one transaction: nothing is put back, for no try of ours fails."""
        on_the_way: list[Callable[[], None]] = []
        with self._town.sessions.writing() as session:
            due = OutboxRow.settled_at.is_(None), OutboxRow.not_before <= self._town.now()
            for row in list(session.scalars(select(OutboxRow).where(*due).order_by(OutboxRow.id))):
                on_the_way += self._keepers[Task(row.task)](session, row)
                row.settle(now=self._town.now())
        for bring in on_the_way:
            bring()

    def _fetch(self, session: Session, row: OutboxRow) -> list:
        recording = session.get_one(Recording, row.subject_id)
        now = self._town.now()
        if self._chance.random() < LOST:
            parts.lost(session, recording, why="gone", now=now)
        else:
            parts.stored(session, recording, name=f"sound-{recording.id}", digest="0" * 64, now=now)
        return []

    def _transcribe(self, session: Session, row: OutboxRow) -> list:
        statement = session.get_one(Statement, row.subject_id)
        heard = self._hearing(self._town.truth.words[statement.call_id or 0])
        transcript.attach(session, statement, heard, sound="copy", county=self._town.county, now=self._town.now())
        return []

    def _hearing(self, words: str) -> transcript.Heard:
        if self._chance.random() < NO_WORDS:
            return transcript.Heard("[]", "", 0.0, "ear", demonstration=False, voice=True)
        for right, wrong in MISHEARD.items():
            words = words.replace(right, wrong) if self._chance.random() < 0.1 else words
        return transcript.Heard(words_json(words), words, 0.8, "ear", demonstration=False)

    def _deliver(self, session: Session, row: OutboxRow) -> list:
        """As `worker.notify` does: claimed, worded, handed over, noted as sent unless the receipt was faster."""
        message = telling.in_hand(session, row.subject_id)
        if message is None or message.state != Delivery.WAITING:
            return []
        now = self._town.now()
        message.state, message.claimed_at = Delivery.CLAIMED, now
        message.text = text(Purpose(message.purpose), message.slots, hotline=self._town.county.hotline)
        (fate,) = self._chance.choices(list(FATES), list(FATES.values()))
        sid = f"SM-out-{message.id}"
        if fate not in OVERTAKEN:
            receipts.receipt(session, message.id, sid, Delivery.SENT, now=now)
        case = message.petition_id if message.purpose in telling.ANSWERS else None
        if message.purpose in WARNINGS:
            self._warned(message.to)
        return [partial(self._receipts, _Sent(message.id, sid, case), fate)]

    def _ring(self, session: Session, row: OutboxRow) -> list:
        """As `worker.ring` does; whoever picks up listens to the end and presses."""
        at = {"county": self._town.county, "now": self._town.now()}
        due = dialled.begin(session, row.subject_id, **at)
        if not isinstance(due, Try):
            return []
        sid, picked_up = f"CA-out-{due.order_id}-{due.turn}", self._chance.random() < PICKED_UP
        dialled.placed(session, due.order_id, due.turn, sid, now=at["now"])
        case = self._spoken_to(session, due, sid) if picked_up else None
        dialled.over(session, due.order_id, due.turn, "completed" if picked_up else "no-answer", **at)
        return [partial(self._told, case)] if case is not None else []

    def _spoken_to(self, session: Session, due: Try, sid: str) -> int | None:
        """The case whose answer she was read."""
        truth, now = self._town.truth, self._town.now()
        if not due.to_her:
            dialled.taken(session, due.order_id, now=now)
            return None
        call = dialled.answered(session, due.order_id, due.turn, sid, provider="twilio", now=now)
        truth.ended[sid], truth.outcomes[sid] = now, Outcome.ADDED if call.joined else Outcome.HUNG_UP
        if read_aloud.reading(session, call, county=self._town.county) is None:
            return None
        answered = read_aloud.told(session, call, now=now)
        if answered is None:
            return None
        truth.heard_it.add(answered.id)
        return answered.id

    def _receipts(self, sent: "_Sent", fate: str) -> None:
        quick, late = {"seconds": self._chance.uniform(2, 90)}, {"hours": self._chance.uniform(1, 40)}
        end = Delivery.FAILED if fate.startswith("failed") else Delivery.DELIVERED
        coming = {
            "soon": [(end, quick)],
            "late": [(end, late)],
            "twice": [(end, quick), (end, quick), (Delivery.SENT, late)],
            "disordered": [(end, quick), (Delivery.SENT, {"minutes": 3})],
            "failed": [(end, quick)],
            "failed_late": [(end, late), (Delivery.SENT, late)],
        }
        for state, how_long in coming[fate]:
            self._expect(sent, state, self._town.now() + timedelta(**how_long))

    def _expect(self, sent: "_Sent", state: Delivery, moment: datetime) -> None:
        """Receipts of one quarter of an hour are brought together, as a carrier does that was away for a while."""
        brought = moment + (BEGIN - moment) % EVERY
        if brought not in self._coming:
            self._town.later(brought, self._bring, brought)
        self._coming[brought].append((sent, state))

    def _bring(self, moment: datetime) -> None:
        brought = self._coming.pop(moment)
        with self._town.sessions.writing() as session:
            for sent, state in brought:
                code = "30003" if state == Delivery.FAILED else None
                self._town.truth.fates[sent.message].add(state)
                receipts.receipt(session, sent.message, sent.sid, state, now=self._town.now(), code=code)
        for sent, state in brought:
            if sent.answers is not None and state == Delivery.DELIVERED:
                self._told(sent.answers)


@dataclass(frozen=True)
class _Sent:
    """A text the carrier has taken: ours, its own id for it, and the case whose answer it is."""

    message: int
    sid: str
    answers: int | None


def _not_here(_session: Session, _row: OutboxRow) -> list:
    """Nothing is sealed in this town: at midnight every case is read, and `marker` proves the sealing."""
    return []
