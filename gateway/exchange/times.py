"""The exchange's clock: the wall's time, moved by the offset a drill has written down. Only this room reads it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path


class Unmovable(Exception):
    """No file says by how much the clock is moved."""


class Wall:
    """The time of day on the exchange's wall: the machine's, plus the seconds in the clock file (absent: none)."""

    def __init__(self, clock_file: Path | None = None) -> None:
        self._clock_file = clock_file

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    @property
    def movable(self) -> bool:
        return self._clock_file is not None

    @property
    def ahead(self) -> float:
        """Seconds before the machine's clock."""
        if self._clock_file is None or not self._clock_file.exists():
            return 0.0
        return float(self._clock_file.read_text(encoding="utf-8").strip() or 0)

    def move(self, seconds: float) -> None:
        """Move it on; written whole before it is seen, for others read the file too. Raises Unmovable."""
        if self._clock_file is None:
            raise Unmovable
        fresh = self._clock_file.with_suffix(".moved")
        fresh.write_text(str(self.ahead + seconds), encoding="utf-8")
        fresh.replace(self._clock_file)


def stamp(moment: datetime) -> str:
    """How the ledger keeps a moment: ISO 8601 in UTC with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def rfc2822(kept: str | None) -> str | None:
    """A kept moment as the carrier writes it: "Sun, 22 Nov 2026 15:31:24 +0000"."""
    if kept is None:
        return None
    return format_datetime(datetime.fromisoformat(kept).replace(microsecond=0))
