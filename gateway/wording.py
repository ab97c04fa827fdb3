"""Every text that leaves, in one place: plain enough for a grandchild to read aloud, no link, no reply needed.

Each is a template with a number, as the carrier's office registers it; a county may word it otherwise, within the same
variables and the same number of parts. Only the answer carries a word of the matter, and its words are the officer's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from typing import Any

from models.casework.handling import LONGEST_REPLY
from models.lifecycle import BadInput
from models.message import Purpose

SEGMENT, FURTHER_SEGMENT = 70, 67  # UCS-2 characters in a text of one part, and in each part of a longer one
LONGEST_HOTLINE = 6
_ADDED = re.compile(r"[（/].*$")
_NOT_IN_A_TEXT = re.compile(r"[A-Za-z/<>@#&{}]|www|http", re.IGNORECASE)


class Reader(StrEnum):
    VILLAGER = "群众"
    OFFICER = "干部"


@dataclass(frozen=True)
class Variable:
    """What fills a gap, in a county office's words, and the longest it can be."""

    what: str
    longest: str


@dataclass(frozen=True)
class Template:
    """`parts`: how many the longest form of it may be paid as. `body`: without the signature, which nobody can leave
    out. `widest`: what a variable means here, where it holds more than elsewhere.
    """

    number: str
    reader: Reader
    when: str
    body: str
    parts: int = 1
    widest: Mapping[str, Variable] = field(default_factory=dict)

    @property
    def gaps(self) -> dict[str, Variable]:
        """Its variables with what they mean in it."""
        return {name: self.widest.get(name, VARIABLES[name]) for name in self.variables}

    @property
    def variables(self) -> tuple[str, ...]:
        return gaps(self.body)


@dataclass(frozen=True)
class Sentence:
    """A text as it is sent, and the number of the template it was made by."""

    text: str
    template: str


VARIABLES: Mapping[str, Variable] = {
    "number": Variable("七位编号", "3102756"),
    "result": Variable("办理结果，干部自己写", "办" * LONGEST_REPLY),
    "status": Variable("办到哪一步", f"编号3102756：已受理，待分办，在{'县' * 11}，超期100个工作日，已经在催。"),
    "date": Variable("日期", "12月31日"),
    "due": Variable("时限", "12月31日18:00"),
    "since": Variable("时刻", "12月31日18:05"),
    "unit": Variable("承办单位", "县" * 11),
    "place": Variable("哪个镇（乡）哪个村", "老君岩乡大石坎村"),
    "totals": Variable(
        "哪个季度，收了多少、花了多少、几条",
        "2026年第三季度的账：收入123456789元9角9分，支出123456789元9角9分，一共500条",
    ),
    "quarter": Variable("哪个季度", "2026年第三季度"),
    "word": Variable("催账要回的话", "催老君岩乡大石坎村的账"),
    "caller": Variable("群众的电话", "+8613900000101"),
    "where": Variable("可能的村名", "哪个镇（乡）哪个村还是别的什么村"),
    "colour": Variable("预警颜色", "黄色预警"),
    "what": Variable("哪一级预警", "快到时限还没人接手了"),
    "more": Variable("同时还有几件", "；另有99件"),
    "anchor": Variable("当天的锚", "2026-12-31 1234567890 12345 12345 12345 12345 12345"),
    "count": Variable("有几件", "100"),
}

