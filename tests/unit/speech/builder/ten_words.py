"""The smallest model there can be: ten words, some seconds of learning. In a process of its own, without vosk."""

import sys
from pathlib import Path

from worker.speech.builder.language import Language
from worker.speech.builder.lexicon import UNKNOWN, Lexicon
from worker.speech.builder.ngrams import Smoothing
from worker.speech.builder.package import Package
from worker.speech.builder.sounds import Effort, learn_sounds

WORDS = ("道路", "塌方", "停水", "停电", "没有", "我们", "村", "了", "三天", "快来")
SENTENCES = tuple(((one, other), 1.0) for one in WORDS for other in WORDS)


def main(folder: Path) -> None:
    language = Language(Lexicon(), (*WORDS, UNKNOWN), SENTENCES, dict.fromkeys(WORDS, 1.0))
    effort = Effort(recordings=150, epochs=1, voices=3)
    ear = learn_sounds(language, effort=effort, seed=1, progress=lambda *_: None)
    Package(ear.model, language.graphs(Smoothing()), "ten-words", "# ten words\n", {}).write(folder / "model")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
