"""The one place that reads the clock.

In demo mode a drill may move time: the file named here holds one number, seconds to add to the machine's clock.
`xiangyin admin drill +3d` writes it, the exchange reads the same file, and production never names one.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
CHINA = ZoneInfo("Asia/Shanghai")


def wall() -> datetime:
    return datetime.now(UTC)


def drill(file: Path) -> Clock:
    """The machine's clock moved by what `file` says now; by nothing where there is no file."""
    return lambda: wall() + offset(file)


def offset(file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(file.read_text(encoding="ascii")))
    except (FileNotFoundError, ValueError):
        return timedelta()


def move(file: Path, by: timedelta) -> None:
    """Add `by` to the drill clock; written whole before it is seen, so no reader finds half a number."""
    fresh = file.with_suffix(".new")
    fresh.write_text(str((offset(file) + by).total_seconds()), encoding="ascii")
    fresh.replace(file)