_V, _O = Reader.VILLAGER, Reader.OFFICER
TEMPLATES: Mapping[Purpose, Template] = {
    Purpose.ACK: Template(
        "01", _V, "记下了她说的事", "您说的事已记录，编号{number}。一个工作日内有人受理。打回这个电话就能接着说。"
    ),
    Purpose.RESULT: Template(
        "02", _V, "办好了，告诉结果", "编号{number}已办结：{result}。满意回1，一般回2，不满意回3。"
    ),
    Purpose.REFUSED: Template(
        "03",
        _V,
        "不予受理，告诉理由和去处",
        "编号{number}不能受理：{result}。明白了回1，不同意回3，请上一级再看。",
        parts=2,
        widest={"result": Variable("不受理的理由和去处", "理" * 84)},
    ),
    Purpose.ON_SITE: Template(
        "21", _V, "线下督办的结果，告诉每一个反映的人", "编号{number}的事，督办的人到现场看过：{result}。"
    ),
    Purpose.EXTENDED: Template(
        "04", _V, "批准延期", "编号{number}要多办几天，批准延到{date}前。到时没有结果我们会催。"
    ),
    Purpose.WHERE: Template("05", _V, "问是哪个村", "请问您说的是{where}的事？回村名就行。"),
    Purpose.JOINED: Template("06", _V, "后来说的话记到同一件里", "您后来说的话也记下了，和前面是同一件事。"),
    Purpose.CALLING: Template("07", _V, "她要找人工", "好的，会有人给您打电话。"),
    Purpose.LEDGER: Template(
        "08",
        _V,
        "问账，不知道是哪个村",
        "{place}的账可以打电话听：打这个号码，接通后按3。也可以回：账，加上乡和村的名字。",
    ),
    Purpose.TOTALS: Template(
        "19", _V, "村里的账，总数", "{place}{totals}。想一笔一笔听、想问哪一笔，打这个号码，接通后按3。", parts=2
    ),
    Purpose.NOT_PUBLIC: Template(
        "20", _V, "村里的账还没有公布，要不要催", "{place}{quarter}的账还没有公布。要我们去催，就回：{word}", parts=2
    ),
    Purpose.RATE_AGAIN: Template("09", _V, "评价没看明白", "没看明白。编号{number}：满意回1，一般回2，不满意回3。"),
    Purpose.ASK_WITHDRAW: Template("10", _V, "问是不是真要撤回", "编号{number}要撤回吗？要撤回回1，不撤回2。"),
    Purpose.WITHDRAWN: Template("11", _V, "已撤回", "编号{number}已按您的意思撤回。以后有事再说就行。"),
    Purpose.GOES_ON: Template("12", _V, "不撤回", "好的，编号{number}不撤回，接着办。"),
    Purpose.STOPPED: Template("13", _V, "退订", "好的，以后不发短信了，有结果打电话告诉您。想再收短信就回：恢复。"),
    Purpose.RESUMED: Template("14", _V, "恢复短信", "好的，短信恢复了。"),
    Purpose.THANKS: Template("15", _V, "收到评价", "编号{number}，您的评价已记下，谢谢您。"),
    Purpose.REOPENED: Template("16", _V, "不满意，重新办", "编号{number}，您不满意，已交上一级重新办。"),
    Purpose.HELP: Template(
        "17", _V, "不会用，或者看不懂她发的", "直接发短信说事就行，写上村名。也可以打这个电话，接通就说。"
    ),
    Purpose.STATUS: Template("18", _V, "问办到哪里了", "{status}"),
    Purpose.WARNING: Template("31", _O, "预警", "{colour}：编号{number}（{unit}）{what}，时限{due}{more}。收到回1。"),
    Purpose.SEALED_WARNING: Template("32", _O, "密件预警", "编号{number}请登录系统查看{more}。收到回1。"),
    Purpose.NEARER: Template(
        "33", _O, "放假安排公布，时限提前", "编号{number}：放假安排公布后重新推算，办结时限提前到{due}。"
    ),
    Purpose.REPEATED: Template("34", _O, "重复反映", "重复反映：编号{number}（{unit}），同一个人又来催，请督办。"),
    Purpose.BY_MANY: Template(
        "35", _O, "多人反映", "多人反映：编号{number}（{unit}）的事已有多人反映，请安排线下督办。"
    ),
    Purpose.COLLECTIVE: Template(
        "36", _O, "集体反映", "集体反映：编号{number}（{unit}）的事反映的人多，请领导到现场处理。"
    ),
    Purpose.TWICE_BAD: Template(
        "41", _O, "第二次不满意", "红色督办：编号{number}（{unit}）群众第二次不满意，请督办，承办单位写书面说明。"
    ),
    Purpose.PRESSED: Template("42", _O, "督办员点了督办", "督办：编号{number}（{unit}），请马上办，进展写进系统。"),
    Purpose.EMERGENCY: Template(
        "37",
        _O,
        "可能有人遇险",
        "特急：{place}可能有人遇险！快打{caller}，派人去看，报110、119、120。编号{number}。",
    ),
    Purpose.ARBITRATE: Template("38", _O, "第二次退单", "编号{number}第二次退单，请在一个工作日内裁定由谁办。"),
    Purpose.ANCHOR: Template("39", _O, "当天的锚", "锚 {anchor}"),
    Purpose.SILENCE: Template("40", _O, "系统停了", "系统从{since}起没有检查时限，请马上找技术员。"),
}


