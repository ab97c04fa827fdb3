"""The conversation as a Mermaid picture, walked out of the flow itself: it shows what is and not what was meant.

One box for what a call is about, one arrow for what she does and what it leads to. Hanging up is an ending everywhere
and is left out.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ivr import announcing
from ivr.announcing import Studio
from ivr.flow import DONE, Answered, Called, Input, Pressed, Rung, Silent, Spoke, Waited, turn
from ivr.ours import MOST_WAITS
from ivr.script import Ask, At, Deed, Known, Record, Step, Transfer, Turn, Wait
from models.affairs import Book

Following = Callable[[Turn], Iterator[tuple[str, Turn]]]
BOXES = {
    At.TELL: "她说，我们听",
    At.HEAR: "听出是什么事，最多等三秒",
    At.SAME: "是不是上回那件事",
    At.PLACE: "哪个村",
    At.WHOSE: "帮谁说的",
    At.PRESENT: "他在不在旁边",
    At.DUTY: "转值班的人，一个一个打",
    At.RESULT: "念给她听，问听清没有、满不满意",
    At.MANNER: "问态度和快慢",
    At.SURE: "听着是不满意，反问一次",
    At.WHY: "哪里没有办好，她说",
    At.AGREES: "念核过的文字，问对不对",
    At.ANEW: "不对，她再说一遍",
    At.OFFER: "编号报两遍，可再听、再说",
    At.REAL: "举报：留不留真名",
    At.NAME: "举报：名字",
    At.WHEN: "举报：哪个时候能打给她",
    At.ASKS: "举报：按编号和口令来问",
    At.MINE: "她的件办到哪里了",
    At.NUMBER: "问是哪个编号，按或者念，三遍",
    At.BOOK: "听账：哪个村，三遍",
    At.CHASE: "听账：没有公布，要不要催",
    At.PIN: "录提示音：六位密码",
    At.TONGUE: "录哪种话",
    At.SENTENCE: "念一句，她照着说",
    At.SOUND: "等她的声音，最多十五秒",
    At.KEEP: "放给她听，问用不用",
    At.TOTALS: "听账：总数，要细听吗",
    At.LINE: "听账：一条一条，从大到小",
}
ENDS = {Deed.CALL_BACK: "答应打回去", Deed.FETCH_PERSON: "请人"}
BYE, BEGIN, OURS = "再见", "接通，一句话", "我们打过去，她接了"
WHY_WE_CALL = {
    "tell": "短信没送到",
    "rate": "七天没有评价",
    "agree": "机器没听清，核过稿",
    "missed": "她没说上话就挂了",
    "danger": "她在危险里挂了",
}
DEEDS: tuple[tuple[str, Input], ...] = (
    ("不出声", Silent()),
    ("说了一段", Spoke("", 9)),
    ("按 #", Spoke(DONE, 9)),
    ("按 0", Spoke("0", 9)),
    *((f"按 {key}", Pressed(key)) for key in "01234"),
    ("按编号和口令", Pressed("31027566219")),
    ("按编号", Pressed("3102756")),
    ("按别的键", Pressed("9")),
)
BOOK = Book("C17", "六坪村", 1, "一共2条", ("租金", "水泥"))
KNOWN = Known(on_duty=1, asks=True, word="6219", rates=True, book=BOOK)
RINGING = (("有人按一接了，说完", Known(taken=True)), ("没有人接", Known()))
WAITING: tuple[tuple[str, Known], ...] = (
    ("等一秒", Known()),
    ("没有要问的", Known(sounds=(1,), heard=True)),
    ("上回的没办结", Known(heard=True, earlier="修路")),
    ("村不清楚", Known(heard=True, places=())),
    ("听着危险", Known(heard=True, danger=True, on_duty=1)),
    ("要找人", Known(heard=True, person=True, on_duty=1)),
    ("帮别人说", Known(heard=True, behalf=True)),
    ("听出是", Known(heard=True, said=True, placed=True, behalf=True)),
    ("听出不是", Known(heard=True, said=False, behalf=True)),
    ("有这个编号", Known(heard=True, case="3102756", standing="办理中")),
    ("听出不满意", Known(heard=True, rates=True, score=3)),
    ("听出满意", Known(heard=True, rates=True, score=1)),
    ("说的是事情", Known(heard=True, matter=True)),
    ("听出是哪个村", Known(heard=True, book=BOOK)),
    ("没有公布", Known(heard=True, book=replace(BOOK, missing="第三季度"))),
)


STUDIO = Studio(let_in=True, words="您好", following=(2, "再见"), sound=1)
ANNOUNCING: tuple[tuple[str, Input, Studio], ...] = (
    ("密码对", Pressed("052718"), STUDIO),
    ("密码不对", Pressed("052718"), Studio()),
    ("错了三次", Pressed("052718"), Studio(locked=True)),
    ("不出声", Silent(), STUDIO),
    ("说了一句", Spoke("", 5), STUDIO),
    ("按 9", Spoke("9", 1), STUDIO),
    *((f"按 {key}", Pressed(key), STUDIO) for key in "1239"),
    ("按 1，没有要录的了", Pressed("1"), Studio()),
)


def draw() -> str:
    """The whole picture of a call of hers, ready for a Mermaid block."""
    return _drawn(_arrows([turn(Step(), Answered())], _next))


def draw_ours() -> str:
    """The same of a call of ours, as far as it is not like hers."""
    firsts = {did: turn(Step(), Called(why), KNOWN) for why, did in WHY_WE_CALL.items()}
    begin = [(OURS, _about(first), [did]) for did, first in firsts.items()]
    return _drawn([*begin, *_arrows([first for first in firsts.values() if first.step != Step()], _next)])


def draw_announcing() -> str:
    """The same of an officer's call who records the prompts."""
    return _drawn(_arrows([announcing.begin()], _next_announcing))


