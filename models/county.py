"""The county as its papers describe it, parsed: what the rules need to know of places, matters and days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.catalogue import Taxonomy
from models.db import add_once
from models.dialling import Calls
from models.escalation import Ladder
from models.naming import Gazetteer
from models.places import CountyPaper
from models.procedure import Procedure
from models.retention import Retention
from models.spelling import Spelling
from models.workdays import Calendar

HERE = "here"
"""The paper of what administrators put from the pages: `closures` (day → worked, not worked, or None: as the nation),
`duty`, `deadlines` (class → lengths and ground), `matters` (kind → level, unit, class), `words` and `dismissed` (kind →
words that corrections taught, and words that say nothing). It lies beside the papers of the county's folder and goes
before them.
"""
DEADLINES, MATTERS, WORDS, DISMISSED = "deadlines", "matters", "words", "dismissed"


@dataclass(frozen=True)
class County:
    gazetteer: Gazetteer
    taxonomy: Taxonomy
    spelling: Spelling
    calendar: Calendar
    procedure: Procedure
    ladder: Ladder
    prompts: dict[str, Any]
    hotline: str
    calls: Calls
    retention: Retention

    @classmethod
    def parse(cls, papers: dict[str, dict[str, Any]]) -> "County":
        """Papers by name. Raises KeyError naming the first one missing, ValueError for words in them nobody knows."""
        return cls(
            gazetteer=Gazetteer.parse(papers["gazetteer"]),
            taxonomy=Taxonomy.parse(papers["taxonomy"]),
            spelling=Spelling.parse(papers["gazetteer"], papers["taxonomy"]),
            calendar=Calendar(_days(papers.get("closures", {}))),
            procedure=Procedure.parse(papers["procedure"]),
            ladder=Ladder.parse(papers["taxonomy"].get("ladder", {})),
            prompts=papers["prompts"],
            hotline=papers["prompts"]["hotline"],
            calls=Calls.parse(papers["procedure"].get("calls", {})),
            retention=Retention.parse(papers["procedure"].get("keep", {})),
        )


def papers(session: Session) -> dict[str, dict[str, Any]]:
    """Every paper as it is in force, with what was put from the pages in its place."""
    found = {paper.name: paper.body for paper in session.scalars(select(CountyPaper))}
    here = found.pop(HERE, {})
    found["closures"] = _closures(found.get("closures", {}), here.get("closures", {}))
    if "taxonomy" in found:
        found["taxonomy"] = _taxonomy(found["taxonomy"], here)
    if "duty" in here:
        procedure = found["procedure"]
        found["procedure"] = {**procedure, "calls": {**procedure.get("calls", {}), "duty": here["duty"]}}
    return found


def timetable(session: Session) -> tuple[Calendar, Calls]:
    """The county's closures and its roster as they are now; of the papers only those that name them are read."""
    named = CountyPaper.name.in_([HERE, "closures", "procedure"])
    found = {paper.name: paper.body for paper in session.scalars(select(CountyPaper).where(named))}
    here, calls = found.get(HERE, {}), found.get("procedure", {}).get("calls", {})
    duty = {"duty": here["duty"]} if "duty" in here else {}
    days = _days(_closures(found.get("closures", {}), here.get("closures", {})))
    return Calendar(days), Calls.parse({**calls, **duty})


def own_paper(session: Session) -> CountyPaper:
    """What was put from the pages, written to by whoever puts more."""
    if session.get(CountyPaper, HERE) is None:
        add_once(session, CountyPaper(name=HERE, body={}))
    return session.get_one(CountyPaper, HERE, with_for_update=True, populate_existing=True)


def put_here(session: Session, part: str, key: str, value: Any) -> None:  # noqa: ANN401 - a value of a paper
    """Put one value of one part, beside what stands there."""
    here = own_paper(session)
    here.body = {**here.body, part: {**here.body.get(part, {}), key: value}}


def _taxonomy(folder: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    """The folder's catalogue with what was put here. What the folder has no more is left out."""
    dates, taught = here.get(DEADLINES, {}), here.get(WORDS, {})
    units, known = folder["county_units"], folder["deadline_classes"]
    put = here.get(MATTERS, {}).items()
    places = {kind: row for kind, row in put if row["unit"] in units and row["class"] in known}
    classes = {name: {**row, **dates.get(name, {})} for name, row in known.items()}
    kinds = {
        name: {**row, **places.get(name, {}), "strong": [*dict.fromkeys([*row["strong"], *taught.get(name, ())])]}
        for name, row in folder["categories"].items()
    }
    return {**folder, "deadline_classes": classes, "categories": kinds}


def _closures(folder: dict[str, Any], here: dict[str, Any]) -> dict[str, bool]:
    return {day: works for day, works in {**folder, **here}.items() if works is not None}


def _days(closures: dict[str, Any]) -> dict[date, bool]:
    return {date.fromisoformat(day): bool(works) for day, works in closures.items()}
