"""Every `xiangyin` command that shows something, run as the technician types it; and a backup."""

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from tests.prove.marker.search import Search, contents
from worker.cli import main

NUMBER, OUT = "<number>", "<file>"
# What each is asked; the rest start a process, change something, or show nothing of any case.
LOOKING = {
    "cases": ("--json",),
    "case": (NUMBER, "--json"),
    "messages": ("--json",),
    "quality": ("--json",),
    "figures": ("--json",),
    "ledger": ("--json",),
    "prompts check": ("--json",),
    "admin verify-history": (),
    "admin retention": (),
    "admin backup": (OUT, "--passphrase-file", "<passphrase>"),
    "admin personal-information export": (NUMBER, "--by", "jishu", "--out", OUT),
    "tick": (),
}
OTHERS = {
    *("run", "serve", "worker", "transcribe", "classify", "evaluate", "ivr draw"),
    *("model build", "model list", "model install"),
    *("admin affairs import", "admin keywords accept", "admin keywords dismiss", "admin erase", "admin restore"),
    *("admin service", "admin personal-information correct", "admin migrate", "admin county", "admin invent"),
    *("admin officer", "admin lost-key", "admin carrier", "admin drill"),
}


def unknown() -> set[str]:
    """Commands that nobody has said of whether they show anything."""
    return set(names()) ^ {*LOOKING, *OTHERS}


def names(group: click.Command = main, before: str = "") -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        yield from names(command, f"{before}{name} ")
    if not isinstance(group, click.Group):
        yield before.strip()


def run_all(search: Search, data: Path, numbers: list[str], folder: Path) -> None:
    """Run each, and look at what it says and what it writes."""
    (folder / "passphrase").write_text("梨花开了三月三，杏花开了四月四", encoding="utf-8")
    for name, words in LOOKING.items():
        for place, number in enumerate(numbers if NUMBER in words else [""]):
            file = folder / f"{name.replace(' ', '-')}-{place}"
            told = {NUMBER: number, OUT: str(file), "<passphrase>": str(folder / "passphrase")}
            said = _run(data, [*name.split(), *(told.get(word, word) for word in words)])
            search.look("commands", name, said)
            search.look("written by commands", name, contents(file))


def _run(data: Path, words: list[str]) -> bytes:
    done = CliRunner(env={"XIANGYIN_DATA": str(data)}).invoke(main, words)
    return done.output_bytes + repr(done.exception).encode()
