"""`xiangyin ledger`: the book of one day's calls, which closes or says in red that it does not."""

import json
from datetime import date, datetime

import click

from models.ledger import BECAME, Balance, balance, today
from worker.installation import desk


@click.command("ledger")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="2026-11-22, as days go in Beijing; today by default.")
@click.option("--json", "as_json", is_flag=True, help="For another program.")
def ledger_command(*, day: datetime | None, as_json: bool) -> None:
    """What became of each call of a day. Status 1 where it cannot be said of every one."""
    at = desk()
    asked = day.date() if day else today(at.now())
    with at.sessions.reading() as session:
        found = balance(session, asked, now=at.now())
    if as_json:
        click.echo(json.dumps(as_facts(found), ensure_ascii=False, indent=1))
    else:
        _read_out(found)
    raise SystemExit(0 if found.closes else 1)


def as_facts(found: Balance) -> dict[str, object]:
    return {
        "day": date.isoformat(found.day),
        "calls": found.calls,
        **{str(outcome): count for outcome, count in found.lines.items()},
        "on_the_line": found.on_the_line,
        "unexplained": [{"at": one.at.isoformat(), "why": one.why} for one in found.unexplained],
        "closes": found.closes,
    }


def _read_out(found: Balance) -> None:
    click.echo(f"{found.day}  来去电话 {found.calls} 通")
    for outcome, count in found.lines.items():
        click.echo(f"  {BECAME[outcome]}  {count}")
    click.echo(f"  还在通话  {found.on_the_line}")
    if found.closes:
        click.echo("对得上。")
        return
    click.secho(f"对不上：{len(found.unexplained)} 通没有着落", fg="red", bold=True)
    for one in found.unexplained:
        click.secho(f"  {one.at:%m-%d %H:%M} {one.why}", fg="red")
