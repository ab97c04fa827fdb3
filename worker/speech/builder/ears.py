"""The ear of a model made before: taken over only where its sounds are numbered as they are here."""

import json
from dataclasses import dataclass
from pathlib import Path

from worker.speech.builder.phones import phone_table
from worker.speech.model_card import NotAModel, read_card
from worker.speech.refusal import Refused

PHONES = "graph/phones.txt"
_REMEMBERED = ("hours", "recordings", "epochs", "seed of the ear")


class NotAnEar(Refused):
    """The folder's model cannot lend its ear: there is none, or its sounds are numbered in another way."""


class Taken(Refused):
    """Where the model is to go there is something else, which nobody gets back once it is overwritten."""


@dataclass(frozen=True)
class Lent:
    """`am/final.mdl` of a model, what it remembers of how it learnt, and its card."""

    ear: bytes
    made: dict[str, object]
    card: str


def lent_by(folder: Path) -> Lent:
    """The ear of the model in a folder; raises NotAnEar.

    A model made elsewhere, or before a sound was added here, would load and hear nonsense: nothing in final.mdl says
    which number is which sound, so it is told from the list of phones beside it.
    """
    try:
        read_card(folder)
        ear = (folder / "am" / "final.mdl").read_bytes()
        phones = (folder / PHONES).read_text(encoding="utf-8")
    except (NotAModel, OSError) as error:
        raise NotAnEar(f"{folder} 不是本命令做出来的语音模型，借不到它听音的部分。") from error
    if phones != phone_table():
        raise NotAnEar(f"{folder} 的音的编号和现在的不一样，借来也听不对；请去掉 --language-only 重做。")
    told = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card = folder / "MODEL_CARD.md"
    made = {name: told[name] for name in _REMEMBERED if name in told}
    return Lent(ear, made, card.read_text(encoding="utf-8") if card.is_file() else "")


def check_place(folder: Path) -> None:
    """Go on only where nothing is, or a demonstration model that may be replaced; raises Taken."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        ours = read_card(folder).demonstration
    except (NotAModel, OSError):
        ours = False
    if not ours:
        raise Taken(f"{folder} 里有别的东西，不能覆盖；请换一个目录。")
