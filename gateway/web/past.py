"""What happened to a case, line by line, in words a cadre would use, with the names of those who did it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.web.words import HOW_TOLD, RATINGS, moment, why_no_picture, why_no_words
from models import history
from models.casework import opening
from models.casework.warning import COLOURS
from models.escalation import Ladder
from models.history import Event, HistoryLine
from models.people import Officer
from models.petition import CHANNELS
from models.places import Unit
from models.recusal import DECLARED, Ground

BY_THE_VILLAGER = frozenset({Event.RECEIVED, Event.ADDED, Event.RATED})
WHY_MOVED = {"extension": "（延期）", "paused": "（中止的日子不算）", "calendar": "（放假安排公布，重新推算）"}
WHY_KEPT_OUT = {Ground.NAMED: "她的话里写到他", Ground.ABOVE: "她的话里写到他管的人", **DECLARED}


@dataclass(frozen=True)
class Happening:
    """One line of the history as it is shown."""

    at: str
    what: str
    who: str


@dataclass(frozen=True)
class _Names:
    """Names of officers and units by their ids, the county's ladder, and the moment from which dates are looked at."""

    officers: Mapping[int, str]
    units: Mapping[str, str]
    ladder: Ladder
    now: datetime


Phrase = Callable[[dict[str, Any], _Names], str]


def happenings(session: Session, petition_id: int, *, ladder: Ladder, now: datetime) -> tuple[Happening, ...]:
    """The history of a case, oldest first."""
    lines = history.lines(session, petition_id)
    names = _names(session, lines, ladder=ladder, now=now)
    return tuple(_happening(line, names) for line in lines)


def _happening(line: HistoryLine, names: _Names) -> Happening:
    event = Event(line.event)
    nobody = "群众" if event in BY_THE_VILLAGER else "系统"
    who = names.officers[line.officer_id] if line.officer_id is not None else nobody
    return Happening(moment(line.at, now=names.now), PHRASES[event](line.detail, names), who)


def _names(session: Session, lines: list[HistoryLine], *, ladder: Ladder, now: datetime) -> _Names:
    people = {line.officer_id for line in lines} | {line.detail.get("officer") for line in lines}
    officers = select(Officer.id, Officer.name).where(Officer.id.in_(people))
    units = select(Unit.id, Unit.name).where(Unit.id.in_({str(line.detail.get("unit")) for line in lines}))
    return _Names(
        officers={row.id: row.name for row in session.execute(officers)},
        units={row.id: row.name for row in session.execute(units)},
        ladder=ladder,
        now=now,
    )


def _plain(sentence: str) -> Phrase:
    return lambda _detail, _names: sentence


def _received(detail: dict[str, Any], _names: _Names) -> str:
    return f"收到{CHANNELS[detail['channel']]}诉求，登记"


def _added(detail: dict[str, Any], _names: _Names) -> str:
    return "群众又发来一段话，记到这件里" if "statement" in detail else "录下一段话"


def _picture(detail: dict[str, Any], _names: _Names) -> str:
    return f"有一张照片没有取到：{why_no_picture(detail['why'])}" if "why" in detail else "收到一张照片"


def _listened(detail: dict[str, Any], _names: _Names) -> str:
    return "看了照片" if "picture" in detail else "听了录音"


def _voice_only(detail: dict[str, Any], _names: _Names) -> str:
    return f"没有文字：{why_no_words(detail['why'])}"


def _part_lost(detail: dict[str, Any], _names: _Names) -> str:
    return f"有一段录音没有文字：{why_no_words(detail['why'])}"


def _assigned(detail: dict[str, Any], names: _Names) -> str:
    return f"分办给{names.units[detail['unit']]}"


def _reopened(detail: dict[str, Any], names: _Names) -> str:
    return f"群众不满意，升一级重新办，交{names.units[detail['unit']]}"


def _dates_set(detail: dict[str, Any], names: _Names) -> str:
    before, after = (moment(datetime.fromisoformat(detail[which]), now=names.now) for which in ("before", "after"))
    why = WHY_MOVED.get(detail.get("why", ""), "")
    return f"办结期限由{before}改为{after}{why}" if before != after else f"核定类别，办结期限不变：{after}"


def _visited(detail: dict[str, Any], _names: _Names) -> str:
    return "走访，拍了照片" if detail["picture"] else "走访，记了一笔"


def _replied(detail: dict[str, Any], _names: _Names) -> str:
    return "写了答复（她问的别的，当面或电话里说了）" if detail.get("aside") else "写了答复"


def _told(detail: dict[str, Any], _names: _Names) -> str:
    return f"群众已知道结果：{HOW_TOLD[detail['how']]}"


def _rated(detail: dict[str, Any], _names: _Names) -> str:
    manner = f"；态度和快慢：{RATINGS[detail['manner']]}" if "manner" in detail else ""
    return f"群众评价：{RATINGS[detail['score']]}{manner}"


def _closed(detail: dict[str, Any], _names: _Names) -> str:
    return "办结" if detail.get("rated") else "办结（群众没有评价，不算满意）"


