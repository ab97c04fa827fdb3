"""`xiangyin model build`: our own demonstration model, made from written sentences and a machine's voices."""

from pathlib import Path

import click

from worker.speech.builder.making import EPOCHS, NAME, RECORDINGS, SEED, Options, build
from worker.speech.model_card import DEMO_MODEL
from worker.speech.refusal import Refused

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("build")
@click.option("--out", type=FOLDER, required=True, help="Where the model goes; a model made before is replaced.")
@click.option(
    "--county",
    type=FOLDER,
    default=Path("examples/tangxi"),
    show_default=True,
    help="Whose villages, people, offices and matters it is to know.",
)
@click.option(
    "--corrections",
    type=FILE,
    multiple=True,
    help="Confirmed transcripts, one JSON a line, whose words and phrases it is to know too; may be repeated.",
)
@click.option("--language-only", is_flag=True, help="Learn the words alone, in seconds, and keep another model's ear.")
@click.option("--ear-of", type=FOLDER, default=DEMO_MODEL, help="Whose ear that is; the bundled model's by default.")
@click.option("--seed", default=SEED, show_default=True, help="The same seed gives the same model.")
@click.option("--name", default=NAME, show_default=True, help="What the model calls itself.")
@click.option("--recordings", default=RECORDINGS, show_default=True, help="How many sentences are read to it.")
@click.option("--epochs", default=EPOCHS, show_default=True, help="How many times over it learns them.")
def build_model(
    *,
    out: Path,
    county: Path,
    corrections: tuple[Path, ...],
    language_only: bool,
    ear_of: Path,
    seed: int,
    name: str,
    recordings: int,
    epochs: int,
) -> None:
    """Make a demonstration model: it hears a machine's voices and no real ones."""
    options = Options(
        out,
        county=county,
        corrections=corrections,
        language_only=language_only,
        ear_of=ear_of,
        seed=seed,
        name=name,
        recordings=recordings,
        epochs=epochs,
    )
    try:
        build(options, say=click.echo)
    except Refused as why:
        click.echo(str(why), err=True)
        raise SystemExit(1) from None
