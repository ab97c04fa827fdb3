"""RULE Case numbers: seven digits drawn at random, so that no number shows how many lie between two.

Digits 0-3 and 5-9 only: 四, 十 and 是 sound alike in Sichuan. The last digit checks the six before it, so a number
read wrongly over the telephone is seldom another person's.
"""

from collections.abc import Callable

DIGITS = "012356789"
WEIGHTS = (1, 2, 1, 2, 1, 2)
LENGTH = 7
WORD_LENGTH = 4
SPOKEN = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_HEARD = {sign: digit for digit, sign in SPOKEN.items()} | dict(zip("〇洞幺两拐", "00127", strict=True))


def draw(choose: Callable[[str], str]) -> str:
    """A fresh number; `choose` picks one character of the digits, as secrets.choice does."""
    body = "".join(choose(DIGITS) for _ in WEIGHTS)
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Σ wᵢ·index mod 9, over the six digits' places in DIGITS, w = 1,2,1,2,1,2."""
    total = sum(weight * DIGITS.index(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return DIGITS[total % len(DIGITS)]


def word(lot: int) -> str:
    """Four digits by which whoever was told them may ask after a report. They are made anew each time and kept nowhere:
    a hash of so few would be opened by trying them all.
    """
    return "".join(DIGITS[lot // len(DIGITS) ** place % len(DIGITS)] for place in range(WORD_LENGTH))


def is_number(text: str) -> bool:
    """Whether seven digits are a number this county could have given."""
    well_formed = len(text) == LENGTH and set(text) <= set(DIGITS)
    return well_formed and check_digit(text[:-1]) == text[-1]


def heard(words: str) -> str:
    """The digits that were said, the rest left out: 编号三幺零二七五六 is 3102756."""
    return "".join(_HEARD.get(sign, sign) for sign in words if sign in _HEARD or sign in SPOKEN)


def aloud(number: str) -> str:
    """Read 3-3-1, digit by digit: 三，一，零；二，七，五；六."""
    groups = (number[:3], number[3:6], number[6:])
    return "；".join("，".join(SPOKEN[digit] for digit in group) for group in groups)
