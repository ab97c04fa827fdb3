"""The `xiangyin` command: what the technician types, and what starts every process."""

import io
import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import select

from models import clock, schema
from models.casework import sealing, second_step
from models.classify import classify as classified
from models.lifecycle import BadInput
from models.people import Officer
from models.permissions import SYSTEM, Actor, Role
from models.petition import Petition
from models.quality import quality as measured
from models.visible import by_number, visible
from worker import model_commands, schedule, seed
from worker.affairs_command import affairs
from worker.figures_command import figures_command
from worker.history_commands import erase, verify_history
from worker.installation import desk, installation
from worker.invent.command import invent
from worker.keyword_commands import keywords
from worker.ledger_command import ledger_command
from worker.opening import open_house
from worker.parts import SERVERS, model_dir, serve_all, work
from worker.personal_command import personal_information
from worker.picture_command import ivr
from worker.prompts_command import prompts
from worker.retention_command import retention
from worker.safekeeping.command import backup, restore
from worker.service_command import service
from worker.showing import case_facts, case_row, message_rows
from worker.speech.engine import VoskRecogniser
from worker.speech.evaluation import evaluate as evaluated
from worker.speech.evaluation import transcribe_file
from worker.story import play

LOOKING = Actor(Role.SUPERVISOR)  # the command line shows what a supervisor may see: nothing that is held
MOVE = re.compile(r"([+-]?\d+)([dhm])")
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@click.group()
def main() -> None:
    """乡音: a county hotline for people who cannot use a smartphone."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", line_buffering=True)


@main.command()
@click.option(
    "--story", is_flag=True, help="Play one case from the call to the rating, in a folder of its own, and end."
)
@click.option("--bare", is_flag=True, help="Do not let the example villagers call on the first start.")
def run(*, story: bool, bare: bool) -> None:
    """Start everything on this machine as one group, until Ctrl-C."""
    raise SystemExit(play() if story else open_house(examples_too=not bare))


@main.command()
@click.option("--only", type=click.Choice(sorted(SERVERS)), help="Both in one process where none is named.")
def serve(only: str | None) -> None:
    """Serve the carrier's webhooks, the officers' pages, or both."""
    SERVERS.get(only or "", serve_all)()


@main.command()
def worker() -> None:
    """Fetch, transcribe, send, and keep the clock."""
    work()


@main.command()
def tick() -> None:
    """One pass of every periodic duty."""
    click.echo(json.dumps(schedule.tick(desk())))


@main.command()
@click.option("--json", "as_json", is_flag=True, required=True, expose_value=False)
def cases() -> None:
    """List the cases."""
    with desk().sessions.reading() as session:
        _print([case_row(petition) for petition in session.scalars(visible(LOOKING).order_by(Petition.id))])


@main.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, required=True, expose_value=False)
def case(number: str) -> None:
    """Show one case whole."""
    with desk().sessions.reading() as session:
        _print(case_facts(session, by_number(session, LOOKING, number)))


@main.command()
@click.option("--json", "as_json", is_flag=True, required=True, expose_value=False)
def messages() -> None:
    """List the texts that went out, and what became of each."""
    with desk().sessions.reading() as session:
        _print(message_rows(session))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, required=True, expose_value=False)
@click.option("--model", default="", help="A model's directory or installed name; the one in use by default.")
def transcribe(files: tuple[Path, ...], model: str) -> None:
    """Put sound files into words, offline."""
    recogniser = VoskRecogniser(model_dir(model))
    _print([transcribe_file(file, recogniser) for file in files])


@main.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--county", type=click.Path(exists=True, file_okay=False, path_type=Path), default=seed.EXAMPLE)
def classify(file: io.TextIOBase, county: Path) -> None:
    """Say of each line of a JSONL file which village, matter and unit the rules find, and why."""
    lines = [json.loads(line) for line in file if line.strip()]
    known = seed.read(county)
    for answer in classified(lines, gazetteer=known.gazetteer, taxonomy=known.taxonomy):
        click.echo(json.dumps(answer, ensure_ascii=False))


@main.command()
@click.argument("manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, required=True, expose_value=False)
@click.option("--model", default="")
def evaluate(manifest: Path, model: str) -> None:
    """Measure a model on recordings whose words are known."""
    _print(evaluated(manifest, VoskRecogniser(model_dir(model))))


@main.command()
@click.option("--json", "as_json", is_flag=True, required=True, expose_value=False)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Confirmed on this day (Beijing) or later.")
def quality(since: datetime | None) -> None:
    """How well the machine hears, by what people changed in its words when they confirmed them."""
    begin = since.replace(tzinfo=clock.CHINA) if since else None
    with desk().sessions.reading() as session:
        _print(measured(session, LOOKING, since=begin))


main.add_command(model_commands.model)
main.add_command(figures_command)
main.add_command(ledger_command)
main.add_command(ivr)
main.add_command(prompts)


@main.group()
def admin() -> None:
    """What the technician sets up."""


admin.add_command(affairs)
admin.add_command(keywords)
admin.add_command(verify_history)
admin.add_command(erase)
admin.add_command(backup)
admin.add_command(restore)
admin.add_command(retention)
admin.add_command(service)
admin.add_command(personal_information)


@admin.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    schema.upgrade(desk().sessions.engine)


@admin.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--people", is_flag=True, help="Its people.yaml too, where nobody has a sign-in yet; passwords are shown once."
)
def county(*, folder: Path, people: bool) -> None:
    """Install a county's papers: gazetteer, taxonomy, prompts, closures, procedure."""
    try:
        with desk().sessions.writing() as session:
            seed.install(session, folder)
            cards = seed.add_people(session, folder) if people else []
    except (KeyError, ValueError) as why:
        raise click.ClickException(f"{folder}: {why}; nothing was installed") from None
    for card in cards:
        click.echo(f"{card.login}  {card.password}")


