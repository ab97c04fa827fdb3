"""The worker's room in a test: a desk with a fake carrier, a recogniser that says its lines, promises kept by hand."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np
import soundfile

from gateway.desk import Desk
from gateway.settings import from_mapping
from gateway.storage import FileStorage
from models import outbox
from models.outbox import OutboxRow, Task
from tests.casebook import Casebook
from tests.databases import SECRET
from tests.fake_carrier import FakeCarrier, PowerCut
from worker.duties import keep
from worker.jobs import DUTIES
from worker.speech.audio import Sound
from worker.speech.engine import Heard, Word
from worker.workbench import Workbench

SETTINGS = {
    "XIANGYIN_MODE": "demo",
    "XIANGYIN_PUBLIC_URL": "https://hotline.example",
    "XIANGYIN_SECRET_KEY": SECRET * 2,
    "DATABASE_URL": "sqlite://",
    "REDIS_URL": "unix:///nowhere.sock",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "a token of the tests",
    "TWILIO_API_URL": "https://carrier.example",
    "TWILIO_NUMBER": "+8681655500000",
}


@dataclass
class Ear:
    """A recogniser that hears what is written for it, and keeps every sound it was given."""

    says: str = "我是六坪村的 养老保险 到哪里 去认证"
    given: list[Sound] = field(default_factory=list)

    def transcribe(self, sound: Sound) -> Heard:
        self.given.append(sound)
        said = self.says.split()
        words = tuple(Word(text, float(at), at + 0.9, 0.5) for at, text in enumerate(said))
        return Heard(words, "an ear", demonstration=True)


@dataclass
class Workshop:
    """Everything the worker has, and its promises kept by hand."""

    book: Casebook
    folder: Path
    carrier: FakeCarrier | None = None

    def __post_init__(self) -> None:
        self.carrier = self.carrier or FakeCarrier(self.book.watch)
        self.ear = Ear()
        self.storage = FileStorage(self.folder / "recordings")
        settings = from_mapping({**SETTINGS, "XIANGYIN_DATA": str(self.folder)})
        self.desk = Desk(settings, self.book.sessions, self.book.watch, self.carrier, self.storage)
        self.desk.papers.held = self.book.county  # parsed once for all tests
        self.bench = Workbench(self.desk, self.ear, "worker-1")

    def colleague(self) -> Workbench:
        """A second worker at the same desk."""
        return Workbench(self.desk, self.ear, "worker-2")

    def due(self) -> list[OutboxRow]:
        """Promises nobody has in hand, taken off the list as the relay takes them."""
        with self.book.sessions.writing() as session:
            return outbox.to_offer(session, now=self.book.watch())

    def work(self, bench: Workbench | None = None) -> int:
        """Keep whatever is due until nothing is; how many tries that took."""
        tries = 0
        while rows := self.due():
            for row in rows:
                keep(bench or self.bench, row.id, DUTIES)
            tries += len(rows)
        return tries

    def work_for(self, hours: float) -> None:
        """Keep promises as they fall due, for so long by the watch."""
        end = self.book.watch() + timedelta(hours=hours)
        while self.book.watch() < end:
            self.work()
            self.book.watch.now = min(end, self.next_look() or end)
        self.work()

    def next_look(self):
        later = [row.not_before for row in self.open_promises() if row.not_before > self.book.watch()]
        return min(later, default=None)

    def open_promises(self) -> list[OutboxRow]:
        return self.book.rows(OutboxRow, settled_at=None)

    def promises(self, task: Task) -> list[OutboxRow]:
        return self.book.rows(OutboxRow, task=task)

    def die_at(self, row: OutboxRow, bench: Workbench | None = None) -> None:
        """The worker takes a promise in hand and is gone before it has settled it."""
        try:
            keep(bench or self.bench, row.id, DUTIES)
        except PowerCut:
            return
        raise AssertionError("it did not die")


def hum(seconds: float, *, rate: int = 8000, loud: float = 0.25) -> bytes:
    """A WAV with so many seconds of a tone in it; silence where `loud` is 0."""
    time = np.arange(round(seconds * rate)) / rate
    wave = (loud * 32767 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    file = io.BytesIO()
    soundfile.write(file, wave, rate, format="WAV")
    return file.getvalue()
