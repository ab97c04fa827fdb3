"""What the pages call things: every code of the house in the words of a county office, every moment in Beijing time."""

from collections.abc import Collection
from datetime import datetime

from models.clock import CHINA
from models.message import Delivery
from models.places import Level
from models.tasks import Why

LEVELS = {
    Level.COUNTY: "县级部门",
    Level.EXTERNAL: "县级部门",
    Level.DISCIPLINE: "县级部门",
    Level.TOWNSHIP: "乡镇",
    Level.VILLAGE: "村",
}

REASONS = {
    "village": "村",
    "category": "类别",
    "second": "也像",
    "urgency": "缓急",
    "guard": "把关",
    "unit": "承办",
}

RATINGS = {1: "满意", 2: "一般", 3: "不满意"}

WHY_TO_CALL = {
    Why.SILENT: "来过电话，没有录到话",
    Why.MISSED: "来过电话，我们没有接上",
    Why.WANTS_PERSON: "想找人工",
    Why.VOICE_ONLY: "录音听不成文字，要问清楚说的是什么",
    Why.NOT_TOLD: "办理结果没有送到本人，要打电话或上门告诉",
    Why.NOT_HEARD: "办理日期改了，或者现场督办有了结果，短信没有送到本人，要打电话或上门说一声",
    Why.NOT_WARNED: "提醒短信没有送到办事的人，要当面或打电话告诉他（谁没收到，看督办单）",
    Why.TAKEN_UP: "实名举报，要告诉她：收到了、受理了",
    Why.REVIEW: "群众评价过了，由没有经办的人回访：办得怎么样，答应的兑现没有",
    Why.NEW_PART: "答复以后又收到她说的一段话，要听一听、问清楚",
}

HOW_TOLD = {
    "text": "短信送到了",
    "person": "有人打电话或上门说了",
    "call": "热线打电话念给本人听了",
    "answer": "本人回了话",
}

ARRIVED = {
    Delivery.WAITING: "正要发",
    Delivery.CLAIMED: "正要发",
    Delivery.SENT: "已发出",
    Delivery.DELIVERED: "送到",
    Delivery.FAILED: "没有送到",
}

_NO_WORDS = {
    "silent": "录音里没有听到说话的声音。",
    "no_voice": "没有听到人声。",
    "no_words": "有人说话，机器没听懂。",
    "empty": "录音是空的。",
    "too_large": "录音文件太大，没有收下。",
    "not_audio": "电话公司送来的不是录音。",
    "damaged": "录音坏了，放不出来。",
    "wrong_length": "录音不完整。",
    "needs_ffmpeg": "这种格式的录音要装了 ffmpeg 才放得出来，请告诉技术员；声音留着，没有丢。",
    "unreachable": "电话公司一直连不上，录音没有取到。",
    "deadly": "机器一听这段录音就停，不再试了，请人来听。",
}


_NO_PICTURE = {
    "not_a_picture": "发来的不是照片。",
    "broken_picture": "照片坏了，打不开。",
    "too_many_pixels": "照片太大，没有收下。",
    "too_large": "照片太大，没有收下。",
}


_NOT_ARRIVED = {
    "opted_out": "这个电话退订了短信",
    "landline": "是座机，收不了短信",
    "by_call": "她不看短信，打电话告诉她",
    "held": "这一件不发短信",
    "erased": "内容已依法删除",
    "unreachable": "电话公司一直连不上",
    "30001": "电话公司太忙",
    "30003": "电话关机或者没有信号",
    "30004": "电话公司拦下了",
    "30005": "没有这个号码",
    "30006": "是座机，收不了短信",
    "30007": "电话公司当成垃圾短信拦下了",
    "21211": "没有这个号码",
    "21614": "是座机，收不了短信",
}


def why_not_arrived(code: str) -> str:
    """Why a text did not arrive; the codes are ours or the carrier's."""
    return _NOT_ARRIVED.get(code, "原因不明")


def why_no_picture(code: str) -> str:
    return _NO_PICTURE.get(code, "电话公司那边没有取到。")


def why_no_words(code: str) -> str:
    """Why a case has sound at most and no words. The carrier's own codes (http_404) are said alike."""
    return _NO_WORDS.get(code, "录音没有取到。")


def heard_otherwise(heard: str, written: str, offers: Collection[str]) -> str:
    """What was heard where the reading copy has something else, or might have."""
    others = "或".join(f"“{name}”" for name in offers if name != heard)
    if not others:
        return f"听到“{heard}”，写成“{written}”。"
    return f"听到“{heard}”，{'也' if heard in offers else ''}可能是{others}，没有改。"


def moment(at: datetime, *, now: datetime) -> str:
    """11月23日 09:05, with the year where it is not this one."""
    there, here = at.astimezone(CHINA), now.astimezone(CHINA)
    year = f"{there.year}年" if there.year != here.year else ""
    return f"{year}{there.month}月{there.day}日 {there:%H:%M}"


def day(at: datetime) -> str:
    """2026年11月23日."""
    there = at.astimezone(CHINA)
    return f"{there.year}年{there.month}月{there.day}日"
