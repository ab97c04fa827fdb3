"""What a speech model says of itself: its name, the rate it hears at, and whether it is only for demonstrations."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

DEMO_MODEL = Path(__file__).parent / "demo-model"
"""The bundled model: made of synthetic voices for tests, drills and a first look, useless on real ones."""

_VOSK_DEFAULT_RATE = 16000
_RATE = re.compile(r"^\s*--sample-frequency=(\d+)", re.MULTILINE)


class NotAModel(Exception):
    """The folder holds no speech model that Vosk could load, or its `model.json` cannot be read."""


@dataclass(frozen=True)
class ModelInfo:
    """A model's name, whether its words may only be shown as a demonstration, and its rate in samples a second."""

    name: str
    demonstration: bool
    rate: int


def read_card(model_dir: Path) -> ModelInfo:
    """The card of the model in a folder; a model without a `model.json` is a real one named after its folder.

    Raises NotAModel.
    """
    if not any((model_dir / place).is_file() for place in ("am/final.mdl", "final.mdl")):
        raise NotAModel(f"no speech model in {model_dir}")
    card = _card(model_dir / "model.json")
    return ModelInfo(
        name=str(card.get("name", model_dir.resolve().name)),
        demonstration=card.get("demonstration", False) is True,
        rate=_rate(model_dir),
    )


def _card(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise NotAModel(f"{path} cannot be read: {error}") from error
    if not isinstance(card, dict):
        raise NotAModel(f"{path} is not a JSON object")
    return card


def _rate(model_dir: Path) -> int:
    # Older models keep mfcc.conf at the top of the folder; one without the line hears at Kaldi's 16 kHz.
    for place in ("conf/mfcc.conf", "mfcc.conf"):
        if (model_dir / place).is_file():
            found = _RATE.search((model_dir / place).read_text(encoding="utf-8"))
            return int(found[1]) if found else _VOSK_DEFAULT_RATE
    return _VOSK_DEFAULT_RATE
