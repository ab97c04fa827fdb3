"""The recogniser: what hears words in a sound. A port, and Vosk behind it, offline."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import vosk

from worker.speech.activity import Stretch, voiced
from worker.speech.audio import Samples, Sound
from worker.speech.model_card import NotAModel, read_card

UNKNOWN = "[unk]"
"""What Vosk writes for speech it heard but has no word for."""

_CHUNK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard: when it starts and ends in the sound, seconds, and how sure the recogniser is, 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True)
class Heard:
    """What a model heard in a sound, word by word; `demonstration` says its words must not be taken for real, `voice`
    whether anybody spoke at all, understood or not.
    """

    words: tuple[Word, ...]
    model: str
    demonstration: bool
    voice: bool = True

    @property
    def text(self) -> str:
        """The raw words with spaces between, as the recogniser gave them, `[unk]` included."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean over the words, `[unk]` counting 0, and 0.0 where no word was heard.

        Of the demonstration model below 0.8 means "please say it again": it refuses 0 % of clean speech, 89 % of speech
        on subjects it does not know. Single words tell less: foreign ones reach 0.9.
        """
        if not self.words:
            return 0.0
        return sum(word.confidence for word in self.words if word.text != UNKNOWN) / len(self.words)


class Recogniser(Protocol):
    """Hears words in a sound."""

    def transcribe(self, sound: Sound) -> Heard:
        """The words of the whole sound, in order, their times counted from its first sample."""
        ...


class VoskRecogniser:
    """A Vosk model loaded once, for any number of sounds one after another, and in every process forked afterwards."""

    def __init__(self, model_dir: Path) -> None:
        """Load the model of a folder; raises NotAModel."""
        self.info = read_card(model_dir)
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(str(model_dir))
        except Exception as error:  # vosk raises nothing narrower
            raise NotAModel(f"Vosk cannot load {model_dir}") from error

    def transcribe(self, sound: Sound) -> Heard:
        """The words of the whole sound; it is brought to the model's rate, because models refuse any other.

        Only where somebody speaks is it decoded; the words keep their times in the whole sound.
        """
        heard = sound.at(self.info.rate)
        stretches = voiced(heard)
        words = tuple(self._words(heard, stretches))
        return Heard(words, self.info.name, self.info.demonstration, voice=bool(stretches))

    def _words(self, sound: Sound, stretches: Iterable[Stretch]) -> Iterator[Word]:
        listener = vosk.KaldiRecognizer(self._model, self.info.rate)
        listener.SetWords(True)  # noqa: FBT003  vosk takes no keywords
        given = 0  # samples: the listener counts its times by what it was given
        for stretch in stretches:
            later = (stretch.start - given) / sound.rate
            for told in _told(listener, sound.samples[stretch.start : stretch.end], sound.rate):
                yield Word(told["word"], told["start"] + later, told["end"] + later, told["conf"])
            given += stretch.end - stretch.start


def _told(listener: vosk.KaldiRecognizer, samples: Samples, rate: int) -> Iterator[dict[str, Any]]:
    # A result is asked for at every pause the recogniser finds, so that no long call is decoded as one utterance.
    step = round(rate * _CHUNK_SECONDS)
    for at in range(0, samples.size, step):
        if listener.AcceptWaveform(samples[at : at + step].tobytes()):
            yield from json.loads(listener.Result()).get("result", ())
    yield from json.loads(listener.FinalResult()).get("result", ())
