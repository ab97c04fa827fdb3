"""The studio: every order read aloud, sent through a telephone, and written down as features and labels.

A child process reads some fifty orders and goes: libespeak-ng may crash on a voice, and then only those are lost.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from worker.speech.builder.espeak import PINYIN_VOICE, Espeak, NoSuchVariant, Said
from worker.speech.builder.features import cepstra
from worker.speech.builder.hearing import RATE
from worker.speech.builder.labels import SUBSAMPLING, Labels, NotAsWritten, frame_labels, spans
from worker.speech.builder.phones import OUTPUT_OF, SPN
from worker.speech.builder.recitals import Recital, sounds
from worker.speech.builder.telephone import Dice, Wave, another_throat, nobody_there, on_the_line

BATCH = 55
_LEFT_OF_A_MOMENT = 8


@dataclass(frozen=True)
class Lesson:
    """One recording as the network learns it: frames × 40 (half precision), and the output at every third frame."""

    features: npt.NDArray[np.float16]
    labels: Labels


def record(
    recitals: Sequence[Recital], *, voices: Path, seed: int, children: int, done: Callable[[int], object]
) -> list[Lesson]:
    """Lessons of all orders that could be read, in their order whatever child was quicker; `done` hears how many."""
    batches = [recitals[at : at + BATCH] for at in range(0, len(recitals), BATCH)]
    lessons: list[Lesson] = []
    folder = voices / "lessons"
    folder.mkdir(exist_ok=True)
    running: list[tuple[multiprocessing.process.BaseProcess, Path, int]] = []
    for number, batch in enumerate(batches):
        running.append(_begun(batch, voices, seed, folder / f"{number:05}.npz"))
        if len(running) == children:
            lessons += _finished(*running.pop(0), done)
    for child in running:
        lessons += _finished(*child, done)
    return lessons


def _begun(
    batch: Sequence[Recital], voices: Path, seed: int, path: Path
) -> tuple[multiprocessing.process.BaseProcess, Path, int]:
    child = multiprocessing.get_context("fork").Process(target=read_batch, args=(batch, voices, seed, path))
    child.start()
    return child, path, len(batch)


def _finished(
    child: multiprocessing.process.BaseProcess, path: Path, count: int, done: Callable[[int], object]
) -> list[Lesson]:
    child.join()
    done(count)
    if not path.is_file():
        return []
    with np.load(path) as stored:
        found = list(_lessons(stored["features"], stored["labels"], stored["frames"]))
    path.unlink()
    return found


def _lessons(features: npt.NDArray[np.float16], labels: Labels, frames: npt.NDArray[np.int64]) -> Iterator[Lesson]:
    at_frame = at_label = 0
    for count in frames:
        outputs = outputs_of(int(count))
        yield Lesson(features[at_frame : at_frame + count], labels[at_label : at_label + outputs])
        at_frame, at_label = at_frame + int(count), at_label + outputs


def outputs_of(frames: int) -> int:
    """How many outputs the network gives for so many frames: one at every third, the first included."""
    return (frames + SUBSAMPLING - 1) // SUBSAMPLING


def read_batch(batch: Sequence[Recital], voices: Path, seed: int, path: Path) -> None:
    """Read some orders in this process and write their lessons to `path`; what cannot be read is left out."""
    espeak = Espeak(voices)
    lessons: list[Lesson] = []
    crowd: list[Wave] = []
    for recital in batch:
        dice = np.random.default_rng((seed, recital.number))
        espeak.seed(int(dice.integers(1, 2**31)))
        lesson = _lesson(recital, espeak, dice, crowd)
        if lesson is not None:
            lessons.append(lesson)
    unfinished = path.with_suffix(".part.npz")
    np.savez(
        unfinished,
        features=np.concatenate([lesson.features for lesson in lessons]),
        labels=np.concatenate([lesson.labels for lesson in lessons]),
        frames=np.array([len(lesson.features) for lesson in lessons]),
    )
    unfinished.rename(path)


def _lesson(recital: Recital, espeak: Espeak, dice: Dice, crowd: list[Wave]) -> Lesson | None:
    if not recital.text:
        return _kept(nobody_there(dice.uniform(1, 6), dice), [(0, 0)], stretch=1, lead=0)
    try:
        said = espeak.say(recital.text, recital.manner, language=recital.language or PINYIN_VOICE)
        found = _spans(said, recital)
    except (NoSuchVariant, NotAsWritten):
        return None
    wave = another_throat(said.samples, said.rate, dice)
    stretch = wave.size / len(said.samples)
    lead, after = (round(seconds * RATE) for seconds in dice.uniform(0.05, 0.9, 2))
    line = on_the_line(np.pad(wave, (lead, after)), dice, crowd=_babble(crowd))
    crowd.append(wave)
    found.append((round(_end_of_speech(said)), 0))
    return _kept(line, found, stretch=stretch, lead=lead)


def _spans(said: Said, recital: Recital) -> list[tuple[int, int]]:
    if recital.language:
        return [(0, 0), *((mark.sample, OUTPUT_OF[SPN]) for mark in said.marks[:1])]
    return spans(said, sounds(recital), recital.positions)


def _end_of_speech(said: Said) -> int:
    pauses = [mark.sample for mark in said.marks if mark.name.startswith("_")]
    return pauses[-1] if pauses else len(said.samples)


def _babble(crowd: list[Wave]) -> Wave:
    """Three who spoke before, at once."""
    if len(crowd) < 3:
        return np.zeros(0, np.float32)
    length = min(wave.size for wave in crowd[-3:])
    return np.asarray(sum(wave[:length] for wave in crowd[-3:]), np.float32)


def _kept(line: Wave, found: Sequence[tuple[int, int]], *, stretch: float, lead: int) -> Lesson | None:
    features = cepstra(line)
    if len(features) < _LEFT_OF_A_MOMENT:
        return None
    labels = frame_labels(found, stretch=stretch, lead=lead, frames=outputs_of(len(features)))
    return Lesson(features.astype(np.float16), labels)
