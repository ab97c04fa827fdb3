"""RULE Whose turn it is once a moment passed: the county's ladder of blue, yellow and red rungs (三色督办).

The rungs, who hears of each, how often they hear again and when the night is quiet are the county's own paper, part
`ladder` of its taxonomy. Modelled on the three-coloured cards of 颍州区 (press, 2022): blue for what nobody has taken
up, yellow for what runs out of time, red for what is late or was answered badly twice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from models.deadlines import SHANGHAI, Clock, Due, due_by, prewarn
from models.lifecycle import UNACCEPTED, UNANSWERED, UNSHARED, Status
from models.workdays import Calendar

LONGEST_ID, LONGEST_NAME = 16, 10  # characters: a column of the table, and a text that is paid as one part
COLUMNS = frozenset({"rung", "name", "colour", "clock", "at", "only", "hear", "src"})
_MARK = re.compile(r"(?P<percent>\d{1,2})%|(?P<due>due)|\+(?P<after>\w+)|reopened(:(?P<times>\d))?")
_ID = re.compile(rf"[a-z_]{{1,{LONGEST_ID}}}")


class Colour(StrEnum):
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"


class Which(StrEnum):
    """Which of a case's dates a rung belongs to."""

    TRIAGE = "triage"  # until when somebody must have said whose it is; most cases never have one
    ACCEPT = "accept"
    FINISH = "finish"


class Hearer(StrEnum):
    HANDLER = "handler"  # whoever has the case; while nobody has it, the county's office
    HEAD = "head"  # who answers for that unit
    TOWNSHIP = "township"  # the unit above
    COUNTY = "county"  # the supervisors
    DISCIPLINE = "discipline"


@dataclass(frozen=True)
class Mark:
    """Where on its clock a rung hangs: at so many percent of the time (100 is the date itself), so long after the date,
    or at the moment at which a case is opened again for the n-th time.
    """

    percent: int = 100
    after: Clock | None = None
    reopened: int = 0

    @classmethod
    def parse(cls, paper: str) -> "Mark":
        """Read `80%`, `due`, `+3wd`, `reopened` or `reopened:2`. Raises ValueError for anything else."""
        written = _MARK.fullmatch(str(paper))
        if written is None or written["percent"] == "0":
            raise ValueError(f"ladder: no such moment: {paper!r}; use 80%, due, +3wd, reopened or reopened:2")
        if written["after"]:
            return cls(after=Clock.parse(written["after"]))
        if str(paper).startswith("reopened"):
            return cls(reopened=int(written["times"] or 1))
        return cls(percent=int(written["percent"] or 100))


@dataclass(frozen=True)
class Rung:
    """One rung. `rank` is its place in the county's list, which goes from the weakest to the strongest; `unassigned`:
    only while no unit has the case.
    """

    id: str
    name: str
    rank: int
    colour: Colour
    clock: Which
    mark: Mark
    hear: tuple[Hearer, ...]
    unassigned: bool

    @classmethod
    def parse(cls, rank: int, row: Mapping[str, Any]) -> "Rung":
        """Raises ValueError with a sentence that names the rung and the word in it that nobody knows."""
        name, said = str(row.get("rung")), str(row.get("name", ""))
        if row.keys() - COLUMNS or not _ID.fullmatch(name) or not row.get("hear"):
            raise ValueError(
                f"ladder, rung {name}: needs an id of small letters and somebody to hear, and knows "
                f"only {', '.join(sorted(COLUMNS))}"
            )
        if not 0 < len(said) <= LONGEST_NAME:
            raise ValueError(f"ladder, rung {name}: needs a name of at most {LONGEST_NAME} characters")
        return cls(
            id=name,
            name=said,
            rank=rank,
            colour=_word(Colour, row.get("colour"), f"rung {name}, colour"),
            clock=_word(Which, row.get("clock"), f"rung {name}, clock"),
            mark=Mark.parse(row.get("at", "")),
            hear=tuple(_word(Hearer, one, f"rung {name}, hear") for one in row["hear"]),
            unassigned=_only(row.get("only"), name),
        )


