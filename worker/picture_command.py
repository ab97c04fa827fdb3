"""`xiangyin ivr draw`: the conversation as a picture, for the README and for whoever wants to change it."""

import click

from ivr.picture import draw as drawn


@click.group()
def ivr() -> None:
    """The telephone conversation."""


@ivr.command()
def draw() -> None:
    """Print the flow of a call as a Mermaid picture."""
    click.echo(drawn(), nl=False)
