"""`xiangyin admin retention`: how long each class of cases is kept, and which would go now."""

import click

from models.casework import expiring
from models.lifecycle import LABELS, Status
from models.petition import Petition
from models.retention import Retention
from worker.installation import desk

SHOWN = 50


@click.command()
def retention() -> None:
    """How long each class of cases is kept and why, and which cases would go now. What is held is never among them."""
    at = desk()
    kept, now = at.county.retention, at.now()
    for name, row in kept.classes.items():
        click.echo(f"{name:<16} {row.months:>4} 个月  {row.source}")
    with at.sessions.reading() as session:
        _show(kept, expiring.past(session, kept, now=now))


def _show(kept: Retention, over: list[Petition]) -> None:
    for petition in over[:SHOWN]:
        ended = petition.closed_at.date() if petition.closed_at else ""
        click.echo(f"  {petition.number}  {petition.deadline_class}  {LABELS[Status(petition.status)]} {ended}")
    if kept.confirmed:
        click.echo(f"到期 {len(over)} 件，后台每小时删一批。依据：{kept.confirmed}")
    else:
        click.echo(
            f"到期 {len(over)} 件，一件也不会删：procedure.yaml 的 keep.confirmed 还空着，保存期限要由县里确认。"
        )