admin.add_command(invent)


@admin.command()
@click.argument("login")
@click.option("--name", required=True, help="As the history and the pages show it.")
@click.option("--role", type=click.Choice([role.value for role in Role if role is not Role.SYSTEM]), required=True)
@click.option("--unit", required=True, help="The unit's id: xfj, T4, C17, jw …")
@click.option("--number", help="The phone that gets warnings.")
@click.option("--head", is_flag=True, help="Answers for the unit, and hears of what is late there.")
def officer(**row: str | None) -> None:
    """Give an officer a sign-in; the password is drawn and shown once."""
    try:
        with desk().sessions.writing() as session:
            card = seed.add_officer(session, row)
    except BadInput as why:
        raise click.ClickException(str(why)) from None
    click.echo(f"{card.login}  {card.password}")


@admin.command("lost-key")
@click.argument("login")
def lost_key(login: str) -> None:
    """Strike an inspector's key, or the authenticator of who administers, off: both set up another by signing in."""
    with desk().sessions.writing() as session:
        officer = session.scalar(select(Officer).where(Officer.login == login))
        if officer is not None and officer.role == Role.INSPECTOR:
            sealing.lost(session, officer.id)
        elif officer is not None and second_step.is_asked(session, officer.id):
            second_step.lost(session, officer.id, by=SYSTEM, now=clock.wall())
        else:
            raise click.ClickException(f"{login} has neither an inspector's key nor an authenticator")


@admin.command()
def carrier() -> None:
    """Tell the carrier which URLs the hotline's number calls."""
    at = desk()
    at.carrier.set_webhooks(at.settings.public_url, fallback=at.settings.fallback_url)


@admin.command()
@click.argument("by")
def drill(by: str) -> None:
    """Move the drill clock by +3d, +2h or -30m. In demo mode only."""
    known = installation()
    found = MOVE.fullmatch(by)
    if not known.demo:
        raise click.ClickException("the clock can be moved in demo mode only")
    if found is None:
        raise click.BadParameter("say +3d, +2h or -30m")
    clock.move(known.clock_file, timedelta(**{UNITS[found[2]]: int(found[1])}))


def _print(answer: object) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