@dataclass(frozen=True)
class Quiet:
    """The hours in which no telephone rings, but for the classes of case that are danger to life."""

    begins: time
    ends: time
    loud: frozenset[str]

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Quiet":
        """Raises ValueError."""
        try:
            begins, ends = (time.fromisoformat(str(paper[edge])) for edge in ("from", "to"))
        except (KeyError, ValueError) as trouble:
            raise ValueError('ladder, quiet: needs from: "21:00" and to: "08:00"') from trouble
        return cls(begins, ends, frozenset(paper.get("except", ())))

    def over(self, at: datetime, deadline_class: str = "") -> datetime:
        """The first moment from `at` on (aware) at which a text about a case of this class may ring."""
        there = at.astimezone(SHANGHAI)
        if deadline_class in self.loud or not self._at_night(there.time()):
            return at
        wakes = datetime.combine(there.date(), self.ends, SHANGHAI)
        return (wakes if wakes > there else wakes + timedelta(days=1)).astimezone(at.tzinfo)

    def _at_night(self, clock: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


WAITING = {Which.TRIAGE: UNSHARED, Which.ACCEPT: UNACCEPTED, Which.FINISH: UNANSWERED}
Climbed = frozenset[tuple[str, int]]  # rung and round


@dataclass(frozen=True)
class Turn:
    """When one rung of one case is due, and what of its row decides whether it concerns the case as it stands."""

    at: datetime
    clock: Which
    unassigned: bool = False

    def concerns(self, status: Status, *, assigned: bool) -> bool:
        """An accepted case is no longer late in being accepted; an answered one is not late at all."""
        return status in WAITING[self.clock] and not (self.unassigned and assigned)


@dataclass(frozen=True)
class Turns:
    """When each rung of one case is due, and for the how-manieth time its ladder is climbed.

    `of`: how often it was reopened and whether it was held when this was reckoned; where that has changed since, it
    must be reckoned anew. A date put off begins the rungs of that date again, so that its lateness is heard of, too.
    `put_off`: by how much, each time, for the day a calendar is published and all is reckoned again.
    """

    rungs: Mapping[str, Turn]
    rounds: Mapping[Which, int] = field(default_factory=dict)
    of: tuple[int, bool] = (0, False)
    put_off: tuple[str, ...] = ()

    @classmethod
    def unpacked(cls, kept: Mapping[str, Any] | None) -> "Turns":
        """As it was before `packed`; reckoned for nothing where nothing was kept."""
        if not kept:
            return cls({}, of=(-1, False))
        rungs = {
            rung: Turn(datetime.fromisoformat(at), Which(clock), unassigned=unassigned)
            for rung, (at, clock, unassigned) in kept["rungs"].items()
        }
        rounds = {Which(which): number for which, number in kept["rounds"].items()}
        return cls(rungs, rounds, (kept["of"][0], kept["of"][1]), tuple(kept["put_off"]))

    def packed(self) -> dict[str, Any]:
        """As a case's row keeps it: JSON."""
        rungs = {rung: [turn.at.isoformat(), turn.clock, turn.unassigned] for rung, turn in self.rungs.items()}
        return {"rungs": rungs, "rounds": dict(self.rounds), "of": list(self.of), "put_off": list(self.put_off)}

    def round(self, rung: str) -> int:
        return self.rounds.get(self.rungs[rung].clock, 0)

    def left(self, status: Status, climbed: Climbed, *, assigned: bool) -> list[str]:
        """The rungs that may still be climbed as the case stands."""
        return [
            rung
            for rung, turn in self.rungs.items()
            if turn.concerns(status, assigned=assigned) and (rung, self.round(rung)) not in climbed
        ]

    def due(self, status: Status, climbed: Climbed, *, assigned: bool, now: datetime) -> set[str]:
        """The rungs to climb now; a pre-warning too when its lateness has passed already: whoever has the case must
        know.
        """
        left = self.left(status, climbed, assigned=assigned)
        return {rung for rung in left if self.rungs[rung].at <= now}

    def without(self, rungs: set[str]) -> "Turns":
        """What is left when the county has taken rungs out of its ladder."""
        return replace(self, rungs={rung: turn for rung, turn in self.rungs.items() if rung not in rungs})

    def next_at(self, status: Status, climbed: Climbed, *, assigned: bool) -> datetime | None:
        """When somebody must look at this case again; None when no rung is left."""
        left = self.left(status, climbed, assigned=assigned)
        return min((self.rungs[rung].at for rung in left), default=None)


@dataclass(frozen=True)
class Ladder:
    """`every` and `most`: after how long, and how often at most, somebody who did not answer hears again; `sooner`: for
    these classes of case it is not that long.
    """

    rungs: Mapping[str, Rung]
    every: Clock
    sooner: Mapping[str, Clock]
    most: int
    quiet: Quiet

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Ladder":
        """Read the part `ladder` of the taxonomy. Raises ValueError with a sentence for the technician."""
        repeat, rows = paper.get("repeat", {}), paper.get("rungs", ())
        rungs = [Rung.parse(rank, row) for rank, row in enumerate(rows)]
        if not rungs or len({rung.id for rung in rungs}) < len(rungs):
            raise ValueError("ladder: needs rungs, each with an id of its own")
        if not {"every", "most"} <= repeat.keys():
            raise ValueError("ladder, repeat: needs every: 9wh and most: 3")
        return cls(
            rungs={rung.id: rung for rung in rungs},
            every=Clock.parse(repeat["every"]),
            sooner={name: Clock.parse(pause) for name, pause in repeat.get("sooner", {}).items()},
            most=int(repeat["most"]),
            quiet=Quiet.parse(paper.get("quiet", {})),
        )

    def pause(self, deadline_class: str) -> Clock:
        """How long somebody who did not answer about a case of this class is left alone."""
        return self.sooner.get(deadline_class, self.every)

    def turns(self, which: Which, start: datetime, due: Due, calendar: Calendar) -> dict[str, Turn]:
        """When the rungs of one of a case's dates are due (UTC)."""
        rungs = [rung for rung in self.rungs.values() if rung.clock is which and not rung.mark.reopened]
        return {rung.id: Turn(_moment(rung.mark, start, due, calendar), which, rung.unassigned) for rung in rungs}

    def again(self, before: Turns, of: tuple[int, bool], calendar: Calendar, *, now: datetime) -> Turns:
        """A new round: it was reopened, or the discipline office took it or let it go. The dates stay what they were
        and may have passed: whoever has it now hears at once; what hangs so long after a date waits as long again
        from now, so that he has a chance.
        """
        rungs = dict(before.rungs)
        for rung in self.rungs.values():
            if rung.mark.reopened and rung.mark.reopened <= of[0]:
                rungs[rung.id] = Turn(now, rung.clock, rung.unassigned)
            elif rung.mark.after and rung.id in rungs:
                later = max(rungs[rung.id].at, due_by(now, rung.mark.after, calendar).at)
                rungs[rung.id] = Turn(later, rung.clock, rung.unassigned)
        rounds = {which: before.rounds.get(which, 0) + 1 for which in Which}
        return Turns(rungs, rounds, of, before.put_off)

    def by_strength(self, rungs: Iterable[str]) -> list[Rung]:
        """Those rungs the county's paper still knows, the strongest last."""
        return sorted((self.rungs[rung] for rung in rungs if rung in self.rungs), key=lambda rung: rung.rank)


def _moment(mark: Mark, start: datetime, due: Due, calendar: Calendar) -> datetime:
    if mark.after:
        return due_by(due.at, mark.after, calendar).at
    return due.at if mark.percent == 100 else prewarn(start, due, mark.percent)


Word = TypeVar("Word", bound=StrEnum)


def _word(words: type[Word], written: object, where: str) -> Word:
    try:
        return words(str(written))
    except ValueError:
        raise ValueError(f"ladder, {where}: {written!r} is none of {', '.join(words)}") from None


def _only(written: object, rung: str) -> bool:
    if written not in {None, "unassigned"}:
        raise ValueError(f"ladder, rung {rung}, only: {written!r} is not unassigned")
    return written is not None
