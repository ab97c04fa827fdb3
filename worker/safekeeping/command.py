"""`xiangyin admin backup` and `restore`: the house in one locked file, and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from models.clock import CHINA
from worker import key_file
from worker.installation import desk
from worker.safekeeping import archive
from worker.safekeeping.box import Refused

FILE = click.Path(dir_okay=False, path_type=Path)
PLACE = click.Path(path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
ASKED = "口令"


@click.command()
@click.argument("file", type=PLACE)
@click.option("--passphrase-file", type=THERE, help="Its first line; asked for where none is named.")
def backup(file: Path, passphrase_file: Path | None) -> None:
    """Write cases, sound and prompts to FILE (in a folder: under a name with the moment in it), locked with a
    passphrase; the house may go on working.

    The keys of the cases are in no backup: they stand in keys/case-keys.box of the data folder, written anew each time.
    Keep a copy of that one elsewhere too, of which each takes the place of the last.
    """
    passphrase = _passphrase(passphrase_file, confirmed=True)
    at = desk()
    if file.is_dir():
        file /= f"xiangyin-{at.now().astimezone(CHINA):%Y%m%d-%H%M%S}.backup"
    with _in_one_sentence():
        size = archive.back_up(at, file, passphrase)
    click.echo(
        f"备份写好了：{file}，{size / 2**20:.1f} MB。打开它还要最新的钥匙文件：{key_file.place(at.settings.data)}"
    )


@click.command()
@click.argument("file", type=THERE)
@click.option("--passphrase-file", type=THERE, help="Its first line; asked for where none is named.")
@click.option("--keys", type=FILE, help="The newest file of keys; the one in the data folder by default.")
@click.option("--replace", is_flag=True, help="Although there is a house in this data folder or database.")
def restore(file: Path, passphrase_file: Path | None, keys: Path | None, *, replace: bool) -> None:
    """Bring cases, sound and prompts back from FILE, with the newest file of keys. Every service must be stopped.

    What was sealed or deleted after the backup is sealed and deleted here too.
    """
    passphrase = _passphrase(passphrase_file, confirmed=False)
    at = desk()
    with _in_one_sentence():
        newest = keys or key_file.place(at.settings.data)
        since = archive.restore(at, file, passphrase, keys=newest, replace=replace)
    click.echo(f"恢复好了。备份以后封存的 {since.sealed} 件、依法删除的 {since.deleted} 件，照样打不开。")
    click.echo("两天以内漏掉的电话和短信，后台起来以后会按运营商的清单补上。请现在就再备份一次。")


def _passphrase(file: Path | None, *, confirmed: bool) -> str:
    if file is None:
        return str(click.prompt(ASKED, hide_input=True, confirmation_prompt=confirmed))
    return (file.read_text(encoding="utf-8").splitlines() or [""])[0]


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except Refused as why:
        raise click.ClickException(str(why)) from None
    except OSError as trouble:
        raise click.ClickException(f"读写不了：{trouble.strerror}（{trouble.filename or ''}）") from None
