"""Every text that leaves, in one place: plain enough for a grandchild to read aloud, no link, no reply needed.

Only the answer carries a word of the matter, and its words are the replying officer's.
"""

from collections.abc import Mapping
from typing import Any

from models.message import Purpose

TEMPLATES: Mapping[Purpose, str] = {
    Purpose.ACK: "【{hotline}】您说的事已记录，编号{number}。一个工作日内有人受理。打回这个电话就能接着说。",
    Purpose.RESULT: "【{hotline}】编号{number}已办结：{result}。满意回1，一般回2，不满意回3。",
    Purpose.REFUSED: "【{hotline}】编号{number}不能受理：{result}。明白了回1，不同意回3，请上一级再看。",
    Purpose.EXTENDED: "【{hotline}】编号{number}要多办几天，批准延到{date}前。到时没有结果我们会催。",
    Purpose.REPEATED: "【{hotline}】重复反映：编号{number}（{unit}），同一个人又来催，请督办。",
    Purpose.BY_MANY: "【{hotline}】多人反映：编号{number}（{unit}）的事已有多人反映，请安排线下督办。",
    Purpose.COLLECTIVE: "【{hotline}】集体反映：编号{number}（{unit}）的事反映的人多，请领导到现场处理。",
    Purpose.EMERGENCY: "【{hotline}】特急：{place}可能有人遇险！"
    "快打{caller}，派人去看，报110、119、120。编号{number}。",
    Purpose.ARBITRATE: "【{hotline}】编号{number}第二次退单，请在一个工作日内裁定由谁办。",
    Purpose.WHERE: "【{hotline}】请问您说的是{where}的事？回村名就行。",
    Purpose.JOINED: "【{hotline}】您后来说的话也记下了，和前面是同一件事。",
    Purpose.CALLING: "【{hotline}】好的，会有人给您打电话。",
    Purpose.LEDGER: "【{hotline}】{place}的账可以打电话听：打这个号码，接通后按3。",
    Purpose.RATE_AGAIN: "【{hotline}】没看明白。编号{number}：满意回1，一般回2，不满意回3。",
    Purpose.ASK_WITHDRAW: "【{hotline}】编号{number}要撤回吗？要撤回回1，不撤回2。",
    Purpose.WITHDRAWN: "【{hotline}】编号{number}已按您的意思撤回。以后有事再说就行。",
    Purpose.GOES_ON: "【{hotline}】好的，编号{number}不撤回，接着办。",
    Purpose.STOPPED: "【{hotline}】好的，以后不发短信了，有结果打电话告诉您。想再收短信就回：恢复。",
    Purpose.RESUMED: "【{hotline}】好的，短信恢复了。",
    Purpose.THANKS: "【{hotline}】编号{number}，您的评价已记下，谢谢您。",
    Purpose.REOPENED: "【{hotline}】编号{number}，您不满意，已交上一级重新办。",
    Purpose.HELP: "【{hotline}】直接发短信说事就行，写上村名。也可以打这个电话，接通就说。",
    Purpose.STATUS: "【{hotline}】{status}",
    Purpose.WARNING: "【{hotline}】{colour}：编号{number}（{unit}）{what}，时限{due}{more}。请回“收到”。",
    Purpose.SEALED_WARNING: "【{hotline}】编号{number}请登录系统查看{more}。请回“收到”。",
    Purpose.NEARER: "【{hotline}】编号{number}：放假安排公布后重新推算，办结时限提前到{due}。",
    Purpose.ANCHOR: "【{hotline}】锚 {anchor}",
    Purpose.SILENCE: "【{hotline}】系统从{since}起没有检查时限，请马上找技术员。",
}
SEGMENT, FURTHER_SEGMENT = 70, 67  # UCS-2 characters in a text of one part, and in each part of a longer one


def text(purpose: Purpose, slots: Mapping[str, Any], *, hotline: str) -> str:
    """The text as it is sent. A result that ends in its own full stop does not get a second one."""
    tidy = {name: str(value).rstrip("。.") for name, value in slots.items()}
    return TEMPLATES[purpose].format(hotline=hotline, **tidy)


def segments(sentence: str) -> int:
    """How many parts a Chinese text is sent and paid in."""
    return 1 if len(sentence) <= SEGMENT else -(-len(sentence) // FURTHER_SEGMENT)
