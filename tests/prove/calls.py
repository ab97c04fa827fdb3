"""Proof: no call is lost and none doubled, whoever calls, whatever she does, and whichever process dies meanwhile."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from models.ledger import balance, today
from tests.journeys.village import Village, a_village
from tests.prove import judging, people
from tests.prove.books import Day, Rang, Telephone, Texted
from tests.prove.frame import Terms, Verdict
from tests.prove.people import Caller, officer
from tests.prove.settling import settle
from tests.prove.trouble import QUEUE_IS_DEAD, complaints, deaths

FULL, SHORT = 2000, 12
LINES = 4  # people on the telephone at once
GREETING = "热线"
DUTY = "县信访局"
FAULTS = {
    "hang_up": 0.02,
    "duplicate": 0.05,
    "reorder": 0.05,
    "delay": 0.05,
    "refused": 0.02,
    "late": 0.02,
    "media_404_seconds": 2.0,
    "error_page": 0.03,
    "wrong_length": 0.03,
    "unanswered": 0.1,
    "machine": 0.1,
}
PATIENCE = 120.0  # seconds without anything being done


def prove(terms: Terms) -> Verdict:
    callers = people.callers(terms.chance("callers"), SHORT if terms.short else FULL)
    with tempfile.TemporaryDirectory(prefix="xy-calls-") as folder, a_village(Path(folder)) as village:
        with deaths(village, terms.chance("deaths"), wanted=terms.kill) as died:
            village.exchange.trouble(terms.seed, **FAULTS)
            with officer(village, DUTY):
                lived = _live_all(village, callers)
            died.wait_for(terms.deaths)  # the others die over the work that is left
        day = _day(village, callers, lived)
        ours = settle(village, day, patience=PATIENCE)
        day = _day(village, callers, lived)
        struck = village.exchange.struck
        found = (
            judging.violations(day, ours)
            + _unexplained(village)
            + complaints(village.data / "log", excuse=QUEUE_IS_DEAD if terms.kill else None)
        )
    figures = {
        "cases_filed": len(ours.cases),
        "reports": sum(case.report for case in ours.cases),
        "call_backs": sum(call.tasks > 0 for call in ours.calls),
        "added": sum(call.joined and not call.ours for call in ours.calls),
        "taken_over": sum(call.taken for call in ours.calls),
        "called_by_us": sum(call.called for call in ours.calls),
        "parts": sum(len(rang.parts) for rang in day.rang),
        "unanswered": sum(not any(GREETING in said for said in rang.heard) for rang in day.rang),
        "kills": died.count,
        "faults": sum(struck.values()),
    }
    return Verdict(len(callers), found, figures)


def _unexplained(village: Village) -> list[str]:
    """What the county's own book of calls cannot account for."""
    now = village.desk.now()
    with village.desk.sessions.reading() as session:
        found = [one for day in (-1, 0) for one in balance(session, today(now) + timedelta(day), now=now).unexplained]
    return [f"the book of calls does not close: {one.at}, {one.why}" for one in found]


Lived = tuple[Rang, list[Texted]]


def _live_all(village: Village, callers: list[Caller]) -> list[Lived]:
    with ThreadPoolExecutor(LINES) as lines:
        return list(lines.map(lambda caller: _live(village, caller), callers))


def _live(village: Village, caller: Caller) -> Lived:
    phone, sent = village.phone(caller.phone), []
    call = phone.call(village.number)
    people.live_through(
        call, caller, lambda words: sent.append(Texted(phone.text(words, to=village.number), words, caller.phone))
    )
    return Rang(call.sid, frozenset(call.recordings), tuple(call.heard)), sent


def _day(village: Village, callers: list[Caller], lived: list[Lived]) -> Day:
    return Day(
        rang=tuple(rang for rang, _ in lived),
        texted=tuple(text for _, sent in lived for text in sent),
        telephones={caller.phone: _telephone(village, caller.phone) for caller in callers},
    )


def _telephone(village: Village, number: str) -> Telephone:
    return Telephone(tuple(text["body"] for text in village.phone(number).messages))
