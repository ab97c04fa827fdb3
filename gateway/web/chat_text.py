"""A quarter's affairs as one text that a cadre pastes into the village's chat group."""

from collections.abc import Iterator

from gateway.web.words import day
from models.affairs import SIDES, Line, quarter_in_words, totals_in_words, yuan
from models.notice import Mark, Notice, Part

LONGEST = 1800  # characters; a chat group folds what is longer, and refuses much more
NUMBERS = "一二三四五"


def chat_text(notice: Notice, village: str, hotline: str) -> str:
    """Totals and corrections first, then the lines of each kind, the largest first, as many as fit."""
    head = [
        f"【村务公开】{village} {quarter_in_words(notice.quarter)}",
        *(f"更正（{day(one.at)}）：{one.why}" for one in notice.corrections),
        f"{totals_in_words(notice.totals)}。",
    ]
    foot = f"不明白的，打{hotline}，按 3 听，听到那一条按 9 就能问。"
    return "\n".join([*head, *_as_many_as_fit(notice, LONGEST - len(foot) - sum(map(len, head))), "", foot])


def _as_many_as_fit(notice: Notice, room: int) -> Iterator[str]:
    lines = list(_lines(notice))
    for place, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            yield f"……这里写不下，还有{sum(one.startswith('·') for one in lines[place:])}条，全部的看村公开栏。"
            return
        yield line


def _lines(notice: Notice) -> Iterator[str]:
    for number, part in zip(NUMBERS, notice.parts, strict=True):
        true = [posted.line for posted in part.lines if posted.mark is not Mark.GONE]
        if true:
            yield f"\n{number}、{part.name}（{_total(part)}）"
            yield from (f"· {_said(line)}" for line in true)


def _total(part: Part) -> str:
    return totals_in_words(part.totals).replace("一共", "")


def _said(line: Line) -> str:
    side = f"{SIDES[line.side]} " if line.side else ""
    money = "" if line.fen is None else f" {yuan(line.fen)}"
    return f"{side}{line.title}{money}" + (f"（{line.note}）" if line.note else "")
