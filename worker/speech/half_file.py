"""A file that is half here: its bytes, and what the server said of the file they are from."""

import hashlib
import json
import re
from pathlib import Path
from typing import IO

import httpx

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class HalfFile:
    """What has come of one address, in a folder, from one command to the next.

    `size`: bytes here. `total`: bytes of the whole file, None where the server did not say.
    """

    def __init__(self, folder: Path, url: str) -> None:
        key = hashlib.sha256(url.encode()).hexdigest()[:16]
        self.folder = folder
        self.path = folder / f"{key}.part"
        self._note = folder / f"{key}.json"
        self.size = self.path.stat().st_size if self.path.is_file() else 0
        self.total: int | None = None
        self._edition = ""
        if not self._remembered():
            self.drop()

    @property
    def is_whole(self) -> bool:
        return self.size == self.total

    def range_wanted(self) -> dict[str, str]:
        """The headers that ask for the rest; none where nothing proves that it would be the rest of the same file."""
        return {"Range": f"bytes={self.size}-", "If-Range": self._edition} if self.size and self._edition else {}

    def continues(self, answer: httpx.Response) -> bool:
        """Whether an answer is the rest of this very file, from this very byte on."""
        part = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if part is None or int(part[1]) != self.size or _edition(answer.headers) not in {"", self._edition}:
            return False
        return part[2] in {"*", str(self.total)}

    def begin(self, headers: httpx.Headers) -> None:
        """Forget what is here: the whole file follows. The old bytes go before the new name for them is written."""
        self.path.write_bytes(b"")
        told = headers.get("Content-Length", "")
        self.size, self.total, self._edition = 0, int(told) if told.isdecimal() else None, _edition(headers)
        self._remember()

    def open(self) -> IO[bytes]:
        """To write on at the end."""
        return self.path.open("ab")

    def end_here(self) -> None:
        """The server gave no length, and ended in good order: the file is as long as what came."""
        if self.total is None:
            self.total = self.size
            self._remember()

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self.size, self.total, self._edition = 0, None, ""

    def _remember(self) -> None:
        self._note.write_text(json.dumps({"total": self.total, "edition": self._edition}), encoding="utf-8")

    def _remembered(self) -> bool:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            self.total, self._edition = note["total"], note["edition"]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return self.total is None or self.size <= self.total


def _edition(headers: httpx.Headers) -> str:
    """What tells one edition of a file from the next; a weak ETag does not (RFC 9110, 13.1.5)."""
    etag = str(headers.get("ETag", ""))
    return etag if etag.startswith('"') else str(headers.get("Last-Modified", ""))
