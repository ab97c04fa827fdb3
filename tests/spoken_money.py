"""Money as it is said, back into fen: a reader of its own, by which figures heard are held against those published."""

import re

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_COUNT = "[零一二三四五六七八九十百千万亿]+"
_ONE = "[一二三四五六七八九]"
_MONEY = re.compile(f"({_COUNT})元(?:({_ONE})角)?零?(?:({_ONE})分)?")


def fen_said(words: str) -> list[int]:
    """Every amount of yuan that is said in a sentence, in fen: 三千二百元五角 is 320050."""
    found = _MONEY.findall(words)
    return [_number(yuan) * 100 + _DIGITS.get(jiao, 0) * 10 + _DIGITS.get(fen, 0) for yuan, jiao, fen in found]


def _number(said: str) -> int:
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        above, found, below = said.partition(unit)
        if found:
            return _number(above) * worth + (_number(below) if below else 0)
    number, digit = 0, 0
    for sign in said:
        if sign in _UNITS:
            number += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return number + digit
