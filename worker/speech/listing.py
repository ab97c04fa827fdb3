"""What there is to say of each model on the shelf."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from worker.speech.model_card import DEMO_MODEL, NotAModel, read_card
from worker.speech.refusal import Refused
from worker.speech.shelf import VERIFIED, Shelf, bundled

NOT_STATED = "未注明"

_LICENCES = ("LICENSE*", "LICENCE*", "COPYING*")
_PAPERS = ("README*", "MODEL_CARD*")
_SAID = re.compile(r"licen[cs]e|许可", re.IGNORECASE)
_LONGEST = 60
_MOST_READ = 20_000


@dataclass(frozen=True)
class Row:
    """A model: bytes on the disk, licence as its own papers state it, samples a second (None where it is broken).

    `verified`: whether its zip was compared with a sum that somebody gave.
    """

    name: str
    size: int
    licence: str
    rate: int | None
    demonstration: bool
    in_use: bool
    verified: bool


def rows(shelf: Shelf, wanted: str = "") -> list[Row]:
    """The bundled model, the installed ones, and a folder elsewhere where the settings want that one."""
    try:
        used = shelf.chosen(wanted)
    except Refused:
        used = None
    there = {bundled(): DEMO_MODEL, **{name: shelf.folder / name for name in shelf.names()}}
    if used is not None and used not in there.values():
        there[str(used)] = used
    return [_row(shelf, name, folder, in_use=folder == used) for name, folder in there.items()]


def _row(shelf: Shelf, name: str, folder: Path, *, in_use: bool) -> Row:
    try:
        card = read_card(folder)
    except (NotAModel, OSError, UnicodeDecodeError):
        card = None
    receipt = shelf.receipt(name)
    return Row(
        name=name,
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        licence=licence(folder),
        rate=card.rate if card else None,
        demonstration=bool(card and card.demonstration),
        in_use=in_use,
        verified=folder == DEMO_MODEL or bool(receipt and receipt.check == VERIFIED),
    )


def licence(folder: Path) -> str:
    """The line in which a model's own papers state its licence, fit to be printed; 未注明 where none does."""
    lines = (line for paper in _papers(folder) for line in _stating(paper))
    return next(lines, NOT_STATED)


def _papers(folder: Path) -> list[Path]:
    return [path for kind in (*_LICENCES, *_PAPERS) for path in sorted(folder.glob(kind)) if path.is_file()]


def _stating(paper: Path) -> Iterator[str]:
    """The first line of a licence; of any other paper the line that names it, or the one under such a heading."""
    with paper.open(encoding="utf-8", errors="replace") as file:
        lines = [line for line in map(_plain, file.read(_MOST_READ).splitlines()) if line]
    if any(paper.match(kind) for kind in _LICENCES):
        yield from lines[:1]
        return
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if _SAID.search(line):
            is_heading = len(_SAID.sub("", line)) < 3
            yield from filter(None, [following if is_heading else line])


def _plain(line: str) -> str:
    """A stranger's line without what could move the cursor of the terminal it is printed on."""
    return "".join(letter for letter in line if letter.isprintable()).strip(" #*|-")[:_LONGEST].strip()
