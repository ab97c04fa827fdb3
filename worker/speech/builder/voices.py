"""The voices that read the training sentences: espeak-ng's own variants, and random ones nobody has heard.

A model taught by few voices knows only those; random throats are what carries it over to voices it never met.
"""

import random
from collections.abc import Sequence
from pathlib import Path

KEPT_FOR_MEASURING = ("m5", "m7", "f3", "f5", "klatt4", "Annie", "Alex", "paul", "Michael", "Gene2")
"""Never trained on, in any build: every figure in a model card is measured on these."""

FREAK = "shelby"
"""Second formant × 1.4: kept out of training and out of the figures."""

_CRASHES = "rob"  # makes libespeak-ng 1.51 segfault; later ones are not worth the trial
_VOICELESS = ("whisper", "whisperf")
_NEVER = frozenset((*KEPT_FOR_MEASURING, FREAK, _CRASHES, *_VOICELESS))
_FORMANTS = 8
# The library reads 350 voices and languages at most, so that only the languages spoken in the lessons are left to it.
_FAMILIES = ("sit", "gmw", "roa", "zle", "zlw", "trk", "inc", "bnt")


def stock_voices(data: Path) -> list[str]:
    """The variants espeak-ng brings along, in `data` (its folder `espeak-ng-data`), without those never trained on."""
    return sorted(file.name for file in (data / "voices" / "!v").iterdir() if file.name not in _NEVER)


def prepare_data(folder: Path, *, data: Path, randomly: int, seed: int) -> list[str]:
    """A data folder of espeak-ng in `folder` with so many random voices beside its own; their names."""
    variants = folder / "espeak-ng-data" / "voices" / "!v"
    languages = folder / "espeak-ng-data" / "lang"
    variants.mkdir(parents=True)
    languages.mkdir()
    _link(data, folder / "espeak-ng-data", leaving=("voices", "lang"))
    for family in _FAMILIES:
        (languages / family).symlink_to(data / "lang" / family)
    _link(data / "voices", variants.parent, leaving=("!v",))
    _link(data / "voices" / "!v", variants)
    names = [f"x{number:03}" for number in range(randomly)]
    for name in names:
        (variants / name).write_text(random_voice(name, random.Random(f"{seed} {name}")), encoding="ascii")  # noqa: S311  no secret
    return names


def _link(origin: Path, target: Path, *, leaving: tuple[str, ...] = ()) -> None:
    for entry in origin.iterdir():
        if entry.name not in leaving:
            (target / entry.name).symlink_to(entry)


def random_voice(name: str, dice: random.Random) -> str:
    """A voice file of espeak-ng: a throat of some length, its resonances shifted each for itself, and its manner."""
    lowest = dice.randint(60, 190)
    lines = ["language variant", f"name {name}", f"pitch {lowest} {lowest + dice.randint(15, 70)}"]
    length = dice.uniform(0.85, 1.22)
    lines += [_formant(number, length, dice) for number in range(_FORMANTS + 1)]
    lines += [f"voicing {dice.randint(60, 130)}", f"consonants {dice.randint(60, 120)} {dice.randint(60, 110)}"]
    lines += [f"flutter {dice.randint(0, 6)}", f"roughness {dice.randint(0, 4)}"]
    return "\n".join([*lines, *_manner(dice)]) + "\n"


def _formant(number: int, length: float, dice: random.Random) -> str:
    spread: dict[int, Sequence[float]] = {0: (0.9, 1.1), 1: (0.82, 1.28), 2: (0.82, 1.28), 3: (0.8, 1.2)}
    low, high = spread.get(number, (0.7, 1.15))
    frequency = round(100 * length * dice.uniform(low, high))
    return f"formant {number} {frequency} {dice.randint(70, 125)} {dice.randint(70, 140)}"


def _manner(dice: random.Random) -> list[str]:
    manner = []
    if dice.random() < 0.2:
        manner.append(f"klatt {dice.randint(1, 5)}")
    if dice.random() < 0.3:
        manner.append(f"tone 600 {dice.randint(120, 255)} 1200 {dice.randint(40, 160)} 2000 {dice.randint(20, 120)}")
    if dice.random() < 0.15:
        manner.append(f"breath {' '.join(str(dice.randint(0, 25)) for _ in range(4))}")
    if dice.random() < 0.3:
        manner.append(f"intonation {dice.randint(1, 4)}")
    return manner
