"""A model made from beginning to end: the language of a county, an ear for it, both in one folder."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from worker.speech.builder import needs
from worker.speech.builder.corrections import read_corrections
from worker.speech.builder.county import County, read_county
from worker.speech.builder.ears import Lent, check_place, lent_by
from worker.speech.model_card import DEMO_MODEL

Say = Callable[[str], object]
NAME = "xiangyin-demo-synthetic-8k"
SEED = 20261122
RECORDINGS, EPOCHS = 12000, 5

UNMEASURED = """\
# Model card: {name}

**For tests, drills and a first look. Useless on real voices.** It was trained on nothing but the synthetic voices of
espeak-ng, and gets 96-99 % of the characters of real people wrong, as every model of this kind does. What it hears of
synthetic voices has not been measured for this build: run `xiangyin evaluate` with recordings whose words are known.
"""


@dataclass(frozen=True)
class Options:
    """What `xiangyin model build` may be told.

    `county` teaches names and matters, `corrections` are confirmed transcripts, one JSON a line. `language_only` makes
    the words anew and takes the ear of the model in `ear_of`. `recordings` and `epochs` say how long the ear is taught.
    """

    out: Path
    county: Path = Path("examples/tangxi")
    corrections: tuple[Path, ...] = ()
    language_only: bool = False
    ear_of: Path = DEMO_MODEL
    seed: int = SEED
    recordings: int = RECORDINGS
    epochs: int = EPOCHS
    name: str = NAME


def build(options: Options, *, say: Say) -> Path:
    """Make the model and answer with its folder; `say` hears what is being done, in plain Chinese.

    Raises needs.Missing, ears.Taken, ears.NotAnEar, county.NotACounty, corrections.BadCorrections: all are Refused.
    """
    check_place(options.out)
    lent = lent_by(options.ear_of) if options.language_only else None
    county = read_county(options.county)
    confirmed = [text for path in options.corrections for text in read_corrections(path)]
    needs.require(needs.WORDS if options.language_only else (*needs.WORDS, *needs.SOUNDS))
    say(f"地名、人名、单位、关键词共 {len(county.words)} 个，确认过的文字 {len(confirmed)} 条。")
    return _built(options, county, confirmed, lent, say)


def _built(options: Options, county: County, confirmed: Sequence[str], lent: Lent | None, say: Say) -> Path:
    # Imported only now: what these rooms stand on may be missing, and `build` has a sentence for that.
    from worker.speech.builder.language import learn_language  # noqa: PLC0415
    from worker.speech.builder.ngrams import Smoothing  # noqa: PLC0415
    from worker.speech.builder.package import Package  # noqa: PLC0415

    started = time.monotonic()
    language = learn_language(county, confirmed, seed=options.seed)
    say(f"认识 {len(language.words)} 个词，例句 {len(language.sentences)} 句。")
    lent = lent or _taught(options, county, say)
    made = {"seed": options.seed, "words": len(language.words), "confirmed": len(confirmed), **lent.made}
    card = lent.card or UNMEASURED.format(name=options.name)
    folder = Package(lent.ear, language.graphs(Smoothing()), options.name, card, made).write(options.out)
    say(f"模型在 {folder}，用了 {time.monotonic() - started:.0f} 秒。只会听合成的声音，听不懂真人，仅供演示。")
    return folder


def _taught(options: Options, county: County, say: Say) -> Lent:
    """An ear taught by the county's language without the confirmed texts: with them or without, it is the same ear."""
    from worker.speech.builder.bars import Bars  # noqa: PLC0415
    from worker.speech.builder.language import learn_language  # noqa: PLC0415
    from worker.speech.builder.sounds import Effort, learn_sounds  # noqa: PLC0415

    effort = Effort(recordings=options.recordings, epochs=options.epochs)
    language = learn_language(county, (), seed=options.seed)
    with Bars() as bars:
        ear = learn_sounds(language, effort=effort, seed=options.seed, progress=bars.show)
    say(f"听了 {ear.hours:.1f} 小时合成语音，最后每百帧听对 {100 * ear.right:.0f} 帧。")
    made: dict[str, object] = {
        "seed of the ear": options.seed,
        "recordings": effort.recordings,
        "epochs": effort.epochs,
    }
    return Lent(ear.model, {**made, "hours": round(ear.hours, 1)}, "")
