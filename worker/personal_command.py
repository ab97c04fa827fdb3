"""`xiangyin admin personal-information`: a copy of what is kept about a telephone, for her whose it is."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from gateway.storage import FileStorage
from ivr.prompts import LANGUAGES
from models.casework import personal
from models.casework.personal import Correction, Person, Stored
from models.keyring import decipher
from models.lifecycle import BadInput, Refusal
from models.numbering import LENGTH
from models.permissions import Action, Actor
from models.telephones import international
from worker.installation import administrator, desk

LETTER = "personal-information.json"
BY = click.option("--by", "login", required=True, help="The administrator who answers for it.")


@click.group("personal-information")
def personal_information() -> None:
    """What is kept about a person who asks for it herself (个人信息保护法 §§44-46). WHO is her telephone, or the number
    of a case of hers. What is or may be a report is never among it. Make sure first that it is she who asks.
    """


@personal_information.command()
@click.argument("who")
@BY
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A new ZIP.")
def export(who: str, login: str, out: Path) -> None:
    """Write her words, her voice, her pictures, and what was done, into a ZIP that stands in the history."""
    at = desk()
    with _in_one_sentence(), at.sessions.writing() as session:
        by = administrator(session, login)
        person = _person(session, who, action=Action.DISCLOSE, by=by)
        if out.exists():
            raise BadInput("out", f"已经有 {out} 了，换个名字。")
        facts, stored = personal.kept(session, person), personal.sound_of(session, person)
        personal.disclosed(session, person, by=by, now=at.now())
    _write(out, facts, stored, at.storage)
    click.echo(f"写好了 {out}：{len(person.cases)} 件事项，录音和照片 {len(stored)} 个。交给本人，不要留底。")


@personal_information.command()
@click.argument("who")
@BY
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), help="In which she hears the line.")
@click.option("--slowly/--at-pace", default=None, help="How fast.")
@click.option("--hours", help="In which she may be called: 18:00-20:30.")
@click.option("--village", "village_id", help="Where she is registered: C17.")
def correct(who: str, login: str, **put_right: Any) -> None:  # noqa: ANN401 - click has checked each against its type
    """Put right how she is spoken to; the history of her cases says what, and by whom."""
    at = desk()
    with _in_one_sentence(), at.sessions.writing() as session:
        by = administrator(session, login)
        person = _person(session, who, action=Action.CORRECT, by=by)
        personal.correct(session, person, Correction(**put_right), by=by, now=at.now())
    click.echo(f"更正好了，记在 {len(person.cases)} 件事项的经过里。")


def _person(session: Session, who: str, *, action: Action, by: Actor) -> Person:
    if who.isdecimal() and len(who) == LENGTH:
        return personal.of_case(session, who, action=action, by=by)
    number = international(who)
    if number is None:
        raise BadInput("who", "请写电话号码，或者七位的事项编号。")
    return personal.of_number(session, number, action=action, by=by)


def _write(out: Path, facts: dict[str, Any], stored: Iterable[Stored], storage: FileStorage) -> None:
    out.touch(mode=0o600)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(LETTER, json.dumps(facts, ensure_ascii=False, indent=1))
        for one in stored:
            package.writestr(one.name, decipher(one.key, storage.get(one.stored_as)))


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except Refusal as why:
        raise click.ClickException(str(why)) from None
