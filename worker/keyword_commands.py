"""`xiangyin admin keywords`: the words clerks' corrections teach, for an administrator to take or not."""

import click

from models.casework import teaching
from models.lifecycle import Refusal
from models.permissions import SYSTEM
from worker.installation import desk


@click.group(invoke_without_command=True)
@click.pass_context
def keywords(context: click.Context) -> None:
    """Show the words that several people used for what the machine took for something else."""
    if context.invoked_subcommand is not None:
        return
    at = desk()
    with at.sessions.reading() as session:
        found = teaching.offers(session, now=at.now())
    for offer in found:
        click.echo(f"{offer.word}  {offer.category}  {offer.people} 人说过")
    if not found:
        click.echo("现在没有可以加的关键词。")


@keywords.command()
@click.argument("word")
@click.argument("category")
def accept(word: str, category: str) -> None:
    """Write WORD into the catalogue as a word of CATEGORY."""
    _decide(word, category, taken=True)
    click.echo(f"“{word}”已加入 {category}。正在运行的乡音半分钟内用上。")


@keywords.command()
@click.argument("word")
@click.argument("category")
def dismiss(word: str, category: str) -> None:
    """Do not offer WORD for CATEGORY again."""
    _decide(word, category, taken=False)
    click.echo(f"“{word}”不再提。")


def _decide(word: str, category: str, *, taken: bool) -> None:
    at, decide = desk(), teaching.accept if taken else teaching.dismiss
    try:
        with at.sessions.writing() as session:
            decide(session, word, category, county=at.county, by=SYSTEM, now=at.now())
    except Refusal as why:
        raise click.ClickException(str(why)) from None
