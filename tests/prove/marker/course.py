"""The proof: reports by voice and by text, sealed at once or after they were taken as ordinary; then looking everywhere
but in an inspector's hands and in the carrier's own books.
"""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import ColumnElement, func, select

from models.outbox import OutboxRow
from tests.journeys.village import Village, a_village
from tests.prove.frame import Terms, Verdict
from tests.prove.marker import reports, rounds
from tests.prove.marker.marks import phrase
from tests.prove.marker.reports import Report
from tests.prove.marker.search import Search
from tests.prove.marker.visits import Browser
from worker.front_page import cards

ROUNDS = 6  # in full
DEADLY_ROUNDS = 2  # two deaths in each: of more than five in a minute the house says that it cannot stand
CLERK = "huawu"
NEIGHBOUR = "+8613900000017"


def prove(terms: Terms) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="xy-marker-") as folder:
        house, temporary = (Path(folder) / name for name in ("house", "temporary"))
        for made in (house, temporary):
            made.mkdir()
        with a_village(house, TMPDIR=str(temporary)) as village:
            return _live_and_look(village, terms, Path(folder))


def _live_and_look(village: Village, terms: Terms, folder: Path) -> Verdict:
    search, told = Search(), list[Report]()
    village.text(NEIGHBOUR, reports.ORDINARY)  # somebody else's ordinary matter stands beside them
    for turn in range(1 if terms.short else ROUNDS):
        chance = terms.chance(f"round {turn}")
        told += later(village, search, chance)
        told += at_birth(village, search, chance, kill=terms.kill and turn < DEADLY_ROUNDS)
    village.wait_for(lambda: _all_sealed(village, told), "every report is sealed")
    village.settled()
    rounds.look_everywhere(village, search, told, folder, short=terms.short)
    found = sorted(search.finds) + rounds.what_only_she_sees(village, search, told) + rounds.unheard_of(search)
    places = {f"in_{sort.replace(' ', '_')}": count for sort, count in sorted(search.looked_into.items())}
    figures: dict[str, float] = {"looked_into": sum(places.values()), "markers": len(search.marks), **places}
    return Verdict(len(told), found, figures)


def later(village: Village, search: Search, chance: random.Random) -> list[Report]:
    """Ordinary words by text and by voice; then a clerk who hears better writes down that it is a report."""
    told = [
        reports.text(village, _report(chance, "a text sealed later"), reports.ORDINARY),
        reports.call(village, _report(chance, "a call sealed later"), reports.ORDINARY),
    ]
    village.settled()
    with at_the_pages(village, CLERK) as clerk:
        for report in told:
            search.marks += reports.marks_of(village, report, opened=False)
            page = f"/cases/{report.number}"
            rounds.must_show(search, f"the clerk's page of {report.name}", clerk.get(page).content, report.name)
            words = f"{reports.ACCUSING}，{report.words}"
            clerk.send(f"{page}/words/{reports.statement_id(village, report)}", page, form="words", text=words)
    return told


def at_birth(village: Village, search: Search, chance: random.Random, *, kill: bool) -> list[Report]:
    """A report by text, and one after key 2; over each the worker dies, if that is wanted."""
    by_text, by_voice = _report(chance, "a text sealed at once"), _report(chance, "a call sealed at once")
    told = [reports.text(village, by_text, f"我要举报{reports.ACCUSING}")]
    _perhaps_die(village, kill=kill)
    told.append(reports.call(village, by_voice, reports.ACCUSING, key=reports.KEY_OF_REPORTS))
    _perhaps_die(village, kill=kill)
    village.wait_for(lambda: _all_sealed(village, told), "every report is sealed")
    search.marks += [mark for report in told for mark in reports.marks_of(village, report)]
    return told


@contextmanager
def at_the_pages(village: Village, login: str) -> Iterator[Browser]:
    (card,) = [card for card in cards(village.data) if card.login == login]
    with Browser(village.plate["pages"]) as browser:
        yield browser.sign_in(card.login, card.password)


def _report(chance: random.Random, name: str) -> Report:
    return Report(name, f"+86139{chance.randrange(10**7, 10**8)}", phrase(chance))


def _perhaps_die(village: Village, *, kill: bool) -> None:
    """The worker ends while a job is in its hands, or just after the last one if it was quicker than our looking."""
    if kill:
        village.wait_for(lambda: _in_hand(village) or _all_done(village), "a job is in hand or done")
        village.kill("worker")


def _in_hand(village: Village) -> bool:
    return _count(village, OutboxRow.settled_at.is_(None), OutboxRow.worker.is_not(None)) > 0


def _all_done(village: Village) -> bool:
    return _count(village, OutboxRow.settled_at.is_(None)) == 0


def _count(village: Village, *where: ColumnElement[bool]) -> int:
    with village.desk.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow).where(*where)) or 0


def _all_sealed(village: Village, told: list[Report]) -> bool:
    sealed = {case.number for case in village.cases() if case.sealed_at}
    return {report.number for report in told} <= sealed