def _drawn(found: Iterable[tuple[str, str, list[str]]]) -> str:
    names: dict[str, str] = {}
    arrows = [f"  {_box(names, before)} -- {'、'.join(did)} --> {_box(names, after)}" for before, after, did in found]
    boxes = [f'  {name}["{said}"]' for said, name in names.items()]
    return "\n".join(["flowchart TD", *boxes, *arrows]) + "\n"


def _arrows(firsts: list[Turn], following: Following) -> Iterator[tuple[str, str, list[str]]]:
    found: dict[tuple[str, str], list[str]] = {}
    for before, did, after in _walk(firsts, following):
        said = found.setdefault((_about(before), _about(after)), [])
        if did not in said:
            said.append(did)
    return ((before, after, did) for (before, after), did in found.items())


def _walk(firsts: list[Turn], following: Following) -> Iterator[tuple[Turn, str, Turn]]:
    """Every turn that can be reached, and what leads from it."""
    seen, ahead = {_place(first) for first in firsts}, deque(firsts)
    while ahead:
        here = ahead.popleft()
        for did, after in following(here):
            yield here, did, after
            if _place(after) not in seen:
                seen.add(_place(after))
                ahead.append(after)


def _next(here: Turn) -> Iterator[tuple[str, Turn]]:
    if any(isinstance(move, Wait) for move in here.moves):
        keyed = any(isinstance(move, Ask) for move in here.moves)  # what is waited for is keys
        waiting = (("不按", KNOWN),) if keyed else WAITING
        yield from ((did, turn(here.step, Waited(), replace(known, asks=True))) for did, known in waiting)
    if here.moves and isinstance(here.moves[-1], Transfer):
        yield from ((did, turn(here.step, Rung(), known)) for did, known in RINGING)
    yield from ((label, turn(here.step, did, KNOWN)) for label, did in DEEDS if _listens_for(here, did))


def _next_announcing(here: Turn) -> Iterator[tuple[str, Turn]]:
    if any(isinstance(move, Wait) for move in here.moves):
        keyed = any(isinstance(move, Ask) for move in here.moves)
        waiting = (("不按", STUDIO),) if keyed else (("等一秒", Studio()), ("声音到了", STUDIO))
        yield from ((did, announcing.turn(here.step, Waited(), studio)) for did, studio in waiting)
    heard = ((label, did, studio) for label, did, studio in ANNOUNCING if _listens_for(here, did))
    yield from ((label, announcing.turn(here.step, did, studio)) for label, did, studio in heard)


def _listens_for(here: Turn, did: Input) -> bool:
    if not isinstance(did, Pressed):
        return any(isinstance(move, Record) for move in here.moves)
    return any(isinstance(move, Ask) and move.digits == len(did.key) for move in here.moves)


def _place(here: Turn) -> tuple[tuple[str, ...], Step]:
    """Where a turn leads from: the second part and the tenth are alike."""
    step = here.step
    kinds = tuple(type(move).__name__ for move in here.moves)
    return kinds, replace(step, parts=min(step.parts, 1), waited=min(step.waited, MOST_WAITS))


def _about(here: Turn) -> str:
    if any(isinstance(move, Ask | Record | Wait | Transfer) for move in here.moves):
        return BEGIN if here.step == Step() and isinstance(here.moves[0], Ask) else BOXES[here.step.at]
    return ENDS.get(here.deed, BYE) if here.deed else BYE


def _box(names: dict[str, str], said: str) -> str:
    return names.setdefault(said, f"n{len(names)}")
