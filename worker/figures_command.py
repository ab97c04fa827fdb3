"""`xiangyin figures`: the numbers people act on, to read, for a spreadsheet, or for another program."""

import json
from collections.abc import Iterable
from datetime import datetime

import click

from models import spreadsheet
from models.figures import Figure, as_facts, figures
from models.month import Month
from models.permissions import Actor, Role
from worker.installation import desk

LOOKING = Actor(Role.SUPERVISOR)  # what a supervisor may see: nothing that is held
HEADINGS = ("月份", "指标", "对象", "数值", "单位", "件数", "口径")


@click.command("figures")
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="2026-11, as months go in Beijing; this one by default.")
@click.option("--json", "shape", flag_value="json", help="For another program.")
@click.option("--csv", "shape", flag_value="csv", help="For a spreadsheet, each number beside its definition.")
def figures_command(month: datetime | None, shape: str | None) -> None:
    """On-time rates, days, what is overdue and where, bounces, repeats, ratings, channels. No report is in them."""
    at = desk()
    now = at.now()
    asked = Month(month.year, month.month) if month else Month.of(now)
    with at.sessions.reading() as session:
        found = figures(session, LOOKING, month=asked, calendar=at.county.calendar, now=now)
    click.echo(_shaped(found, asked, now, shape), nl=False)


def _shaped(found: list[Figure], month: Month, now: datetime, shape: str | None) -> str:
    if shape == "json":
        facts = {"month": str(month), "as_of": now.isoformat(timespec="seconds"), "figures": as_facts(found)}
        return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    return as_csv(found, month) if shape == "csv" else as_text(found, month)


def as_csv(found: Iterable[Figure], month: Month) -> str:
    """One line for each row of each figure, its definition in the last column."""
    rows = (
        (
            month,
            figure.name,
            row.of,
            None if row.value is None else f"{row.value:g}",
            figure.unit,
            row.cases,
            figure.meaning,
        )
        for figure in found
        for row in figure.rows
    )
    return spreadsheet.as_csv(HEADINGS, rows)


def as_text(found: Iterable[Figure], month: Month) -> str:
    """To be read: the name, the definition, one line for each row."""
    lines = [f"{month}"]
    for figure in found:
        lines += ["", f"{figure.name}：{figure.meaning}"]
        lines += [f"  {row.of}  {_said(row.value, figure.unit)}（{row.cases} 件）" for row in figure.rows]
    return "\n".join(lines) + "\n"


def _said(value: float | None, unit: str) -> str:
    return "没有可算的" if value is None else f"{value:g} {unit}"
