"""The county as its papers describe it, parsed: what the rules need to know of places, matters and days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.catalogue import Taxonomy
from models.dialling import Calls
from models.escalation import Ladder
from models.naming import Gazetteer
from models.places import CountyPaper
from models.procedure import Procedure
from models.retention import Retention
from models.spelling import Spelling
from models.workdays import Calendar


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
        closures = {date.fromisoformat(day): bool(work) for day, work in papers.get("closures", {}).items()}
        return cls(
            gazetteer=Gazetteer.parse(papers["gazetteer"]),
            taxonomy=Taxonomy.parse(papers["taxonomy"]),
            spelling=Spelling.parse(papers["gazetteer"], papers["taxonomy"]),
            calendar=Calendar(closures),
            procedure=Procedure.parse(papers["procedure"]),
            ladder=Ladder.parse(papers["taxonomy"].get("ladder", {})),
            prompts=papers["prompts"],
            hotline=papers["prompts"]["hotline"],
            calls=Calls.parse(papers["procedure"].get("calls", {})),
            retention=Retention.parse(papers["procedure"].get("keep", {})),
        )


def papers(session: Session) -> dict[str, dict[str, Any]]:
    return {paper.name: paper.body for paper in session.scalars(select(CountyPaper))}
