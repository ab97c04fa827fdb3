"""How far it is: one bar to each long step, with the time that is left of it."""

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Bars:
    """Shows a bar for every step as it is told of it; on a screen that is none, only where each of them ended."""

    def __init__(self) -> None:
        # Drawn when told and by no thread of its own: the readers are forked, and a fork takes no thread along.
        described = TextColumn("{task.description}")
        left = (TextColumn("还要"), TimeRemainingColumn())
        self._progress = Progress(described, BarColumn(), MofNCompleteColumn(), *left, auto_refresh=False)
        self._tasks: dict[str, TaskID] = {}
        self._shown: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, what: str, done: int, of: int) -> None:
        """So much is done of a step; a step heard of for the first time gets a bar of its own."""
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=of)
        self._progress.update(self._tasks[what], completed=done)
        shown = 100 * done // max(of, 1)
        if shown != self._shown.get(what):
            self._shown[what] = shown
            self._progress.refresh()
