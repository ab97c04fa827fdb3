"""`xiangyin ivr draw`: the conversation as a picture, for the README and for whoever wants to change it."""

import click

from ivr.picture import draw as drawn
from ivr.picture import draw_announcing, draw_ours


@click.group()
def ivr() -> None:
    """The telephone conversation."""


@ivr.command()
def draw() -> None:
    """Print the flow of a call as a Mermaid picture, then a call of ours and an officer's who records the prompts."""
    click.echo(f"{drawn()}\n{draw_ours()}\n{draw_announcing()}", nl=False)
