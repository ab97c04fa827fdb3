"""How often Chinese words are used at all: the counts in jieba's dictionary, and nothing else of jieba."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from worker.speech.builder.needs import WORDS, Missing, require

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def used_words(*, least: int) -> dict[str, int]:
    """Every Chinese word counted so often at least, with its count."""
    return {word: count for word, count in _dictionary().items() if count >= least}


def most_used(counts: Mapping[str, float], *, words: int, characters: int) -> dict[str, float]:
    """The most used words of several characters and the most used single ones, with their counts."""
    by_use = sorted(counts, key=lambda word: (-counts[word], word))
    long = [word for word in by_use if len(word) > 1][:words]
    single = [word for word in by_use if len(word) == 1][:characters]
    return {word: counts[word] for word in (*long, *single)}


def _dictionary() -> dict[str, int]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        require(WORDS)
        raise Missing("jieba 的词典不在它的安装目录里。")
    lines = (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return {entry[0]: int(entry[1]) for entry in entries if _CHINESE.fullmatch(entry[0])}
