"""Numbers as they are spoken, written in digits, but only where a stretch of text is surely a number.

四川, 六坪村, 李二娃, 两三天, 三四十, 一下 and 万一 are no numbers and stay as they were said.
"""

import re
from collections.abc import Iterator

from models.marks import Change, changed

_SIGNS = "零一二三四五六七八九"
_PART = "零〇幺一二两三四五六七八九十百千万亿"
_DIGIT = "[零〇幺一二三四五六七八九]"
# A round age stays in words: the county's papers name matters by it (八十岁以上).
_AMOUNT = re.compile(
    f"(?<![{_PART}几数第])[一二两三四五六七八九十][一二两三四五六七八九十百千万零]+(?=元|块钱|(?<!十)岁)"
)
_TOLD = re.compile(f"(?<![{_PART}])(?:[一幺]{_DIGIT}{{10}}|{_DIGIT}{{7}})(?![{_PART}])")
_TO_DIGITS = str.maketrans("零〇幺一二三四五六七八九", "001123456789")
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_WORTH = {"十": 10, "百": 100, "千": 1000}


def in_digits(text: str) -> str:
    """Amounts of money and ages (三千二百元, 八十二岁), telephone numbers (eleven digits), case numbers (seven)."""
    return changed(text, numbers(text)).text


def numbers(text: str) -> Iterator[Change]:
    """Which stretches `in_digits` writes in digits, and how."""
    for said in _AMOUNT.finditer(text):
        written = _amount(said)
        if written != said[0]:
            yield Change(*said.span(), written)
    for told in _TOLD.finditer(text):
        yield Change(*told.span(), told[0].translate(_TO_DIGITS))


def _amount(said: re.Match[str]) -> str:
    """Digits only where saying the number again gives the same words: 三万二 and 三四十 may mean several things."""
    words = re.sub("两(?=[百千万])", "二", said[0])
    number = _worth(words)
    return str(number) if words in {_said(number), _said(number).removeprefix("一")} else said[0]


def _worth(words: str) -> int:
    whole = section = digit = 0
    for sign in words:
        if sign == "万":
            whole, section, digit = (section + digit) * 10_000, 0, 0
        elif sign in _WORTH:
            section, digit = section + (digit or 1) * _WORTH[sign], 0
        else:
            digit = _SIGNS.find(sign)
    return whole + section + digit


def _said(number: int) -> str:
    above, below = divmod(number, 10_000)
    if not above:
        return _section(below)
    gap = "零" if 0 < below < 1000 else ""
    return f"{_section(above)}万{gap}{_section(below)}"


def _section(number: int) -> str:
    words, gap = "", ""
    for place, sign in _PLACES:
        digit = number // place % 10
        words += f"{gap}{_SIGNS[digit]}{sign}" if digit else ""
        gap = "零" if words and not digit else ""
    return words
