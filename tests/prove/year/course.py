"""Proof: through a whole year nothing is lost, no date moves in secret, and nobody hears what she must not.

The verbs are the real ones, and so are the outbox, the ticks and the anchors; only sound, recogniser and carrier are
played. Both cores are used: each half of the county's townships lives its year in a process and a database of its own,
in which all villages stand.
"""

import gc
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import bindparam, text

from models.base import Instant
from models.casework import anchoring
from models.figures import figures
from models.month import Month
from models.permissions import SYSTEM, Actor, Role
from models.petition import Petition
from models.visible import visible
from tests.prove.frame import Terms, Verdict
from tests.prove.year import rhythm
from tests.prove.year.asking import Asking
from tests.prove.year.midnight import Midnight
from tests.prove.year.officers import Officers
from tests.prove.year.post import Post
from tests.prove.year.town import Town, found
from tests.prove.year.villagers import Villagers
from worker import deadlines

TICK = timedelta(minutes=30)
TEXTS, VISITS = 0.05, 0.03  # for each call
WRITTEN_OF = Month(rhythm.YEAR, 11)
CLOSING_TIME = 18
SEEN_AFTER = timedelta(minutes=2)
DUE = text(
    "SELECT EXISTS (SELECT 1 FROM petitions WHERE look_at <= :now)"
    " OR EXISTS (SELECT 1 FROM notices WHERE next_at <= :now)"
).bindparams(bindparam("now", type_=Instant()))


@dataclass(frozen=True)
class Plan:
    """How many villages, calls and days; which of how many parts of the county lives here."""

    villages: int
    calls: int
    days: int
    part: int = 0
    parts: int = 1


FULL, SHORT = Plan(235, 30_000, 365, parts=2), Plan(12, 30, 7)


@dataclass(frozen=True)
class Lived:
    """One part of the county at the end of its year."""

    violations: list[str]
    counts: Counter[str]
    outcomes: Counter[str]
    statuses: Counter[str]
    spent: Counter[str]
    month: dict[str, object]


def prove(terms: Terms) -> Verdict:
    plan = SHORT if terms.short else FULL
    parts = [replace(plan, part=part, calls=_share(plan, part)) for part in range(plan.parts)]
    return _verdict([live(parts[0], seed=terms.seed)] if len(parts) == 1 else _at_once(parts, terms.seed))


def live(plan: Plan, *, seed: int) -> Lived:
    """Some days of the year, the first of January before all others; what was wrong at any midnight."""
    with tempfile.TemporaryDirectory(prefix="xy-year-") as folder:
        town = found(Path(folder), villages=plan.villages, number=seed, part=plan.part)
        night, asking = Midnight(town), Asking(town)
        spent = _days(town, plan, night, asking)
        night.at_the_end()
        night.violations += asking.walked
        lived = _books(town, plan, night, spent)
        town.sessions.close()
    return lived


def _share(plan: Plan, part: int) -> int:
    return plan.calls // plan.parts + (part < plan.calls % plan.parts)


def _at_once(parts: Iterable[Plan], seed: int) -> list[Lived]:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        living = [processes.submit(live, part, seed=seed) for part in parts]
        return [one.result() for one in living]


def _verdict(parts: list[Lived]) -> Verdict:
    counts, outcomes, statuses = (
        sum((getattr(one, what) for one in parts), Counter()) for what in ("counts", "outcomes", "statuses")
    )
    told = {
        **counts,
        "outcomes": dict(outcomes),
        "statuses": dict(statuses),
        "spent": [{name: round(seconds) for name, seconds in one.spent.items()} for one in parts],
        "month": [one.month for one in parts],
    }
    return Verdict(sum(statuses.values()), [sentence for one in parts for sentence in one.violations], told)


def _days(town: Town, plan: Plan, night: Midnight, asking: Asking) -> Counter[str]:
    """Live from midnight to midnight; seconds of the machine's time spent on living and on looking."""
    villagers = Villagers(town, part=plan.part, parts=plan.parts)
    officers = Officers(town, villagers)
    post = Post(town, told=officers.told, warned=villagers.warned)
    _fill(town, villagers, officers, plan)
    begin, spent = town.now(), Counter()
    gc.collect()
    gc.freeze()  # the county stays: what is swept is what happened in it
    for day in range(1, plan.days + 1):
        began = time.process_time()
        with asking.heard(), _sweeping_at_midnight():
            _one_day(town, officers, post, begin + timedelta(days=day))
        lived = time.process_time()
        night.look()
        spent["living"] += lived - began
        spent["looking"] += time.process_time() - lived
    gc.unfreeze()
    return spent


@contextmanager
def _sweeping_at_midnight() -> Iterator[None]:
    """Python looks for what nobody needs any more once a day: else it walks the whole county after every few calls."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _fill(town: Town, villagers: Villagers, officers: Officers, plan: Plan) -> None:
    """Everything that comes from outside, on the agenda: when, and what."""
    calendar = town.county.calendar
    for deed, share in {villagers.call: 1.0, villagers.text: TEXTS, villagers.visit: VISITS}.items():
        chance, name = town.chance(deed.__name__), deed.__name__
        for place, moment in enumerate(rhythm.moments(chance, round(plan.calls * share), calendar, plan.days)):
            town.later(moment, deed, f"{name}-{place}")
            town.later(moment + SEEN_AFTER, officers.look)


def _one_day(town: Town, officers: Officers, post: Post, midnight: datetime) -> None:
    """The agenda, half an hour at a time: after each event what was promised, at the end of each half hour a tick."""
    while town.now() < midnight:
        end = town.now() + TICK
        while town.live_next(end):
            post.round()
        if _something_is_due(town):
            deadlines.climb(town)
        if town.now().hour == CLOSING_TIME:
            deadlines.anchor(town)
        post.round()
        officers.look()


def _something_is_due(town: Town) -> bool:
    """What every tick would ask first: a tick that finds nothing changes nothing."""
    with town.sessions.reading() as session:
        return bool(session.scalar(DUE, {"now": town.now()}))


def _books(town: Town, plan: Plan, night: Midnight, spent: Counter[str]) -> Lived:
    with town.sessions.reading() as session:
        checked = anchoring.verify(session)
        statuses = session.scalars(visible(SYSTEM).with_only_columns(Petition.status))
        cases = Counter(str(status) for status in statuses)
    counts = {"calls": len(town.truth.outcomes), "midnights": night.looks, "texts_out": night.texts}
    counts |= {"alerts": night.alerts, "history_lines": checked.lines, "anchors": checked.anchors}
    counts["refusals"] = sum(town.truth.refused.values())
    return Lived(
        violations=night.violations + [difference.what for difference in checked.found],
        counts=Counter(counts),
        outcomes=Counter(str(outcome) for outcome in town.truth.outcomes.values()),
        statuses=cases,
        spent=spent,
        month=_month(town, plan),
    )


def _month(town: Town, plan: Plan) -> dict[str, object]:
    """One month's figures, the whole county's row of each."""
    month = WRITTEN_OF if plan.days > 330 else Month.of(town.now() - timedelta(days=1))
    with town.sessions.reading() as session:
        told = figures(session, Actor(Role.SUPERVISOR), month=month, calendar=town.county.calendar, now=town.now())
    whole = {figure.id: figure.rows[0].value for figure in told if figure.rows}
    return {
        "month": str(month),
        **whole,
        "ratings": {row.of: row.cases for one in told if one.id == "ratings" for row in one.rows},
    }
