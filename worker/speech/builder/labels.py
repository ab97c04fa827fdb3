"""Which sound is heard when: the reader tells where each begins, so nobody has to guess an alignment."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from worker.speech.builder.espeak import Said
from worker.speech.builder.phones import OUTPUT_OF, SIL

Labels = npt.NDArray[np.int8]

FRAME_STEP, FRAME_CENTRE, SUBSAMPLING = 80, 100, 3
_SHORTEST_PAUSE = 0.05


class NotAsWritten(Exception):
    """The reader said another number of syllables than were written."""


def spans(said: Said, syllables: Sequence[Sequence[str]], positions: Sequence[int]) -> list[tuple[int, int]]:
    """(first sample, output of the network) of every sound in turn; `positions` is where each syllable was written.

    The first sound of a syllable that has an initial is the initial, all others are its final; a pause of 50 ms is
    silence, a shorter one belongs to the sound before. Raises NotAsWritten.
    """
    if list(said.positions) != list(positions):
        raise NotAsWritten(f"{len(said.positions)} of {len(positions)} syllables")
    found = [(0, OUTPUT_OF[SIL])]
    word_before = -1
    ends = [mark.sample for mark in said.marks[1:]] + [len(said.samples)]
    for mark, end in zip(said.marks, ends, strict=True):
        if mark.name.startswith("_"):
            if end - mark.sample >= _SHORTEST_PAUSE * said.rate:
                found.append((mark.sample, OUTPUT_OF[SIL]))
        elif mark.word >= 0:
            sounds = syllables[mark.word]
            found.append((mark.sample, OUTPUT_OF[sounds[0 if mark.word != word_before else -1]]))
            word_before = mark.word
    return found


def frame_labels(found: Sequence[tuple[int, int]], *, stretch: float, lead: int, frames: int) -> Labels:
    """The output at each 30 ms frame of 8 kHz sound: samples of `found` times `stretch`, after `lead` samples more."""
    begins = [lead + at * stretch for at, _ in found]
    outputs = np.array([output for _, output in found], np.int8)
    centres = np.arange(frames) * SUBSAMPLING * FRAME_STEP + FRAME_CENTRE
    before = np.searchsorted(begins, centres, side="right") - 1
    return np.where(before < 0, OUTPUT_OF[SIL], outputs[np.maximum(before, 0)]).astype(np.int8)
