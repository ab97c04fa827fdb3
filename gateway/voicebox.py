"""The county's recorded prompts: a folder for each language, a WAV file for each, beside it what is to be said of it.

What an officer brings lies as `.new` until the worker has opened it, and only what the worker made of it is played.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[12])?")


@dataclass(frozen=True)
class Clip:
    """One recording: whether it can be played, whether something new waits to be opened, and what is amiss with it, in
    the worker's words.
    """

    recorded: bool
    waiting: bool
    amiss: tuple[str, ...]


class Voicebox:
    """`address` is the webhooks' public address under which recordings are fetched by the carrier."""

    def __init__(self, root: Path, address: str) -> None:
        self._root = root
        self._address = address

    def shelf(self, language: str, name: str) -> str | None:
        """Where the carrier fetches a recording; None where there is none. Another recording has another address."""
        try:
            made = self._file(language, name, ".wav").stat().st_mtime_ns
        except FileNotFoundError:
            return None
        return f"{self._address}/{language}/{name}?v={made}"

    def sound(self, language: str, name: str) -> bytes:
        """Raises FileNotFoundError."""
        return self._file(language, name, ".wav").read_bytes()

    def clip(self, language: str, name: str) -> Clip:
        recorded = self._file(language, name, ".wav").exists()
        waiting = self._file(language, name, ".new").exists()
        noted = self._file(language, name, ".json")
        amiss = tuple(json.loads(noted.read_text(encoding="utf-8"))) if noted.exists() else ()
        return Clip(recorded, waiting, amiss)

    def bring(self, language: str, name: str, body: bytes) -> None:
        """Keep what somebody uploaded until the worker has opened it."""
        self._write(self._file(language, name, ".new"), body)

    def brought(self) -> list[tuple[str, str]]:
        """What waits to be opened: language and name."""
        return sorted((file.parent.name, file.name.removesuffix(".new")) for file in self._root.glob("*/*.new"))

    def open(self, language: str, name: str) -> bytes:
        """What was brought. Raises FileNotFoundError."""
        return self._file(language, name, ".new").read_bytes()

    def keep(self, language: str, name: str, wav: bytes | None, amiss: tuple[str, ...]) -> None:
        """What the worker made of it (None: it cannot be played, what was there stays), and what is amiss with it."""
        if wav is not None:
            self._write(self._file(language, name, ".wav"), wav)
        self._write(self._file(language, name, ".json"), json.dumps(amiss, ensure_ascii=False).encode())
        self._file(language, name, ".new").unlink(missing_ok=True)

    def take_away(self, language: str, name: str) -> None:
        for kind in (".wav", ".new", ".json"):
            self._file(language, name, kind).unlink(missing_ok=True)

    def _file(self, language: str, name: str, kind: str) -> Path:
        if not language.isalpha() or not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self._root / language / f"{name}{kind}"

    def _write(self, file: Path, body: bytes) -> None:
        """Whole before it is seen."""
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = file.with_name(f"{file.name}.half")
        half.write_bytes(body)
        half.replace(file)
