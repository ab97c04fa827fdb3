"""RULE What of a text that everybody may read would tell who she is: digits, her name, her village, her very words."""

import re
from collections.abc import Iterable, Iterator

from models.shadow import compact

LONGEST_DIGITS = 4  # in one run: a year or a small sum; more may be a telephone, a card, a case
LONGEST_OF_HERS = 9  # characters in one run as she said them
LAST = 4  # digits by which a telephone is known among neighbours
_DIGITS = re.compile(rf"[0-9零〇一二三四五六七八九幺两]{{{LONGEST_DIGITS + 1},}}")
_GAPS = re.compile(r"[^\w]|_")
# the commonest hundred, by the census of 2020: nine of ten people have one
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方白邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CALLED = re.compile(rf"(?:我叫|名字叫|姓名是?|[村组社]的|我是|本人)([{SURNAMES}][\u4e00-\u9fff]{{1,2}})")


def gives_away(words: str, *, caller: str, said: Iterable[str], places: Iterable[str]) -> str:
    """Why a text cannot be shown to everybody, in a sentence; empty where nothing is found. `caller`: her number,
    `said`: what she said, `places`: names so small that whoever lives there knows her.
    """
    bare, hers = _GAPS.sub("", compact(words)), [_GAPS.sub("", compact(one)) for one in said]
    return next(filter(None, _against(bare, caller, hers, places)), "")


def _against(bare: str, caller: str, hers: list[str], places: Iterable[str]) -> Iterator[str]:
    if _DIGITS.search(bare):
        yield "里面有一长串数字，像电话、卡号或者编号，请去掉；钱数写成“一万二”“1.2万”。"
    if len(caller) >= LAST and caller[-LAST:] in bare:
        yield "里面有她电话的后四位，请去掉。"
    yield from (f"里面写了“{name}”，像是她的名字，请去掉。" for name in _names(hers) if name in bare)
    yield from (f"不要写到村，写“某村”：“{place}”请去掉。" for place in places if compact(place) in bare)
    yield from (f"“{run}”是她的原话，熟人听得出来，请换成您自己的话。" for one in hers for run in _same(bare, one))


def _names(hers: list[str]) -> Iterator[str]:
    """What she called herself: three characters, or two where the third may be the next word."""
    for one in hers:
        for name in _CALLED.findall(one):
            yield from dict.fromkeys((name, name[:2]))


def _same(bare: str, one: str) -> Iterator[str]:
    length = LONGEST_OF_HERS + 1
    yield from (bare[at : at + length] for at in range(len(bare) - length + 1) if bare[at : at + length] in one)
