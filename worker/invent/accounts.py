"""Published affairs by rule: for every village of an invented county the last four quarters, in one spreadsheet."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from models.affairs import KINDS, SIDES, Kind, Side
from models.affairs_sheet import HEADINGS
from models.spreadsheet import as_xlsx

FILE = "affairs.xlsx"
MOST_YUAN = 300_000
SAYINGS: tuple[tuple[Kind, Side | None, tuple[str, ...]], ...] = (
    (Kind.PARTY, None, ("开了支部党员大会", "支部书记讲了党课", "发展了一名党员")),
    (Kind.VILLAGE, Side.SPENT, ("办公用的纸和笔", "会议室的电费", "护林员的误工补助")),
    (Kind.ASSETS, Side.INCOME, ("砂石场租金", "集体林地承包费", "合作社分红")),
    (Kind.PROJECTS, Side.SPENT, ("修水渠的水泥", "通组路的路灯", "蓄水池的防渗布")),
    (Kind.BENEFITS, Side.SPENT, ("高龄补贴", "临时救助", "耕地地力保护补贴")),
)
FENS = (0, 0, 0, 50, 6)  # most amounts are whole yuan

Row = tuple[str, ...]


def write(folder: Path, gazetteer: Mapping[str, Any], *, quarters: tuple[str, ...], seed: int) -> int:
    """Write the spreadsheet into the county's folder; how many rows it has."""
    rows = list(_rows(gazetteer, quarters, random.Random(f"{seed}:affairs")))  # noqa: S311 - of nobody's accounts
    (folder / FILE).write_bytes(as_xlsx(HEADINGS, rows))
    return len(rows)


def _rows(gazetteer: Mapping[str, Any], quarters: tuple[str, ...], chance: random.Random) -> Iterator[Row]:
    for village in gazetteer["villages"]:
        for quarter in quarters:
            for kind, side, titles in SAYINGS:
                for title in chance.sample(titles, chance.randint(1, len(titles))):
                    yield (village["id"], quarter, KINDS[kind], title, *_money(side, chance), "")


def _money(side: Side | None, chance: random.Random) -> tuple[str, str]:
    if side is None:
        return "", ""
    return SIDES[side], f"{chance.randint(1, MOST_YUAN)}.{chance.choice(FENS):02}"
