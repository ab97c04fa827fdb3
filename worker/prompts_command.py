"""`xiangyin prompts check`: which of the county's sentences are not recorded, or are hard to hear."""

import json

import click

from ivr.prompts import COMMON, LANGUAGES
from worker.installation import desk
from worker.voicing import checked


@click.group()
def prompts() -> None:
    """What callers hear."""


@prompts.command()
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=COMMON)
@click.option("--json", "as_json", is_flag=True, help="For another program.")
def check(*, language: str, as_json: bool) -> None:
    """Name what is missing, longer than 12 s, too quiet or clipped. Status 1 where there is any."""
    found = checked(desk(), language)
    if as_json:
        rows = [dict(zip(("name", "words", "amiss"), row, strict=True)) for row in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for name, words, what in found:
            click.echo(f"{name}  {what}  {words}")
        click.echo(f"{LANGUAGES[language]}：{len(found)} 条要录或重录。")
    raise SystemExit(1 if found else 0)
