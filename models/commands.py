"""RULE: a text or a spoken answer → a command, a rating, yes, no; and everything else is a villager speaking.

A command is the whole text or it is no command: "满意？路还是烂的" is a complaint, "查一下我家的低保" a matter. Command
words may be misspelt the way people misspell, by sound; ratings may not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from models import phrases
from models.dialect import Syllable, merge, syllables
from models.shadow import compact, shadow


class Awaiting(StrEnum):
    """What we last asked this telephone and have no answer to."""

    NOTHING = "nothing"
    RATING = "rating"
    YES_NO = "yes_no"  # whether she takes her case back


class Kind(StrEnum):
    RATING = "rating"
    STATUS = "status"
    HELP = "help"
    HUMAN = "human"
    LEDGER = "ledger"
    STOP = "stop"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    URGE = "urge"
    SUPPLEMENT = "supplement"
    ANSWER = "answer"
    NOISE = "noise"
    PETITION = "petition"


@dataclass(frozen=True)
class Command:
    """What a text asks of us. `name` is the command's own word (rate, query, progress, urge, help, human, ledger,
    stop, resume, cancel, supplement); `rating` 1 satisfied, 2 so-so, 3 not satisfied, None where she answered with
    something else; `number` the digits given as a case number, whether or not there is such a case; `place` the
    village whose accounts are asked for, as she wrote it, `chase` that they be made public; `yes` her answer to a
    question; `spoken`: it holds words to be kept.
    """

    kind: Kind
    name: str | None = None
    rating: int | None = None
    number: str | None = None
    place: str = ""
    chase: bool = False
    yes: bool | None = None
    spoken: bool = False


@dataclass(frozen=True)
class Row:
    """One command: the words that ask for it (alone or, if `numbered`, beside a case's number), and its whole forms."""

    command: Command
    words: tuple[str, ...]
    form: re.Pattern[str] | None = None
    numbered: bool = False
    letters: frozenset[str] = frozenset()


QUERY = Command(Kind.STATUS, "query")
HELP = Command(Kind.HELP, "help")
LEDGER = Command(Kind.LEDGER, "ledger")
ADDITION = Command(Kind.SUPPLEMENT, "supplement", spoken=True)
PROGRESS = Command(Kind.STATUS, "progress")
ROWS = (
    Row(QUERY, phrases.QUERY_WORDS, phrases.QUERY, numbered=True),
    Row(PROGRESS, phrases.PROGRESS_WORDS, phrases.PROGRESS, numbered=True),
    Row(Command(Kind.URGE, "urge"), phrases.URGE_WORDS, numbered=True),
    Row(HELP, phrases.HELP_WORDS, phrases.HELP),
    Row(Command(Kind.HUMAN, "human", spoken=True), phrases.PERSON_WORDS, phrases.PERSON),
    Row(Command(Kind.STOP, "stop"), phrases.STOP_WORDS, phrases.STOP, letters=phrases.STOP_LETTERS),
    Row(Command(Kind.RESUME, "resume"), phrases.RESUME_WORDS, phrases.RESUME, letters=phrases.RESUME_LETTERS),
    Row(Command(Kind.WITHDRAW, "cancel"), phrases.WITHDRAW_WORDS, phrases.WITHDRAW, numbered=True),
)

LONGEST_COMMAND = 40  # letters; whatever is longer is somebody speaking, and the patterns below are for short texts

_DIGIT = "[0-9零〇一幺二两三四五六七八九]"
_DIGITS = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_NUMBER = re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{4,8}}(?!{_DIGIT})")
_NUMBER_AND_DIGIT = re.compile(r"(?<!\d)(\d{6,7})\W+([123])(?!\d)")
_PICTURE = re.compile(r"\[(?:图片|照片|表情|动画表情|视频|语音|位置|文件|名片|链接)\]")
_POLITE_BEFORE = r"(?:你好|您好|喂|嗯|同志|领导|麻烦(?:你们?|您)?|请问?|帮我|帮忙|给我|我想|我要|我的)*"
_POLITE_AFTER = r"(?:谢谢|多谢|感谢|你们?|您|辛苦|领导|书记|同志|了|的|吧|哦|哈|嘛|啊|呀|噻|呢)*"
_SOFTENED = re.compile(r"一下子?|下子?(?!半|午|雨|雪)|(?<=[查看问])[一哈]?哈")
_CORE = re.compile(rf"{_POLITE_BEFORE}(.*?){_POLITE_AFTER}")
_STRAY_DIGITS = re.compile(r"\d{1,5}")

