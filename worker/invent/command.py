"""`xiangyin admin invent`: a larger county to test on."""

from pathlib import Path

import click

from models.affairs import last_four, quarter
from worker import seed as county_seed
from worker.installation import desk, installation
from worker.invent import accounts, cases, county, people


def _four_quarters(_context: click.Context, _option: click.Parameter, written: str | None) -> tuple[str, ...]:
    newest = quarter(written) if written else None
    if written and newest is None:
        raise click.BadParameter("a quarter is written 2026Q3")
    return last_four(newest) if newest else ()


@click.command("invent")
@click.option("--villages", type=click.IntRange(1), default=235, show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same county, byte for byte.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The county's folder.")
@click.option("--people", "with_people", is_flag=True, help="Officers for every unit too, and villagers' phones.")
@click.option(
    "--accounts",
    "quarters",
    metavar="QUARTER",
    callback=_four_quarters,
    help="Published affairs too: four quarters up to this one.",
)
@click.option("--cases", "how_many", type=click.IntRange(0), default=0, help="Install it here and file so many cases.")
def invent(*, villages: int, seed: int, out: Path, with_people: bool, quarters: tuple[str, ...], how_many: int) -> None:
    """Make a county that does not exist, names that nobody's ear can tell apart included.

    `xiangyin admin county` installs it. Cases are filed in demo mode only: texts to their numbers go out.
    """
    if how_many and not installation().demo:
        raise click.ClickException("cases can be invented in demo mode only: texts would go out to their numbers")
    try:
        gazetteer = county.write(out, villages=villages, seed=seed, example=county_seed.EXAMPLE)
    except county.NoMoreNames as trouble:
        raise click.ClickException(str(trouble)) from trouble
    if with_people or how_many:
        people.write(out, gazetteer)
    if quarters:
        click.echo(f"{accounts.write(out, gazetteer, quarters=quarters, seed=seed)} rows in {out / accounts.FILE}")
    click.echo(f"{len(gazetteer['townships'])} townships, {villages} villages in {out}")
    if how_many:
        at = desk()
        with at.sessions.writing() as session:
            county_seed.install(session, out)
            cards = county_seed.add_people(session, out)
        click.echo("".join(f"{card.login}  {card.password}\n" for card in cards), nl=False)
        cases.file(at, gazetteer, how_many, seed=seed, example=county_seed.EXAMPLE)
        click.echo(f"{how_many} cases filed")
