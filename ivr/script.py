"""The moves a line can make. A provider's file turns them into its own words."""

from dataclasses import dataclass
from enum import StrEnum

from models.affairs import Book


@dataclass(frozen=True)
class Say:
    """Speak one prompt; `number` fills the gap of a prompt that reads a case number, `about` that of any other."""

    prompt: str
    number: str = ""
    about: str = ""


@dataclass(frozen=True)
class Ask:
    """Speak a prompt while a key is listened for, or as many as `digits`, and `seconds` after it."""

    prompt: str
    seconds: int = 1
    about: str = ""
    digits: int = 1


@dataclass(frozen=True)
class Record:
    """Listen to her: ends after `silence` seconds of it, on one of `keys`, or at the longest part. Where it is not
    `filed` she is only asked for a number: what she says becomes no case by itself.
    """

    silence: int
    longest: int = 150
    keys: str = "0#"
    filed: bool = True


@dataclass(frozen=True)
class PlayBack:
    """Let her hear what she has said: her own recordings, by their ids."""

    parts: tuple[int, ...]


@dataclass(frozen=True)
class Wait:
    """Be silent for a moment and come back: something about her is still on its way."""

    seconds: int = 1


@dataclass(frozen=True)
class Bye:
    """Ring off."""


@dataclass(frozen=True)
class Transfer:
    """Ring the telephone of the duty list that has this place in it, for so many seconds, until somebody presses 1."""

    place: int
    seconds: int = 20


Move = Say | Ask | Record | PlayBack | Wait | Transfer | Bye


class Deed(StrEnum):
    """What the conversation asks of the casework besides talking on."""

    SLOWER = "slower"  # she asked to hear it slowly
    BY_CALL = "by_call"  # she reads no texts
    SEAL = "seal"  # she chose to report: what follows is for the discipline office alone
    CALL_BACK = "call_back"  # nothing could be heard: a person calls back
    FETCH_PERSON = "fetch_person"  # she asked for a person
    DANGER = "danger"  # she was heard to be in danger
    BESIDE = "beside"  # she is asked about a matter she brought before: the two stand beside each other
    JOIN = "join"  # and it is the same
    PLACE = "place"  # she said which village
    BEHALF = "behalf"  # she speaks for somebody else
    PRESENT = "present"  # who is with her
    ABSENT = "absent"  # or is not
    NOBODY = "nobody"  # all of the duty list were rung for her danger, and nobody pressed 1
    TOLD = "told"  # she has heard what we called her for
    TOLD_AND_PERSON = "told_and_person"  # and wants a person
    GOOD = "good"  # and is satisfied: 满意
    FAIR = "fair"  # 一般
    BAD = "bad"  # 不满意
    NOT_BAD = "not_bad"  # she was misunderstood
    KIND = "kind"  # how they went about it: 满意
    SO_SO = "so_so"  # 一般
    UNKIND = "unkind"  # 不满意
    NOT_UNKIND = "not_unkind"
    RATED = "rated"  # she was asked all, and says no more of it
    WHY = "why"  # she has said what is not good
    WHY_AND_PERSON = "why_and_person"
    SO = "so"  # her words as they were written down are hers
    NOT_SO = "not_so"  # or are not
    ANEW = "anew"  # and she has said them again
    ANEW_AND_PERSON = "anew_and_person"
    REAL = "real"  # who reports gives her own name
    MORNING = "morning"  # and may be called, at this time of day; without a word nobody calls her
    NOON = "noon"
    EVENING = "evening"
    STANDS = "stands"  # she has heard how a case stands
    FILE = "file"  # what she said instead of a number or a village is a matter
    READ = "read"  # of a village's accounts the totals or a line were read to her, or that they are not public
    ANNOUNCED = "announced"  # what an officer has said is a prompt from now on
    ASK_LINE = "ask_line"  # she asks about it
    CHASE = "chase"  # she wants them made public