def _bounced(detail: dict[str, Any], names: _Names) -> str:
    return f"{names.units[detail['unit']]}退单"


def _urged(detail: dict[str, Any], _names: _Names) -> str:
    return f"群众又来催（第 {detail['times']} 次）"


def _opening(detail: dict[str, Any], _names: _Names) -> str:
    return f"申请开封听原声（{opening.REASONS[detail['reason']]}）"


def _handed(detail: dict[str, Any], names: _Names) -> str:
    return f"交{names.units[detail['unit']]}一起办，{detail['members']} 个人打得开"


def _recused(detail: dict[str, Any], names: _Names) -> str:
    return f"{names.officers[detail['officer']]}回避：{WHY_KEPT_OUT[Ground(detail['ground'])]}"


def _read_back(detail: dict[str, Any], _names: _Names) -> str:
    return f"打电话把核过的文字念给她核对：{READ_BACK[detail['said']]}"


def _on_site(detail: dict[str, Any], _names: _Names) -> str:
    return f"写了线下督办的结果，告诉反映这件事的 {detail['people']} 个人"


def _asked_after(detail: dict[str, Any], _names: _Names) -> str:
    return "来电问过办到哪里" if detail["right"] else "有人来电问，口令不对"


def _extension(detail: dict[str, Any], _names: _Names) -> str:
    return "批准延期" if detail["granted"] else "不同意延期"


def _escalated(detail: dict[str, Any], names: _Names) -> str:
    """A rung the county has taken out of its ladder since has no name any more."""
    rung = names.ladder.rungs.get(detail["rung"])
    return f"{COLOURS[rung.colour]}：{rung.name}" if rung else "预警"


READ_BACK = {
    "so": "她说对",
    "not_so": "她说不对，要重新听、重新核稿",
    "nothing": "她没有说对不对",
    "nobody": "没有人接",
}
PHRASES: dict[Event, Phrase] = {
    Event.RECEIVED: _received,
    Event.ADDED: _added,
    Event.PICTURE: _picture,
    Event.TRANSCRIBED: _plain("机器听写完了"),
    Event.VOICE_ONLY: _voice_only,
    Event.PART_LOST: _part_lost,
    Event.NEW_PART: _plain("核稿以后又收到一段录音，要再核稿"),
    Event.HELD: _plain("可能是举报，只给纪检看"),
    Event.SEALED: _plain("封存：只有纪检人员自己的密钥打得开"),
    Event.OPENING_ASKED: _opening,
    Event.OPENING_AGREED: _plain("同意开封听原声"),
    Event.RELEASED: _plain("纪检看过，不是举报，放行"),
    Event.ASSIGNED: _assigned,
    Event.DATES_SET: _dates_set,
    Event.CONFIRMED: _plain("核对了文字（核稿确认）"),
    Event.READ_BACK: _read_back,
    Event.LISTENED: _listened,
    Event.BOUNCED: _bounced,
    Event.REFUSED: _plain("不予受理，说明理由和去处"),
    Event.WITHDRAWN: _plain("群众撤回"),
    Event.MERGED: _plain("并入同一个人的另一件"),
    Event.PAGED: _plain("人命关天，短信叫了值班的人"),
    Event.URGED: _urged,
    Event.JOINED: _plain("和另一件认定为同一件事，一起办"),
    Event.EXTENSION_ASKED: _plain("申请延期"),
    Event.EXTENSION_DECIDED: _extension,
    Event.PAUSED: _plain("依法中止"),
    Event.RESUMED: _plain("恢复办理"),
    Event.ACCEPTED: _plain("签收"),
    Event.REPLIED: _replied,
    Event.VISITED: _visited,
    Event.TOLD: _told,
    Event.NOT_TOLD: _plain("结果短信到不了，请人打电话或上门告诉"),
    Event.RATED: _rated,
    Event.ON_SITE: _on_site,
    Event.REOPENED: _reopened,
    Event.CLOSED: _closed,
    Event.ESCALATED: _escalated,
    Event.PRESSED: _plain("督办，短信告诉了承办的人和单位负责人"),
    Event.ANSWERED: _plain("预警回了“收到”"),
    Event.DELETED: _plain("依法删除了内容"),
    Event.DISCLOSED: _plain("应本人要求，给了她一份关于她的信息"),
    Event.CORRECTED: _plain("应本人要求，更正了她的信息"),
    Event.MARKED_UP: _plain("标为上交上一级"),
    Event.HANDED_UP: _plain("上交了，内容已销毁"),
    Event.HANDED: _handed,
    Event.RECUSED: _recused,
    Event.ASKED: _asked_after,
    Event.SHOWN: _plain("群众同意，结果挂上公开栏"),
    Event.TAKEN_DOWN: _plain("结果从公开栏上撤下"),
    Event.OTHER_NUMBER: _plain("记下另一个找得到她的电话"),
    Event.CALL_BACK: _plain("答应给群众回电"),
    Event.CALLED_BACK: _plain("联系了群众"),
    Event.NOT_REACHED: _plain("去找过，没有联系上"),
}
