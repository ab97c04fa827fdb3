"""Where installed models lie in the data folder, and which of them is in use."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from worker.speech.model_card import DEMO_MODEL, read_card
from worker.speech.refusal import Refused
from worker.speech.unpacking import NAME

RECEIPT = "receipt.json"
ACTIVE = "active"
VERIFIED = "与给的校验值一致"
UNVERIFIED = "未验证"


class Setting(BaseSettings):
    """The two settings that say where models lie and which is wanted, under the names and defaults of all settings.

    Read by themselves, so that a model can be installed before the hotline has its secrets.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(Path("var"), alias="XIANGYIN_DATA")
    speech_model: str = Field("", alias="XIANGYIN_SPEECH_MODEL")


@dataclass(frozen=True)
class Receipt:
    """What was installed: from where, its SHA-256 and size in bytes, what came of comparing the sum, when (ISO 8601).

    `check` is UNVERIFIED where nobody gave a sum to compare with: the computed one alone says nothing of who made it.
    """

    source: str
    sha256: str
    size: int
    check: str
    installed_at: str


class Shelf:
    """`models/` of a data folder: a folder for each model, `active` with the name of the one in use."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "models"
        self.incoming = self.folder / ".incoming"
        self._active = self.folder / ACTIVE

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone among all that install into this data folder. Raises Refused."""
        self.incoming.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused("另一个窗口正在给这个数据目录装模型，请等它完成再来。") from None
            yield

    def names(self) -> list[str]:
        """The installed models."""
        there = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(path.name for path in there if self.has(path.name))

    def has(self, name: str) -> bool:
        return bool(NAME.fullmatch(name)) and (self.folder / name).is_dir()

    def receipt(self, name: str) -> Receipt | None:
        """None where the folder was put there by hand."""
        try:
            return Receipt(**json.loads((self.folder / name / RECEIPT).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def active(self) -> str:
        """The name of the installed model in use; empty where it is the bundled one."""
        try:
            return self._active.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""

    def chosen(self, wanted: str = "") -> Path:
        """The folder of the model to load: what is named (an installed name or a directory), else the one in use.

        Raises Refused rather than to hear real callers with the demonstration model because a folder is gone.
        """
        name = wanted or self.active()
        if self.has(name):
            return self.folder / name
        if name in {"", bundled()}:
            return DEMO_MODEL
        if wanted and Path(wanted).is_dir():
            return Path(wanted)
        raise Refused(
            f"找不到语音模型 {name}：请运行 xiangyin model list 看看有哪些，用 xiangyin model install 重新装。"
        )

    def sign(self, folder: Path, receipt: Receipt) -> None:
        """Lay a receipt into a model's folder, in the place of any other."""
        _write_whole(folder / RECEIPT, json.dumps(asdict(receipt), ensure_ascii=False, indent=1))

    def put(self, unpacked: Path, receipt: Receipt) -> str:
        """Take in a folder that lies on the same disk; its name here, numbered where another model has it already."""
        self.sign(unpacked, receipt)
        name, number = unpacked.name, 1
        while (self.folder / name).exists():
            number += 1
            name = f"{unpacked.name}-{number}"
        unpacked.rename(self.folder / name)
        return name

    def activate(self, name: str) -> None:
        """From now on `chosen()` answers this one; whoever asks meanwhile gets the old name or the new, never half."""
        if self.has(name):
            _write_whole(self._active, f"{name}\n")
        else:  # the bundled one, whose name changes with the program
            self._active.unlink(missing_ok=True)


def bundled() -> str:
    """The name of the model that comes with the program."""
    return read_card(DEMO_MODEL).name


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
