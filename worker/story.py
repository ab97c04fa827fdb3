"""Placeholder while the pages are made."""


def play() -> int:
    return 1