def text(purpose: Purpose, slots: Mapping[str, Any], *, hotline: str) -> str:
    """The text in our own wording."""
    return worded(purpose, slots, hotline=hotline, own={}).text


def worded(purpose: Purpose, slots: Mapping[str, Any], *, hotline: str, own: Mapping[str, tuple[str, int]]) -> Sentence:
    """The text as it is sent, the county's own wording where it has one: `own` is purpose → body and how often it was
    rewritten. Raises KeyError for a missing word.
    """
    template = TEMPLATES[purpose]
    body, version = own.get(purpose, (template.body, 0))
    tidy = {name: _tidy(name, str(value)) for name, value in slots.items()}
    number = f"{template.number}-{version}" if version else template.number
    return Sentence(f"【{hotline}】{body.format(**tidy)}", number)


def _tidy(name: str, value: str) -> str:
    """As it stands in a sentence: without a stop of its own; of an office's name what it is called by."""
    return _ADDED.sub("", value) if name == "unit" else value.rstrip("。.")


def segments(sentence: str) -> int:
    """How many parts a Chinese text is sent and paid in."""
    length = len(sentence.encode("utf-16-le")) // 2  # a sign beyond the first plane takes the room of two
    return 1 if length <= SEGMENT else -(-length // FURTHER_SEGMENT)


def room(parts: int) -> int:
    """How many characters so many parts hold."""
    return SEGMENT if parts == 1 else parts * FURTHER_SEGMENT


def longest(purpose: Purpose, body: str, *, hotline: str) -> str:
    """The longest this wording can become."""
    values = {name: gap.longest for name, gap in TEMPLATES[purpose].gaps.items()}
    return f"【{hotline}】{body.format(**values)}"


def gaps(body: str) -> tuple[str, ...]:
    """The names in braces, in their order. Raises ValueError for braces that are none."""
    return tuple(name for _, name, _, _ in Formatter().parse(body) if name is not None)


def check(purpose: Purpose, body: str, *, hotline: str) -> str:
    """A county's own wording, if it can stand for ours: the same variables, each once, no link, within the parts that
    are paid. Raises BadInput with a sentence for whoever wrote it.
    """
    wanted, tidy = TEMPLATES[purpose], body.strip()
    if sorted(_gaps_of(tidy)) != sorted(wanted.variables):
        named = "、".join(f"{{{name}}}（{gap.what}）" for name, gap in wanted.gaps.items()) or "没有"
        raise BadInput("body", f"要填的空不能多也不能少，每个一次：{named}。")
    if not tidy or _NOT_IN_A_TEXT.search(re.sub(r"{\w+}", "", tidy)) or "【" in tidy or "】" in tidy:
        raise BadInput("body", "只写汉字、数字和标点：不要网址、字母，也不用写【】，署名会自己加上。")
    length = segments(longest(purpose, tidy, hotline=hotline))
    if length > wanted.parts:
        raise BadInput("body", f"太长了：空填到最长时要拆成 {length} 条，最多 {wanted.parts} 条。")
    return tidy


def _gaps_of(body: str) -> tuple[str, ...]:
    try:
        return gaps(body)
    except ValueError:
        return ("{",)
