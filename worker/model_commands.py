"""`xiangyin model`: the speech models there are, which one is in use, how a real one is installed, one of ours made."""

from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.filesize import decimal
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from models.clock import wall
from worker.model_build_command import build_model
from worker.speech.install import Installed, Means
from worker.speech.install import install as installed
from worker.speech.listing import NOT_STATED, Row, rows
from worker.speech.refusal import Refused
from worker.speech.shelf import UNVERIFIED, Setting, Shelf

BROKEN = "读不出来，可能坏了"
DEMONSTRATION = "演示用，对真人语音无效"


@click.group()
def model() -> None:
    """The speech model."""


model.add_command(build_model)


@model.command("list")
def list_models() -> None:
    """Show the models there are, and which is in use."""
    setting = Setting()
    shelf = Shelf(setting.data)
    for row in rows(shelf, setting.speech_model):
        click.echo(_line(row))
    try:
        shelf.chosen(setting.speech_model)
    except Refused as why:
        click.echo(str(why))
    unfinished = sum(path.stat().st_size for path in shelf.incoming.glob("*.part"))
    if unfinished:
        click.echo(f"还有没下完的 {decimal(unfinished)}：再运行同一条 xiangyin model install 会接着下。")


@model.command("install")
@click.argument("wanted", metavar="NAME|URL|ZIP")
@click.option("--sha256", default="", help="The SHA-256 the zip must have, from somebody you trust.")
def install_model(wanted: str, sha256: str) -> None:
    """Install a real model by its name, from an address, or from a zip on a USB stick, and put it into use."""
    setting = Setting()
    try:
        with Screen() as screen:
            done = installed(wanted, Shelf(setting.data), Means(screen), now=wall(), expected=sha256)
    except Refused as why:
        click.echo(f"{why}\n原来的模型照旧使用。", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        click.echo("已停下，原来的模型照旧使用；再运行同一条命令会接着下。", err=True)
        raise SystemExit(130) from None
    for sentence in _told(done, setting.speech_model):
        click.echo(sentence)


class Screen:
    """The terminal of whoever installs: a bar with rate and time left for each long job, sentences above it."""

    def __init__(self) -> None:
        console = Console(highlight=False, soft_wrap=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TextColumn("还要"),
            TimeRemainingColumn(),
            console=console,
        )
        self._jobs: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._jobs:
            self._progress.stop()

    def say(self, sentence: str) -> None:
        self._progress.console.print(sentence, markup=False)

    def progress(self, what: str, done: int, total: int | None) -> None:
        # A job's first report counts as done before: what an earlier command left must not be taken for speed.
        if not self._jobs:
            self._progress.start()
        if what not in self._jobs:
            self._jobs[what] = self._progress.add_task(what, completed=done, total=total)
        self._progress.update(self._jobs[what], completed=done, total=total)


def _line(row: Row) -> str:
    notes = [
        "正在使用" if row.in_use else "",
        DEMONSTRATION if row.demonstration else "",
        "" if row.verified else f"来源{UNVERIFIED}",
    ]
    said = "，".join(note for note in notes if note) or "未使用"
    rate = f"{row.rate} Hz" if row.rate else BROKEN
    licence = "" if row.licence == NOT_STATED else "许可："
    return f"{'*' if row.in_use else ' '} {row.name}  {rate}  {decimal(row.size)}  {licence}{row.licence}（{said}）"


def _told(done: Installed, pinned: str) -> list[str]:
    tried = done.tried
    seen = f"{tried.rate} Hz，试听用了 {tried.seconds:g} 秒、{tried.megabytes} MB 内存"
    told = [f"已装好并启用：{done.name}（{seen}）。"]
    if done.receipt:
        doubt = "：没有可比对的校验值，这是从文件本身算出的" if done.receipt.check == UNVERIFIED else ""
        told.append(f"SHA-256 {done.receipt.sha256}（{done.receipt.check}{doubt}）。")
    told.append("正在运行的乡音要重新启动后才用它。")
    if pinned and pinned != done.name:
        told.append(f"注意：设置 XIANGYIN_SPEECH_MODEL 指定了 {pinned}，去掉这个设置才会用新装的。")
    return told
