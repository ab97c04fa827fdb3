"""What people say on a village telephone: wordings of our own, blanks filled by chance, put together into calls.

The wordings stand in `wordings/`, written for this and taken from nobody. A line is one wording, a blank stands in
braces, a stop is a breath; nothing is cut into words there, that is done when they are read (`segmenting`).
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WORDINGS = Path(__file__).with_name("wordings")

_BLANK = re.compile(r"\{([^{}]+)\}")
# What any word of the county may be said in.
_CARRIER_WORDINGS = """
我要问{词}的事 我要反映{词}的问题 那个{词}咋个办嘛 {词}没得人管 关于{词} 我们这儿{词} {词}的事情 {词}还没解决 说的是{词}
去找{单位} {单位}喊我来的 打电话给{单位} {单位}不管 到{单位}去问 我找过{干部} {干部}说的 我们{村}的{干部}
{乡}{村} {村}那边 到{村}去 {村}和{村} {词} {词}和{词}
"""
_CARRIERS = tuple(_CARRIER_WORDINGS.split())
_SHORT_CALL, _LONG_CALL = 1, 5


@dataclass(frozen=True)
class Wordings:
    """All wordings: how calls begin, what is added, how they end, the matters by subject, and what fills the blanks."""

    openings: tuple[str, ...]
    asides: tuple[str, ...]
    pleas: tuple[str, ...]
    matters: Mapping[str, tuple[str, ...]]
    blanks: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]

    def fill(self, wording: str, dice: random.Random) -> str:
        """The wording with every blank filled, blanks in the fillings too; a blank nobody can fill is left out."""
        while _BLANK.search(wording):
            wording = _BLANK.sub(lambda blank: dice.choice(self.blanks.get(blank[1]) or ("",)), wording)
        return wording

    @property
    def lines(self) -> tuple[str, ...]:
        """Every wording, blanks unfilled."""
        matters = tuple(line for lines in self.matters.values() for line in lines)
        return (*self.openings, *self.asides, *self.pleas, *matters, *_CARRIERS)


def read_wordings(blanks: Mapping[str, tuple[str, ...]], *, folder: Path = WORDINGS) -> Wordings:
    """The wordings of a folder, with a county's names for the blanks it fills."""
    matters: dict[str, list[str]] = {}
    for path in sorted(folder.glob("matters_*.txt")):
        _read_matters(path, matters)
    words = tuple(word for line in _lines(folder / "dialect.txt") for word in line.split())
    return Wordings(
        openings=tuple(_lines(folder / "openings.txt")),
        asides=tuple(_lines(folder / "asides.txt")),
        pleas=tuple(_lines(folder / "pleas.txt")),
        matters={subject: tuple(lines) for subject, lines in matters.items()},
        blanks={**_slots(folder / "slots.txt"), **blanks},
        words=words,
    )


def _lines(path: Path) -> Iterator[str]:
    told = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return (line for line in told if line and not line.startswith("#"))


def _read_matters(path: Path, matters: dict[str, list[str]]) -> None:
    subject = path.stem
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            subject = line.removeprefix("#").strip()
        elif line.strip():
            matters.setdefault(subject, []).append(line.strip())


def _slots(path: Path) -> dict[str, tuple[str, ...]]:
    named = (line.split() for line in _lines(path))
    return {name: tuple(fillings) for name, *fillings in named}


def calls(wordings: Wordings, count: int, *, seed: int) -> Iterator[str]:
    """So many calls in plain text, a 。 between what was put together: opening, matter and asides, plea.

    Every wording comes about equally often, however many its subject has; the same seed gives the same calls.
    """
    dice = random.Random(f"{seed} calls")  # noqa: S311  a seed, no secret
    subjects = sorted(wordings.matters)
    shares = [len(wordings.matters[subject]) for subject in subjects]
    for _ in range(count):
        lines = wordings.matters[dice.choices(subjects, shares)[0]]
        yield "。".join(wordings.fill(wording, dice) for wording in _one_call(wordings, lines, dice))


def _one_call(wordings: Wordings, lines: Sequence[str], dice: random.Random) -> Iterator[str]:
    yield from dice.sample(wordings.openings, k=dice.choice((0, 1, 1, 2)))
    for _ in range(dice.randint(_SHORT_CALL, _LONG_CALL)):
        yield dice.choice(lines)
        if dice.random() < 0.5:
            yield dice.choice(wordings.asides)
        if dice.random() < 0.25:
            yield dice.choice(_CARRIERS)
    yield from dice.sample(wordings.pleas, k=dice.choice((0, 1, 1, 2)))
