"""The exchange's command line: serve it, or be a person with a telephone on it."""

import os
from pathlib import Path
from typing import Any

import click

from gateway.exchange import handset, page, server


@click.group()
def main() -> None:
    """A Twilio-shaped telephone exchange."""


@main.command()
@click.option("--port", type=int, default=0, help="0 takes a free one")
@click.option("--data", type=click.Path(path_type=Path), required=True, help="the folder of its state")
@click.option(
    "--number", "numbers", multiple=True, required=True, help="a number of the account, +86…; may be repeated"
)
@click.option("--account-sid", required=True)
@click.option("--clock-file", type=click.Path(path_type=Path), help="a file with the seconds the clock is ahead")
@click.option("--voices", type=click.Path(path_type=Path), help="a folder of ready voices with a manifest.jsonl")
@click.option(
    "--bin",
    "bins",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="a document that the carrier keeps; may be repeated",
)
@click.option("--media-delay", type=float, default=0.0, help="seconds until a recording's sound can be had")
@click.option("--real-pauses", is_flag=True, help="a Pause lasts as long as it says, for the gateway works meanwhile")
@click.option(
    "--handset",
    "handsets",
    type=(str, str),
    multiple=True,
    default=page.HANDSETS,
    help="whose telephone lies on /phone, and its number; may be repeated",
)
def serve(**options: Any) -> None:  # noqa: ANN401 - click has checked each against its type
    """Serve until SIGTERM; the account's token comes from TWILIO_AUTH_TOKEN."""
    token = os.environ.get("TWILIO_AUTH_TOKEN", "")
    if not token:
        raise click.ClickException("TWILIO_AUTH_TOKEN is not set")
    plan = server.Plan(auth_token=token, **options)
    server.serve(plan, lambda url: click.echo(f"exchange ready at {url}"))


@main.command()
@click.option("--exchange", "url", required=True, help="its address, http://127.0.0.1:…")
@click.option("--from", "from_", required=True)
@click.option("--to", required=True)
@click.option("--say", "sentences", multiple=True, help="speak this once a recording is open")
@click.option("--play", "sounds", multiple=True, type=click.Path(exists=True, path_type=Path), help="the same, a WAV")
@click.option("--voice", default="cmn")
@click.option("--stay", type=float, default=30.0, help="seconds of silence before hanging up")
def call(  # noqa: PLR0917 - one parameter per option
    url: str, from_: str, to: str, sentences: tuple[str, ...], sounds: tuple[Path, ...], voice: str, stay: float
) -> None:
    """Call, speak, stay on the line, hang up, and print what happened."""
    with handset.Exchange(url) as exchange:
        line = exchange.phone(from_).call(to)
        try:
            _talk(line, sentences, sounds, voice)
            line.wait(stay)
        except handset.Gone:
            click.echo("the other side ended the call first")
        line.hang_up()
        for at, event, detail in line.timeline:
            click.echo(f"{at:8.2f}  {event:<9} {detail}")


def _talk(line: handset.Call, sentences: tuple[str, ...], sounds: tuple[Path, ...], voice: str) -> None:
    for sentence in sentences:
        line.say(sentence, voice=voice)
    for sound in sounds:
        line.play(sound)


@main.command()
@click.option("--exchange", "url", required=True, help="its address, http://127.0.0.1:…")
@click.option("--from", "from_", required=True)
@click.option("--to", required=True)
@click.argument("body")
def text(url: str, from_: str, to: str, body: str) -> None:
    """Send a text and print its id."""
    with handset.Exchange(url) as exchange:
        click.echo(exchange.phone(from_).text(body, to=to))


if __name__ == "__main__":
    main()
