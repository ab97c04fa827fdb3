"""The sounds of Mandarin as the model knows them: 21 initials, 38 finals without tone, silence, and speech unknown.

A phone's number says where in a word it stands (B begin, E end, I inside, S single), so that words get exact times. The
four share one output of the network. Numbers: 1 silence, 2 unknown speech, then four to a sound.
"""

from collections.abc import Iterator, Sequence

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s"
_FINALS = """
a o e ai ei ao ou an en ang eng ong er i ia ie iao iou ian in iang ing iong ii iii
u ua uo uai uei uan uen uang ueng v ve van vn
"""
INITIALS, FINALS = tuple(_INITIALS.split()), tuple(_FINALS.split())
SIL, SPN = "SIL", "SPN"
SOUNDS = (*INITIALS, *FINALS)
OUTPUTS = (SIL, SPN, *SOUNDS)
"""What the network tells apart, in the order of its outputs (Kaldi calls them pdfs)."""

OUTPUT_OF = {name: index for index, name in enumerate(OUTPUTS)}
PLACES = "BEIS"
SILENCE_PHONE, UNKNOWN_PHONE = 1, 2
PHONE_COUNT = 2 + len(PLACES) * len(SOUNDS)

_PLACE_WORD = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}
_INTERJECTIONS = {"m": "en", "n": "en", "ng": "en", "hm": "en", "hng": "en", "ê": "e"}
_AFTER_Y = {"yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iou", "yan": "ian", "yin": "in", "yang": "iang"}
_AFTER_Y |= {"ying": "ing", "yong": "iong", "yu": "v", "yue": "ve", "yuan": "van", "yun": "vn", "yo": "iou"}
_AFTER_W = {"wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "uei", "wan": "uan", "wen": "uen"}
_AFTER_W |= {"wang": "uang", "weng": "ueng"}
_WHOLE = _INTERJECTIONS | _AFTER_Y | _AFTER_W
_SHORT = {"iu": "iou", "ui": "uei", "un": "uen", "ue": "ve", "io": "iou"}
_AFTER_JQX = {"u": "v", "ue": "ve", "uan": "van", "un": "vn"}


class NotASyllable(ValueError):
    """The letters are no syllable of Mandarin."""


def sounds_of(syllable: str) -> tuple[str, ...]:
    """A syllable of pinyin, with its tone number or without, as its sounds: `zhuang4` is zh and uang, `yi1` is i.

    `v` stands for ü. Raises NotASyllable.
    """
    letters = syllable.rstrip("012345").replace("ü", "v")
    whole = _WHOLE.get(letters, letters)
    if whole in FINALS:
        return (whole,)
    initial = letters[:2] if letters[:2] in INITIALS else letters[:1]
    final = _final_after(initial, letters[len(initial) :])
    if initial not in INITIALS or final not in FINALS:
        raise NotASyllable(syllable)
    return (initial, final)


def _final_after(initial: str, letters: str) -> str:
    if letters == "i":
        return {"zh": "iii", "ch": "iii", "sh": "iii", "r": "iii", "z": "ii", "c": "ii", "s": "ii"}.get(initial, "i")
    if initial in {"j", "q", "x"} and letters in _AFTER_JQX:
        return _AFTER_JQX[letters]
    return _SHORT.get(letters, letters)


def phone(sound: str, place: str) -> int:
    """The number of a sound at a place of its word."""
    return 3 + len(PLACES) * SOUNDS.index(sound) + PLACES.index(place)


def phones_of_word(sounds: Sequence[str]) -> tuple[int, ...]:
    """The phones of a whole word: begin, inside, end, or a single one."""
    if len(sounds) == 1:
        return (phone(sounds[0], "S"),)
    inside = [phone(sound, "I") for sound in sounds[1:-1]]
    return (phone(sounds[0], "B"), *inside, phone(sounds[-1], "E"))


def output_of_phone(number: int) -> int:
    """Which output of the network a phone is heard by."""
    return number - 1 if number <= UNKNOWN_PHONE else 2 + (number - 3) // len(PLACES)


def forward_id(number: int) -> int:
    """The transition by which a phone is entered (Kaldi's transition-id, one emitting state to a phone)."""
    return 2 * number


def loop_id(number: int) -> int:
    """The transition by which a phone goes on for another frame."""
    return 2 * number - 1


def phone_table() -> str:
    """All phones with their numbers as Kaldi lists them (`phones.txt`): how a model tells which sounds it hears by."""
    placed = (f"{sound}_{place}" for sound in SOUNDS for place in PLACES)
    return "".join(f"{name} {number}\n" for number, name in enumerate(("<eps>", SIL, SPN, *placed)))


def word_boundaries() -> Iterator[str]:
    """The lines of Vosk's `word_boundary.int`."""
    yield f"{SILENCE_PHONE} nonword"
    yield f"{UNKNOWN_PHONE} singleton"
    for number in range(3, PHONE_COUNT + 1):
        yield f"{number} {_PLACE_WORD[PLACES[(number - 3) % len(PLACES)]]}"
