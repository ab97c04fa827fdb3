"""RULE: a text or a spoken answer → a command, a rating, yes, no; and everything else is a villager speaking.

A command is the whole text or it is no command: "满意？路还是烂的" is a complaint, "查一下我家的低保" a matter. Command
words may be misspelt the way people misspell, by sound; ratings may not.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from models.dialect import Syllable, merge, syllables
from models.shadow import compact


class Awaiting(StrEnum):
    """What we last asked this telephone and have no answer to."""

    NOTHING = "nothing"
    RATING = "rating"


class Kind(StrEnum):
    RATING = "rating"
    STATUS = "status"
    HELP = "help"
    HUMAN = "human"
    NOISE = "noise"
    PETITION = "petition"


@dataclass(frozen=True)
class Command:
    """What a text asks of us. `name` is the command's own word (rate, query, progress, help, human); `rating` 1
    satisfied, 2 so-so, 3 not satisfied; `number` the digits given as a case number, whether or not there is
    such a case. A petition may begin with the number of a case it adds to.
    """

    kind: Kind
    name: str | None = None
    rating: int | None = None
    number: str | None = None


@dataclass(frozen=True)
class Row:
    """One command: the words that ask for it, and whether a case number may follow."""

    command: Command
    words: tuple[str, ...]
    numbered: bool = False


ROWS = (
    Row(Command(Kind.STATUS, "query"), ("查", "查询", "查号", "查编号", "编号", "单号", "案号"), numbered=True),
    Row(Command(Kind.STATUS, "progress"), ("进度", "查进度", "查询进度", "办到哪了", "办得咋样"), numbered=True),
    Row(Command(Kind.HELP, "help"), ("帮助", "咋个用", "怎么用", "使用说明", "说明")),
    Row(Command(Kind.HUMAN, "human"), ("人工", "转人工", "找人工", "人工服务", "找个人说", "我要跟人说", "我要找人")),
)

LONGEST_COMMAND = 40  # letters; whatever is longer is somebody speaking, and the patterns below are for short texts

_DIGITS = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_PICTURE = re.compile(r"\[(?:图片|照片|表情|动画表情|视频|语音|位置|文件|名片|链接)\]")
_POLITE_BEFORE = r"(?:你好|您好|喂|嗯|同志|领导|麻烦(?:你们?|您)?|请问?|帮我|给我|我想|我的)*"
_POLITE_AFTER = r"(?:谢谢|多谢|感谢|你们?|您|辛苦|领导|同志|了|的|哦|哈|嘛|啊|呀|噻)*"
_SOFTENED = re.compile(r"一下子?|下子?")
_ASKED = re.compile(rf"^{_POLITE_BEFORE}(.*?){_POLITE_AFTER}([\d零〇一幺二两三四五六七八九]{{4,8}})?{_POLITE_AFTER}$")
_ADDED_TO = re.compile(r"(?P<number>\d{6,7})\D")
_STRAY_DIGITS = re.compile(r"\d{1,5}")

_RATINGS = {
    1: (r"1|一", r"(?:很|非常|十分|挺|相当)?满意(?:得很|惨了|极了)?"),
    2: (r"2|二", r"一般般?|还可以|还行|马马虎虎|基本满意"),
    3: (r"3|三", r"(?:很|非常|十分|相当|一点(?:儿|都|也)?)?不(?:太|很|大)?满意(?:得很)?(?:没(?:有|得)?解决)?"),
}
_RATED = {
    score: re.compile(
        rf"(?:(?P<head>..)(?P<number>\d{{6,7}}))?{_POLITE_BEFORE}"
        rf"(?:(?:我?选|我?按|回复)?(?:{digit})|(?:我们?)?(?:觉得)?(?:(?:{word}){_POLITE_AFTER})+){_POLITE_AFTER}"
    )
    for score, (digit, word) in _RATINGS.items()
}
_DOUBTFUL = frozenset("?👎😡😠🤬💢😤😒🙄")

_YES = re.compile(r"[嗯哦啊呃]*(?:对头?的?|是的?|要得|得行|没错|就是的?|(?:对|要得|得行)嘛)+[啊哦呀哈噻]*")
_NO = re.compile(r"[嗯哦啊呃]*(?:不对|不是的?|要不得|不得行|搞?错了|没对)+[啊哦呀]*")


def understand(text: str, *, awaiting: Awaiting) -> Command:
    """Read a text. A rating is heard only where `awaiting` says that one was asked for."""
    folded = compact(text).lower()
    bare = _bare(folded)
    if len(bare) > LONGEST_COMMAND:
        return _spoken(bare)
    rated = _rating(folded, bare) if awaiting is Awaiting.RATING else None
    return rated or _asked(folded, bare) or _spoken(bare)


def yes_or_no(text: str) -> bool | None:
    """A spoken answer: whole phrases only. None for everything else, 不是嘛 among it, which here can mean yes."""
    bare = _bare(compact(text))
    if len(bare) > LONGEST_COMMAND:
        return None
    return False if _NO.fullmatch(bare) else bool(_YES.fullmatch(bare)) or None


def _bare(folded: str) -> str:
    """Letters and digits of any script; what a phone puts for a picture is not a word."""
    return "".join(filter(str.isalnum, _PICTURE.sub("", folded)))


def _rating(folded: str, bare: str) -> Command | None:
    """1, 2, 3 or the three answers, politely or not; asked back, or with an angry face, it is not satisfaction."""
    for score, form in _RATED.items():
        answer = form.fullmatch(bare)
        if answer and (score == 3 or not _DOUBTFUL & {*folded}) and _is_rating_word(answer["head"]):
            return Command(Kind.RATING, "rate", rating=score, number=answer["number"])
    return None


def _is_rating_word(head: str | None) -> bool:
    """评价, 平价, 评介 before a case number, or nothing."""
    return head is None or _sound(head) == _sound("评价") or _alike(head, "评价")


def _asked(folded: str, bare: str) -> Command | None:
    if folded == "?":
        return Command(Kind.HELP, "help")
    ((word, number),) = _ASKED.findall(_SOFTENED.sub("", bare))
    return _numbered(word, number.translate(_DIGITS)) if number else _unnumbered(word)


def _numbered(word: str, number: str) -> Command | None:
    """A word with a number is read by its sound; a number alone asks how its case stands."""
    if not word:
        return Command(Kind.STATUS, "query", number=number) if len(number) in {6, 7} else None
    row = _BY_SOUND.get(_sound(word))
    return replace(row.command, number=number) if row and row.numbered else None


def _unnumbered(word: str) -> Command | None:
    """A word alone must be written as it is, or keep one of its signs in its place: 邦助 is 帮助, 变好 is not 编号."""
    row = _BY_SOUND.get(_sound(word))
    spellings = row.words if row else ()
    return row.command if row and any(_alike(word, spelling) for spelling in spellings) else None


def _alike(word: str, spelling: str) -> bool:
    return len(word) == len(spelling) and any(map(str.__eq__, word, spelling))


def _spoken(bare: str) -> Command:
    """A villager speaking, or nothing that could be answered: no word at all, or a digit nobody asked for."""
    if not bare or _STRAY_DIGITS.fullmatch(bare):
        return Command(Kind.NOISE)
    adds_to = _ADDED_TO.match(bare)
    return Command(Kind.PETITION, number=adds_to["number"] if adds_to else None)


def _sound(word: str) -> tuple[Syllable, ...]:
    return tuple(map(merge, syllables(word)))


_BY_SOUND = {_sound(word): row for row in ROWS for word in row.words}
