"""RULE What a telephone number says of itself: of which country it is, whether it can read.

China's plan: mobiles are eleven digits from 13 to 19; landlines have an area code from 010 to 09xx.
"""

import re

_CHINESE = re.compile(r"(?:(?:\+|00)86)?(?P<national>1[3-9]\d{9}|0[1-9]\d{8,10})")
_MOBILE = re.compile(r"\+861[3-9]\d{9}")


def international(digits: str) -> str | None:
    """A Chinese number as the carrier writes it (+86…), however it is written; None for what is none."""
    found = _CHINESE.fullmatch(digits)
    return f"+86{found['national'].removeprefix('0')}" if found else None


def is_landline(number: str) -> bool:
    """Whether no text can be read there: a number of China's (+86…) that is no mobile's."""
    return number.startswith("+86") and _MOBILE.fullmatch(number) is None


def national(number: str) -> str:
    """As it is dialled within China: 081655500000 of +8681655500000, 13900000101 of +8613900000101."""
    digits = number.removeprefix("+86")
    return number if digits == number else f"0{digits}" if is_landline(number) else digits
