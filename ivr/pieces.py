"""RULE Numbers, money, dates and telephone numbers as an ear takes them: three thousand two hundred, never 3-2-0-0.

Composed of a few signs, each of which a county can record once: 三千二百元 is four signs and 元.
"""

import re

from models.numbering import SPOKEN

SIGNS = {
    **{sign: f"n{digit}" for digit, sign in SPOKEN.items()},
    "十": "n10",
    "百": "n100",
    "千": "n1000",
    "万": "n10000",
    "亿": "n100000000",
    "元": "yuan",
    "年": "year",
    "月": "month",
    "日": "day",
    "点": "point",
}
"""The signs numbers are composed of, and under which name each is recorded."""

PAUSES = frozenset("，；。、：")
_UNITS = ((100_000_000, "亿"), (10_000, "万"))
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
LONGEST_COUNT = 12  # digits; more is nothing that anybody counts
_SPELT = 7  # so many digits and more in a row name somebody or something: a telephone, a case, an identity card
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?=年)")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?(%?)(?=([元块万亿人户亩斤吨米])?)")


def in_words(text: str) -> str:
    """A text with every string of digits in the words that are said for it."""
    text = _DATE.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)
    text = _TIME.sub(lambda found: f"{int(found[1])}点" + (f"{int(found[2])}分" if int(found[2]) else ""), text)
    text = _YEAR.sub(lambda found: spelt(found[1]), text)
    return _NUMBER.sub(_number, _THOUSANDS.sub("", text))


def counted(number: int) -> str:
    """How many: 3200 is 三千二百, 10 is 十, 10500 is 一万零五百."""
    for worth, unit in _UNITS:
        if number >= worth:
            above, below = divmod(number, worth)
            gap = "零" if 0 < below < worth // 10 else ""
            return f"{counted(above)}{unit}{gap}{_whole(below) if below else ''}"
    return _whole(number) if number not in range(10, 20) else _whole(number).removeprefix("一")


def spelt(digits: str) -> str:
    """Digit by digit."""
    return "".join(SPOKEN[digit] for digit in digits)


def signs_of(words: str) -> tuple[str, ...] | None:
    """The recorded names of what these words are composed of, where all of them are such signs; else None."""
    said = [sign for sign in words if sign not in PAUSES]
    return tuple(SIGNS[sign] for sign in said) if said and set(said) <= set(SIGNS) else None


def _number(found: re.Match[str]) -> str:
    whole, part, percent, measure = found.groups()
    named = not (part or measure) and (len(whole) >= _SPELT or (len(whole) > 1 and whole.startswith("0")))
    said = spelt(whole) if named or len(whole) > LONGEST_COUNT else counted(int(whole))
    said += f"点{spelt(part)}" if part else ""
    return f"百分之{said}" if percent else said


def _whole(number: int) -> str:
    if number >= _UNITS[-1][0]:
        return counted(number)
    words, gap = "", ""
    for place, unit in _PLACES:
        digit = number // place % 10
        words += f"{gap}{SPOKEN[str(digit)]}{unit}" if digit else ""
        gap = "零" if words and not digit else ""
    return words or SPOKEN["0"]
