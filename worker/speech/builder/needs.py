"""What a model is made with that the program itself does not need: said in one sentence where it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from worker.speech.refusal import Refused


class Missing(Refused):
    """Something a model is made with is not installed; the sentence names it, its size and the command."""


@dataclass(frozen=True)
class Need:
    """A package from PyPI: what it is imported as, what it is called there, megabytes once installed."""

    module: str
    package: str
    megabytes: int


WORDS = (Need("jieba", "jieba", 45),)
"""Enough for the words alone: another language model beside sounds already learnt."""

SOUNDS = (
    Need("espeakng_loader", "espeakng-loader", 20),
    Need("kaldi_native_fbank", "kaldi-native-fbank", 5),
    Need("scipy", "scipy", 120),
    Need("torch", "torch==2.13.0", 750),
)
"""Needed besides where the sounds are learnt too."""


def require(needs: Iterable[Need]) -> None:
    """Go on only where everything is installed; raises Missing."""
    absent = [need for need in needs if find_spec(need.module) is None]
    if absent:
        raise Missing(_sentence(absent))


def _sentence(absent: list[Need]) -> str:
    listed = "、".join(f"{need.package}（约 {need.megabytes} MB）" for need in absent)
    total = sum(need.megabytes for need in absent)
    command = " ".join(need.package for need in absent)
    return f"还缺 {listed}，共约 {total} MB；请先运行 pip install {command}，再重来一次。"
