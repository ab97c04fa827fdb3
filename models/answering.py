"""RULE What she asks, and whether an answer says anything to it. It is lenient: what says that the thing is done, or
names a day, a place, a person, is believed; only what says nothing to her question is held up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ROUND = 5  # characters of hers before and after, shown with her question
GAP = re.compile(r"〔([^〕]*)〕")
TEMPLATES = {
    "done": ("办好了", "已于〔几月几日〕〔办了什么〕，请放心。"),
    "plan": ("定了日子", "〔几月几日〕前〔谁〕来〔做什么〕。"),
    "come": ("要她来办", "请到〔哪里〕找〔谁〕，带上〔什么〕。"),
    "cannot": ("办不了", "办不了，因为〔为什么〕，可以〔去哪里、找谁〕。"),
}
"""How an answer may begin; what stands in 〔〕 is to be filled in."""

_DIGITS = "0-9０-９一二两三四五六七八九十百千万零半"
_DONE = re.compile(
    r"(?<!没)(?<!未)(?<!没有)(?<!不能)(?:已经?|都|全部|上门|了)?(?:办好|办妥|办完|办结|修好|修复|修通|解决|补发|发放|发到|到账|恢复|装好|换好|清运|清理|"
    r"疏通|接通|通水|通电|认证好|处理好|弄好|完工|竣工|退还|退回|付清|结清|补办)(?!不了)"
)


@dataclass(frozen=True)
class _Kind:
    label: str
    asked: re.Pattern[str]
    answered: re.Pattern[str]
    settled_when_done: bool = True


_KINDS = (
    _Kind(
        "到哪里",
        re.compile(r"哪里|哪儿|哪点|哪个(?:地方|部门|窗口|单位)|(?:啥子?|什么)地方|[到去在]哪(?!个|些)"),
        re.compile(r"[到去在来]|窗口|大厅|中心|村委|[镇乡街路所局站院]|上门|家里"),
    ),
    _Kind(
        "什么时候",
        re.compile(r"(?:什么|啥子?)时(?:候|间)|好久(?![了没都不以])|哪天|哪[一个]*月|几时|几号|多久|好多天|几天"),
        re.compile(
            rf"[{_DIGITS}](?:个)?(?:工作)?[月日号天点周]|[今明后][天日年]|[本下这]个?[周月年]|月底|年[底前内]|[上下]午|即日|随时|马上"
        ),
    ),
    _Kind(
        "多少",
        re.compile(r"多少|好多(?!天|人|年|次|回)"),
        re.compile(rf"[{_DIGITS}]|免费|不要钱|不收|不用交"),
        settled_when_done=False,
    ),
    _Kind(
        "怎么办、带什么",
        re.compile(r"(?:怎么|咋个?|啷个|如何)(?:办理?|弄|申请|领|交|报)|(?:带|要|准备|交)(?:些)?(?:啥子?|什么|哪些)"),
        re.compile(r"[带凭拿去到交填打找先来由]|上门|代办|不用"),
    ),
    _Kind(
        "找谁",
        re.compile(r"找(?:谁|哪个)|(?:谁|哪个)(?:来)?(?:管|负责|办)"),
        re.compile(rf"[找由]|电话|[{_DIGITS}]{{7,}}|主任|书记|同志|干部|网格员|[所站]长|我们|村委"),
    ),
    _Kind(
        "为什么",
        re.compile(r"为(?:什么|啥子?|何)|凭(?:什么|啥子?)"),
        re.compile(r"因|由于|是|没|不符|超|未|已满|等"),
    ),
)


@dataclass(frozen=True)
class Question:
    """What kind of thing she asks for, and how she said it."""

    label: str
    quote: str


def questions(words: str) -> tuple[Question, ...]:
    """Each kind once, in the order in which an answer may take them up."""
    return tuple(Question(kind.label, _quote(words, found)) for kind, found in _asked(words))


def unanswered(words: str, reply: str) -> tuple[Question, ...]:
    """Those of her questions to which this answer says nothing."""
    done = bool(_DONE.search(reply))
    open_ones = (
        (kind, found)
        for kind, found in _asked(words)
        if not (done and kind.settled_when_done) and not kind.answered.search(reply)
    )
    return tuple(Question(kind.label, _quote(words, found)) for kind, found in open_ones)


def gaps(reply: str) -> tuple[str, ...]:
    """What a template asked for and nobody has filled in."""
    return tuple(GAP.findall(reply))


def _asked(words: str) -> Iterator[tuple[_Kind, re.Match[str]]]:
    return ((kind, found) for kind in _KINDS if (found := kind.asked.search(words)))


def _quote(words: str, found: re.Match[str]) -> str:
    begin, end = max(0, found.start() - ROUND), found.end() + ROUND
    return f"{'…' if begin else ''}{words[begin:end]}{'…' if end < len(words) else ''}"
