"""What hearing a call costs: our worker beside a bare loop around the recogniser and the transcriber of Vosk.

The same recordings, one model, taking turns: audio-seconds per processor-second. The worker's is that of its whole
family, from the promise in the database to words that can be read: relayed, fetched, verified, decoded, heard, a
listening copy made, enciphered, routed and committed.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from tests.bench.ears import Bare, Ears, VoskTranscriber
from tests.bench.frame import Figures
from tests.bench.recordings import Recording, tales, talks
from tests.bench.station import at_work
from worker.parts import model_dir

ROUNDS, CALLS, ALONE = 7, 8, 8
HANDS = (1, 2, 4)
CALLS_A_HAND = 3  # so that all of them hear at the same time
HARDLY_LESS = 0.98  # of a bare loop's calls: what is asked of us with an official model, which takes longer to hear


@dataclass(frozen=True)
class Round:
    """Processor seconds that each took for the same calls."""

    bare: float
    transcriber: float
    worker: float


@dataclass(frozen=True)
class Hearers:
    """Who is compared."""

    bare: Ears
    transcriber: Ears
    worker: Ears

    def take_turns(self, calls: Sequence[Recording]) -> Round:
        return Round(*(ears.hear(calls) for ears in (self.bare, self.transcriber, self.worker)))


def measure(*, rounds: int = ROUNDS, calls: int = CALLS, alone: int = ALONE, hands: Sequence[int] = HANDS) -> Figures:
    """Raises RuntimeError where a call gave no words, for then nothing was measured."""
    talk, tale = talks(calls * (rounds + 1)), tales(max(1, calls // 2) * rounds)
    with tempfile.TemporaryDirectory(prefix="xy-ears-") as folder, at_work([*talk, *tale]) as station:
        transcriber = VoskTranscriber(model_dir(), Path(folder))
        hearers = Hearers(Bare(model_dir()), transcriber, station)
        first, *others = _rounds(talk, rounds + 1)
        hearers.take_turns(first)  # so that everything was done once
        without = [hearers.take_turns(some) for some in others]
        pausing = [hearers.take_turns(some) for some in _rounds(tale, rounds)]
        waits = [station.seconds_to_words(one) for one in first[:alone]]
    return {
        **_compared(without, ""),
        **_compared(pausing, "_with_pauses"),
        **_overhead(without, first),
        **_patience(waits, first),
        **_memory(hands),
        "vosk_transcriber_had_ffmpeg": transcriber.has_ffmpeg,
        "rounds": rounds,
    }


def _rounds(calls: list[Recording], count: int) -> list[list[Recording]]:
    size = len(calls) // count
    return [calls[at : at + size] for at in range(0, len(calls), size)]


def _compared(rounds: Sequence[Round], kind: str) -> Figures:
    """How many times the others' calls the worker hears in the same processor time: of medians, and how far the rounds
    lay apart.
    """
    bare, transcriber, worker = (median(times) for times in zip(*map(astuple, rounds), strict=True))
    each = [one.bare / one.worker for one in rounds]
    return {
        f"worker_vs_bare{kind}": bare / worker,
        f"worker_vs_bare{kind}_least": min(each),
        f"worker_vs_bare{kind}_most": max(each),
        f"worker_vs_vosk_transcriber{kind}": transcriber / worker,
    }


def _overhead(rounds: Sequence[Round], calls: Sequence[Recording]) -> Figures:
    """What a call costs beyond the bare loop, and how slow a model must be for that to be hardly less than nothing.

    With r processor seconds a second of sound, a call of L seconds and an overhead o, ours ÷ bare is rL / (rL + o).
    """
    sound = sum(call.seconds for call in calls)
    over = median(one.worker - one.bare for one in rounds) / len(calls)
    return {
        "overhead_cpu_ms_per_call": over * 1000,
        "bare_rtf": median(one.bare for one in rounds) / sound,
        "rtf_from_which_098_of_bare": HARDLY_LESS / (1 - HARDLY_LESS) * over * len(calls) / sound,
        "seconds_per_call": sound / len(calls),
    }


def _patience(waits: Sequence[float], calls: Sequence[Recording]) -> Figures:
    length = calls[0].seconds
    return {
        "hang_up_to_words_s": median(waits),
        "hang_up_to_words_most_s": max(waits),
        "hang_up_to_words_aim_s": 0.15 * length + 1,
    }


def _memory(hands: Sequence[int]) -> Figures:
    """What each number of workers held while all of them heard, and what one more of them added."""
    held = {count: _held(count) for count in hands}
    fewest, most = min(held), max(held)
    more = max(1, most - fewest)
    return {
        "pss_mb_per_extra_worker": (median(held[most]) - median(held[fewest])) / more,
        "pss_mb_per_extra_worker_most": (max(held[most]) - max(held[fewest])) / more,
        **{f"pss_mb_of_{count}_workers": median(seen) for count, seen in held.items()},
    }


def _held(hands: int) -> list[float]:
    calls = talks(CALLS_A_HAND * hands)
    with at_work(calls, hands=hands) as station:
        return station.memory_while_hearing(calls)
