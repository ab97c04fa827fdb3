"""Telephone numbers and the sizes of texts: what a number looks like, which are landlines, how many segments."""

import math
import re

E164 = re.compile(r"\+[1-9]\d{6,14}")
CHINESE_MOBILE = re.compile(r"\+861[3-9]\d{9}")

STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_ESCAPED = frozenset("^{}\\[~]|€\f")  # each takes two septets


def is_number(text: str) -> bool:
    """Whether the text is a number in E.164 form, as "+8613900000001"."""
    return E164.fullmatch(text) is not None


def is_landline(number: str) -> bool:
    """Whether no text can be sent there: a Chinese number that is not 1[3-9] and eleven digits (error 21614)."""
    return number.startswith("+86") and CHINESE_MOBILE.fullmatch(number) is None


def segments(body: str) -> int:
    """How many short messages carry the text: 160/153 septets in GSM-7, else 70/67 UTF-16 units."""
    if set(body) <= GSM7 | GSM7_ESCAPED:
        size = len(body) + sum(character in GSM7_ESCAPED for character in body)
        return _pieces(size, 160, 153)
    return _pieces(len(body.encode("utf-16-le")) // 2, 70, 67)


def _pieces(size: int, alone: int, joined: int) -> int:
    return 1 if size <= alone else math.ceil(size / joined)
