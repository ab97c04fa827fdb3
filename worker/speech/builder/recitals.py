"""What is to be read aloud, by whom and how: the orders the sounds are learnt from, drawn by chance from a seed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from worker.speech.builder.espeak import Manner
from worker.speech.builder.phones import sounds_of

Sentence = Sequence[str]
"""Words."""

Reading = Callable[[str], Sequence[str]]
"""The syllables of a word, numbered pinyin."""

_SPEECH, _WORDS, _SYLLABLES, _FOREIGN = 0.60, 0.15, 0.16, 0.05  # what is left is a line with nobody on it
_PAUSE_CHANCES = (0, 0, 0.04, 0.12, 0.25)

FOREIGN = {
    "en-gb-x-rp": (
        "good morning this is the bank calling about your account",
        "please leave a message after the tone and we will call you back",
        "the weather tomorrow will be cloudy with a little rain in the north",
    ),
    "en-us": (
        "hello how are you doing today I would like to ask a question",
        "your package has been delivered to the front door of your house",
        "turn left at the second street and then keep going for two miles",
    ),
    "es": ("buenos dias me gustaria hablar con el director de la escuela por favor",),
    "de": ("guten Tag ich möchte gern wissen wann der nächste Zug nach Hamburg fährt",),
    "fr": ("bonjour je voudrais savoir à quelle heure ouvre la pharmacie du village",),
    "it": ("buongiorno vorrei prenotare un tavolo per quattro persone questa sera",),
    "ru": ("здравствуйте скажите пожалуйста когда отходит следующий поезд в город",),
    "pt": ("bom dia eu queria saber onde fica a estação mais perto daqui",),
    "tr": ("merhaba yarın sabah saat dokuzda sizi tekrar arayacağım lütfen bekleyin",),
    "hi": ("नमस्ते मुझे कल सुबह अस्पताल जाना है कृपया मेरी मदद कीजिए",),
    "pl": ("dzień dobry chciałbym zapytać o godziny otwarcia urzędu w mieście",),
    "sw": ("habari za asubuhi naomba kuzungumza na daktari wa kijiji leo",),
}
"""Speech that is not ours: the model is to hear that somebody speaks, and no word."""


@dataclass(frozen=True)
class Recital:
    """One order: the text for the reader, the syllables in it and where each is written; empty text is nobody there."""

    number: int
    manner: Manner
    text: str = ""
    syllables: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    language: str = ""


def draw(
    count: int,
    *,
    sentences: Sequence[Sentence],
    words: Sequence[str],
    syllables: Sequence[str],
    stock: Sequence[str],
    invented: Sequence[str],
    reading: Reading,
    seed: int,
) -> list[Recital]:
    """So many orders, half of them to voices of espeak-ng's own, half to invented ones.

    Sixty in a hundred are sentences of the county, the rest words and syllables by chance, foreign speech, nobody.
    """
    dice = random.Random(f"{seed} recitals")  # noqa: S311  a seed, no secret

    def one(number: int) -> Recital:
        manner = _manner(dice, dice.choice(stock if number % 2 else invented))
        chance = dice.random()
        if chance < _SPEECH:
            return _spoken(number, manner, [reading(word) for word in dice.choice(sentences)], dice)
        if chance < _SPEECH + _WORDS:
            return _spoken(number, manner, [reading(word) for word in dice.choices(words, k=dice.randint(2, 9))], dice)
        if chance < _SPEECH + _WORDS + _SYLLABLES:
            return _spoken(number, manner, [[one] for one in dice.choices(syllables, k=dice.randint(4, 16))], dice)
        if chance < _SPEECH + _WORDS + _SYLLABLES + _FOREIGN:
            return _foreign(number, manner, dice)
        return Recital(number, manner)

    return [one(number) for number in range(count)]


def _manner(dice: random.Random, variant: str) -> Manner:
    return Manner(
        variant,
        rate=dice.randint(95, 235),
        pitch=dice.randint(15, 85),
        span=dice.randint(10, 90),
        gap=dice.choice((0, 0, 0, 2, 5, 10)),
    )


def _spoken(number: int, manner: Manner, words: Sequence[Sequence[str]], dice: random.Random) -> Recital:
    pause = dice.choice(_PAUSE_CHANCES)
    text, syllables, positions = "", [], []
    for word in words:
        for syllable in word:
            positions.append(len(text))
            syllables.append(syllable)
            text += syllable + " "
        if dice.random() < pause:
            text = text[:-1] + ", "
    return Recital(number, manner, text.rstrip(" ,"), tuple(syllables), tuple(positions))


def _foreign(number: int, manner: Manner, dice: random.Random) -> Recital:
    language = dice.choice(sorted(FOREIGN))
    words = dice.choice(FOREIGN[language]).split()
    first = dice.randint(0, len(words) // 2)
    return Recital(number, manner, " ".join(words[first:]), language=language)


def sounds(recital: Recital) -> list[tuple[str, ...]]:
    """The sounds of each syllable of an order."""
    return [sounds_of(syllable) for syllable in recital.syllables]