_RATINGS = {
    1: (r"1|一", r"(?:很|非常|十分|挺|相当)?满意(?:得很|惨了|极了)?"),
    2: (r"2|二", r"一般般?|还可以|还行|马马虎虎|勉强|基本满意"),
    3: (r"3|三", r"(?:很|非常|十分|相当|一点(?:儿|都|也)?)?(?:不|bu)(?:太|很|大)?满意?(?:得很)?"),
}
_STILL_NOT = r"(?:不行|不好|(?:还|都)?(?:是)?没(?:有|得)?(?:解决|弄好|办好|修好))?"
_RATED = {
    score: re.compile(
        rf"(?:(?P<head>..)#)?#?{_POLITE_BEFORE}(?:我?给|{_STILL_NOT if score == 3 else ''})?"
        rf"(?:(?:我?选|我?按|回复)?(?:{digit})(?:{word})?|(?:我们?)?(?:觉得)?(?:(?:{word}){_POLITE_AFTER})+(?:{digit})?){_POLITE_AFTER}"
        rf"{_STILL_NOT if score == 3 else ''}{_POLITE_AFTER}#?"
    )
    for score, (digit, word) in _RATINGS.items()
}
_DOUBTFUL = frozenset("?👎😡😠🤬💢😤😒🙄")

_YES = re.compile(r"[嗯哦啊呃]*(?:对头?的?|是的?|要得|得行|没错|就是的?|(?:对|要得|得行)嘛)+[啊哦呀哈噻]*")
_NO = re.compile(
    r"[嗯哦啊呃]*(?:不对|不是(?:的|这样子?的?|这个意思|我说的)?|要不得|不得行|[搞说写听记念]?错了|没对)+[啊哦呀]*"
)
_BACK = re.compile(
    r"1|一|好的?|可以|同意|确认|确定|(?:是的?|对|要|就|确定|确认)?(?:要)?撤(?:回|销|消|了)?|不用(?:办|管|来)?"
)
_NOT_BACK = re.compile(
    r"2|二|不|不要|不行|不同意|不撤(?:回|销|消)?|(?:先)?(?:莫|别|不要|不用)撤(?:回|销)?|还要办|继续办|要办|接着办"
)


def nowhere(_words: str) -> bool:
    """No gazetteer at hand: no words are a village's name."""
    return False


def understand(text: str, *, awaiting: Awaiting, names_a_village: Callable[[str], bool] = nowhere) -> Command:
    """Read a text. A rating, a yes or a no is heard only where `awaiting` says that one was asked for; whose accounts
    she wants to hear, only where `names_a_village` knows the name for the whole of one.
    """
    folded = compact(text).lower()
    bare = _bare(folded)
    if len(bare) > LONGEST_COMMAND:
        return _added(text) or Command(Kind.PETITION)
    readings = (
        _answer(text, folded, bare, awaiting),
        _asked(folded, bare),
        _added(text),
        _accounts(bare, names_a_village),
        _nothing_said(folded, bare),
    )
    return next(filter(None, readings), Command(Kind.PETITION))


def yes_or_no(text: str) -> bool | None:
    """A spoken answer: whole phrases only. None for everything else, 不是嘛 among it, which here can mean yes."""
    bare = _bare(compact(text))
    if len(bare) > LONGEST_COMMAND:
        return None
    return False if _NO.fullmatch(bare) else bool(_YES.fullmatch(bare)) or None


def _bare(folded: str) -> str:
    """Letters and digits of any script; what a phone puts for a picture is not a word."""
    return "".join(filter(str.isalnum, _PICTURE.sub("", folded)))


def _answer(text: str, folded: str, bare: str, awaiting: Awaiting) -> Command | None:
    if awaiting is Awaiting.RATING:
        return _rating(text, folded, bare) or _scorn(folded) or _no_such_rating(bare)
    return _yes_no(bare) if awaiting is Awaiting.YES_NO else None


def _rating(text: str, folded: str, bare: str) -> Command | None:
    """1, 2, 3 or the three answers, politely or not; asked back, or with an angry face, it is not satisfaction."""
    apart = _NUMBER_AND_DIGIT.search(shadow(text))
    marked, number = (bare.replace(f"{apart[1]}{apart[2]}", f"#{apart[2]}"), apart[1]) if apart else _marked(bare)
    for score, form in _RATED.items():
        answer = form.fullmatch(marked)
        if answer and (score == 3 or not _DOUBTFUL & {*folded}) and _is_rating_word(answer["head"]):
            return Command(Kind.RATING, "rate", rating=score, number=number)
    return None


def _scorn(folded: str) -> Command | None:
    """满意？路还是烂的: asked whether she is satisfied, she says how little. Her words are kept with it."""
    said = phrases.NOT_SATISFIED_AT_ALL.fullmatch(folded)
    return Command(Kind.RATING, "rate", rating=3, spoken=True) if said and len(_bare(folded)) > 4 else None


