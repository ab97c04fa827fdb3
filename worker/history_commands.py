"""`xiangyin admin verify-history` and `erase`: whether the past is what it was, and what the law takes out of it."""

import click

from models.anchor import Told
from models.casework import anchoring, tombstone
from models.casework.anchoring import Check
from models.lifecycle import Refusal
from models.permissions import SYSTEM
from models.visible import by_number
from worker.installation import administrator, desk

SHOWN = 20  # differences; a table that was rewritten has one in every line


@click.command("verify-history")
@click.option("--anchor", "anchors", multiple=True, help="An anchor as it came by text; may be given more than once.")
def verify_history(anchors: tuple[str, ...]) -> None:
    """Recompute every line of every history, and compare with the anchors that people received. Status 1 where they
    differ, with the number of the first case that does.
    """
    told = [_told(anchor) for anchor in anchors]
    with desk().sessions.reading() as session:
        check = anchoring.verify(session, told)
        first = check.first_case(session)
    _show(check, first, received=len(told))
    if check.found:
        raise SystemExit(1)


@click.command()
@click.argument("number")
@click.option("--ground", type=click.Choice(sorted(tombstone.GROUNDS)), required=True, help="个人信息保护法 §47.")
@click.option("--by", "login", required=True, help="The administrator who answers for it.")
def erase(number: str, ground: str, login: str) -> None:
    """Delete what case NUMBER holds, on a ground of the law; that there was one, and its history, stays."""
    at = desk()
    try:
        with at.sessions.writing() as session:
            petition, by = by_number(session, SYSTEM, number), administrator(session, login)
            names = tombstone.erase(session, petition, ground=ground, by=by, now=at.now())
    except Refusal as why:
        raise click.ClickException(str(why)) from None
    click.echo(f"编号 {number} 的内容已依法删除：{tombstone.GROUNDS[ground]}。录音 {len(names)} 个，由后台删除。")


def _told(text: str) -> Told:
    try:
        return Told.parse(text)
    except ValueError as why:
        raise click.BadParameter(str(why)) from None


def _show(check: Check, first: str, *, received: int) -> None:
    click.echo(f"看了 {check.lines} 行经过、{check.anchors} 个锚、{received} 条收到的锚。")
    for difference in check.found[:SHOWN]:
        click.echo(difference.what)
    if len(check.found) > SHOWN:
        click.echo(f"……还有 {len(check.found) - SHOWN} 处")
    if not check.found:
        click.echo("全部相符。")
    elif first:
        click.echo(f"最早不符的是编号 {first}。")
    else:
        click.echo("看不出是哪一件；那一天的经过都要查。")
