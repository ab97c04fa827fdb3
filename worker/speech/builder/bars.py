"""How far it is: one bar to each long step, with what is left of it."""

from types import TracebackType
from typing import Self

from tqdm import tqdm


class Bars:
    """Shows a bar for every step as it is told of it; closes what it opened."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[None]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bar in self._bars.values():
            bar.close()

    def show(self, what: str, done: int, of: int) -> None:
        """So much is done of a step; a step heard of for the first time gets a bar of its own."""
        if what not in self._bars:
            self._bars[what] = tqdm(total=of, desc=what, mininterval=1, dynamic_ncols=True)
        bar = self._bars[what]
        bar.update(done - bar.n)