def _no_such_rating(bare: str) -> Command | None:
    """One digit, and none of the three."""
    return Command(Kind.RATING, "rate") if bare.isdecimal() and len(bare) == 1 else None


def _yes_no(bare: str) -> Command | None:
    core = _core(bare)
    yes = False if _NOT_BACK.fullmatch(core) or _NO.fullmatch(bare) else None
    if _BACK.fullmatch(core) or _YES.fullmatch(bare):
        yes = True
    return None if yes is None else Command(Kind.ANSWER, yes=yes)


def _is_rating_word(head: str | None) -> bool:
    """评价, 平价, 评介 before a case number, or nothing."""
    return head is None or _sound(head) == _sound("评价") or _alike(head, "评价")


def _marked(bare: str) -> tuple[str, str | None]:
    """The text with # where its one number stands, and that number."""
    found = _NUMBER.findall(bare)
    return (_NUMBER.sub("#", bare), found[0].translate(_DIGITS)) if len(found) == 1 else (bare, None)


def _core(bare: str) -> str:
    """The text without its politeness: what is asked, in as few words as it can be."""
    ((core),) = _CORE.fullmatch(_SOFTENED.sub("", bare)).groups()  # type: ignore[union-attr] # it matches any text
    return str(core)


def _asked(folded: str, bare: str) -> Command | None:
    if folded == "?":
        return HELP
    marked, number = _marked(bare)
    core, softened = _core(marked), _SOFTENED.sub("", marked)
    if core == "#":
        return replace(QUERY, number=number) if len(number or "") in {6, 7} else None
    doubted = "?" in folded
    for row in ROWS:
        if (_asks(row, core) or _asks(row, softened)) and not (doubted and row.command.kind is Kind.WITHDRAW):
            return replace(row.command, number=number)
    return None


def _asks(row: Row, core: str) -> bool:
    word = core.replace("#", "", 1)
    if "#" in core and not row.numbered:
        return False
    if core in row.letters or (len(word) <= LONGEST_WORD and _is_word(row, word, by_sound="#" in core)):
        return True
    return row.form is not None and bool(row.form.fullmatch(core))


def _is_word(row: Row, word: str, *, by_sound: bool) -> bool:
    """Beside a number a word is read by its sound. Alone it must be written as it is, or keep one of its signs in its
    place: 邦助 is 帮助, 变好 is not 编号.
    """
    same = _SPELLINGS[row.command].get(_sound(word), ()) if word else ()
    return bool(same) and (by_sound or any(_alike(word, one) for one in same))


def _alike(word: str, spelling: str) -> bool:
    return len(word) == len(spelling) and any(map(str.__eq__, word, spelling))


def _added(text: str) -> Command | None:
    """A text that begins with 补充 or with the number of a case, and goes on."""
    said = _PICTURE.sub("", shadow(text))
    for form in (phrases.ADDED_TO, phrases.ADDED):
        found = form.fullmatch(said)
        if found and _bare(found["words"]):
            return replace(ADDITION, number=found["number"])
    return None


def _accounts(bare: str, names_a_village: Callable[[str], bool]) -> Command | None:
    found = phrases.LEDGER.fullmatch(_core(_SOFTENED.sub("", bare)))
    if found is None:
        return None
    place, wanted = found["before"] or found["after"] or "", replace(LEDGER, chase=bool(found["chase"]))
    if place in phrases.OUR_VILLAGE:
        return wanted
    return replace(wanted, place=place) if names_a_village(place) else None


def _nothing_said(folded: str, bare: str) -> Command | None:
    """No word at all, a digit nobody asked for, a greeting, content that nobody asked after, letters struck at random:
    nothing to be dealt with.
    """
    if bare in phrases.DANGER or phrases.DANGER_SIGNS & {*folded}:
        return None
    empty = not bare or any(form.fullmatch(bare) for form in (_STRAY_DIGITS, phrases.COURTESIES, phrases.NO_LANGUAGE))
    content = phrases.CONTENT.fullmatch(bare) and not _DOUBTFUL & {*folded}
    return Command(Kind.NOISE) if empty or content else None


def _sound(word: str) -> tuple[Syllable, ...]:
    return tuple(map(merge, syllables(word)))


def _spellings(words: tuple[str, ...]) -> dict[tuple[Syllable, ...], list[str]]:
    """The words by their sound."""
    spelt: dict[tuple[Syllable, ...], list[str]] = {}
    for word in words:
        spelt.setdefault(_sound(word), []).append(word)
    return spelt


_SPELLINGS = {row.command: _spellings(row.words) for row in ROWS}
LONGEST_WORD = max(len(word) for row in ROWS for word in row.words)
