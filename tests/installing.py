"""Somebody installs a model on a shelf where another is in use, and is told how it goes."""

import shutil
from datetime import UTC, datetime

import pytest

from worker.speech.downloading import Patience
from worker.speech.engine import VoskRecogniser
from worker.speech.install import Means, install
from worker.speech.model_card import DEMO_MODEL
from worker.speech.refusal import Refused
from worker.speech.shelf import Shelf
from worker.speech.trial import Tried

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD = "vosk-model-old-0.1"
WITHOUT_PAUSES = Patience(stall=10.0, tries=3, pauses=())
IMPATIENT = Patience(stall=1.0, tries=3, pauses=())


class Listener:
    """Hears what the technician is told; may do something of its own when it hears or sees a certain thing."""

    def __init__(self):
        self.said = []
        self.seen = []
        self.on_saying = lambda _sentence: None
        self.on_progress = lambda _what, _done: None

    def say(self, sentence):
        self.said.append(sentence)
        self.on_saying(sentence)

    def progress(self, what, done, total):
        self.seen.append((what, done, total))
        self.on_progress(what, done)

    def heard(self, words):
        return any(words in sentence for sentence in self.said)


def trusting(_folder):
    """A trial that every model passes."""
    return Tried(8000, 0.0, 0)


def furnished(folder):
    """A shelf on which a model is in use."""
    shelf = Shelf(folder / "data")
    shutil.copytree(DEMO_MODEL, shelf.folder / OLD)
    shelf.activate(OLD)
    return shelf


def bring(shelf, wanted, listener, patience=WITHOUT_PAUSES, expected="", **means):
    found = Means(listener, patience=patience, **{"try_out": trusting, **means})
    return install(str(wanted), shelf, found, now=NOW, expected=expected)


def refused(shelf, wanted, listener, words, **means):
    """The installation is refused in these words; the old model is in use and works, and nothing half lies about."""
    with pytest.raises(Refused, match=words):
        bring(shelf, wanted, listener, **means)
    still_as_before(shelf)


def still_as_before(shelf):
    assert (shelf.active(), shelf.names()) == (OLD, [OLD])
    assert VoskRecogniser(shelf.chosen()).info.rate == 8000
    assert not list(shelf.incoming.glob("*/"))


def kept(shelf):
    """Bytes of a download that wait for the next command."""
    return sum(path.stat().st_size for path in shelf.incoming.glob("*.part"))