class At(StrEnum):
    """What a conversation is about at the moment."""

    TELL = "tell"  # her statement
    HEAR = "hear"  # its words, which are waited for
    SAME = "same"  # whether it is the matter she brought before
    PLACE = "place"  # which village
    WHOSE = "whose"  # for whom she speaks
    PRESENT = "present"  # and whether he is with her
    DUTY = "duty"  # a person is rung for her
    RESULT = "result"  # what we have called her for
    MANNER = "manner"  # how they went about it
    SURE = "sure"  # whether she is not satisfied indeed
    WHY = "why"  # and why not
    AGREES = "agrees"  # whether her words were written down as she said them
    ANEW = "anew"  # and what she says instead
    OFFER = "offer"  # she may hear it again, or say more
    REAL = "real"  # whether who reports gives her name
    NAME = "name"  # and which it is
    WHEN = "when"  # whether she may be called, and when
    ASKS = "asks"  # what became of her report: its number and its word, by keys
    MINE = "mine"  # how her case stands
    NUMBER = "number"  # whose number she is asked for
    BOOK = "book"  # which village's accounts she wants to hear
    CHASE = "chase"  # whether they are to be made public
    PIN = "pin"  # an officer's digits, before she records the prompts
    TONGUE = "tongue"  # in which language
    SENTENCE = "sentence"  # what she is to say
    SOUND = "sound"  # that it comes
    KEEP = "keep"  # whether it is to be heard
    TOTALS = "totals"
    LINE = "line"


@dataclass(frozen=True)
class Step:
    """Where a conversation stands: how often she was helped along, how many parts she has said so far, for how many
    turns something has been waited for, and how far down the questions she was asked; how many of the duty list were
    rung, and whether that was for danger; how often she was asked for a number; the worse of her ratings, and whether
    one was asked back. Of accounts the village, the publication that is read, by its id, and the line, 0 the totals;
    of the prompts that an officer records their `language`, and the sentence.
    """

    helps: int = 0
    parts: int = 0
    report: bool = False
    at: At = At.TELL
    waited: int = 0
    asked: int = 0
    rung: int = 0
    danger: bool = False
    tries: int = 0
    score: int = 0
    doubted: bool = False
    village: str = ""
    book: int = 0
    line: int = 0
    language: str = ""


@dataclass(frozen=True)
class Known:
    """What the casework knows when a turn is decided: the number of her case, empty while there is none; which of her
    recordings can be played to her, None while some are on their way; whether all she said is in words by now.

    `earlier` is what an open case of her telephone is about (empty: it has no name yet), None where there is none;
    `places` the villages to choose between, none where she named none, None where it is known or need not be;
    `behalf` whether she seems to speak for somebody else; `said` yes or no in her last answer, `placed` whether it
    settles the village. `danger` whether somebody may be in danger, `person` whether she asks for one; `on_duty` how
    many telephones can be rung, `taken` whether a person has taken her over, `when` the half-day in which she is called
    back otherwise.

    Of a report: `asks` whether what she wishes can still be kept under her words, `hours` the time of day she said
    last, `word` the word by which she may ask later, `stands` the prompt that says how it stands, once number and word
    are right.

    Of the case she asks about: its number, `case`, and how it stands in words, `standing`, empty where there is none
    she may hear of; `matter` whether she was heard to speak of something where a number was asked for, or a village.

    Of accounts: the village that is `offered`, the `choice` between those she may have named, and the `book` once it is
    clear whose.

    In a call of ours that tells her something: what it is `about`, the `words` read to her, whether it `rates`, that is
    whether she is asked how good it is, and the `score` (1 to 3) in what she said last.
    """

    number: str = ""
    sounds: tuple[int, ...] | None = None
    heard: bool = False
    earlier: str | None = None
    places: tuple[str, ...] | None = None
    said: bool | None = None
    placed: bool = False
    behalf: bool = False
    danger: bool = False
    on_duty: int = 0
    taken: bool = False
    person: bool = False
    when: str = ""
    about: str = ""
    words: str = ""
    rates: bool = False
    score: int | None = None
    asks: bool = False
    hours: str | None = None
    word: str = ""
    stands: str = ""
    case: str = ""
    standing: str = ""
    matter: bool = False
    offered: str = ""
    choice: tuple[str, ...] = ()
    book: Book | None = None


@dataclass(frozen=True)
class Turn:
    """What the line does next, the step it then stands on, and what the casework must note."""

    moves: tuple[Move, ...]
    step: Step
    deed: Deed | None = None
