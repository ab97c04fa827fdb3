"""What the person at the keyboard sees of `make run`: each step as it is done, the table of cases, the ways in."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from models.permissions import LABELS, Role
from worker.seed import SignInCard

CARDS = "sign-ins.json"
DEMO_WARNING = "听写用的是演示模型：由合成语音训练，听得懂现成录音，听不懂真人；正式使用前要装正式模型。"


class Voice:
    """Speaks to the person at the keyboard."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)

    def step(self, what: str) -> None:
        """Something is being done now."""
        self._console.print(f"· {what}……")

    def say(self, sentence: str) -> None:
        self._console.print(sentence, markup=False)

    def table(self, title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        table = Table(title=title, title_justify="left", show_lines=True)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*row)
        Console(width=max(self._console.width, 140), highlight=False).print(table)


def keep_cards(data: Path, cards: Iterable[SignInCard]) -> None:
    """Keep the drawn passwords where only this machine's owner can read them."""
    file = data / CARDS
    file.touch(mode=0o600)
    file.write_text(json.dumps([vars(card) for card in cards], ensure_ascii=False, indent=1), encoding="utf-8")


def cards(data: Path) -> list[SignInCard]:
    file = data / CARDS
    return [SignInCard(**row) for row in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []


def show_cases(rows: Iterable[Mapping[str, Any]], voice: Voice) -> None:
    """What came of each call and text: number, what was heard, village, unit, due date and its arithmetic."""
    columns = ("编号", "怎么来的", "听到的（电话为机器听写，未核稿）", "村", "承办单位", "应办结", "怎么算的")
    voice.table("事项", columns, ([str(row[column] or "—") for column in CASE_COLUMNS] for row in rows))


CASE_COLUMNS = ("number", "channel_name", "words", "village_name", "unit_name", "due_local", "arithmetic")


def show_house(data: Path, pages_url: str, sealed_url: str, exchange_url: str, voice: Voice) -> None:
    """Where to go and how to get in."""
    voice.say(f"干部网页   {pages_url}/")
    voice.say(f"公示栏     {pages_url}/village（村民看，不用登录）")
    voice.say(f"密件台     {sealed_url}/（纪检监察人员）")
    voice.say(f"模拟电话   {exchange_url}/phone")
    seen: dict[str, SignInCard] = {}
    for card in cards(data):
        seen.setdefault(card.role, card)
    rows = [(LABELS[Role(card.role)], card.name, card.login, card.password) for card in seen.values()]
    voice.table(f"登录（每个岗位一个，也在 {data / CARDS}）", ("岗位", "姓名", "账号", "密码"), rows)
    voice.say(DEMO_WARNING)
    voice.say("按 Ctrl-C 停下。")
