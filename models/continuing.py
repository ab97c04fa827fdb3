"""RULE: does a text go on with what the same telephone wrote before, say where it happened, or begin another matter?"""

import re

from models.naming import Gazetteer
from models.routing import Route
from models.shadow import compact

LONGEST_PLACE = 16  # letters; longer than a township, a village and a group
_STOPS_SHORT = re.compile(r"[，、：；,;:（(…—]\s*$")
_BESIDE_A_NAME = re.compile(
    r"[〇\W_]|我们?|就?是|在|住|家|这里|这边|那边|的|人|哈|哦|嘛|呢|啊|县|镇|乡|村|社区|[零一二三四五六七八九十\d]+[组社队号]"
)


def only_a_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a text is a village's name and nothing else: 我是六坪村的, 老君岩乡水磨, 六坪村三组."""
    folded = compact(text)
    named = gazetteer.find(folded)
    if not named.candidates or len(folded) > LONGEST_PLACE:
        return False
    rest = folded.replace(named.surface, "", 1)
    for township in gazetteer.townships.values():
        rest = rest.replace(township.name[:-1], "")
    return not _BESIDE_A_NAME.sub("", rest)


def answers_where(text: str, way: Route, gazetteer: Gazetteer) -> bool:
    """Whether a text, routed by itself, can be the answer to 哪个村: a place, or a few words that name no matter."""
    return only_a_place(text, gazetteer) or (len(compact(text)) <= LONGEST_PLACE and not says_what(way))


def stops_short(text: str) -> bool:
    """Whether a text ends in the middle of a sentence: the next part of it is on its way."""
    return bool(_STOPS_SHORT.search(text))


def goes_on(before: str, one: Route, text: str, other: Route) -> bool:
    """Whether a text, minutes after `before` (the last thing this telephone wrote), is of the same matter. `one` is the
    route of all it wrote, `other` that of the text alone. A sentence that stopped short goes on, and so does a text
    that names no matter of its own; another village or another kind of thing is another matter.
    """
    if one.surface and other.surface and not {*one.village_candidates} & {*other.village_candidates}:
        return False
    if stops_short(before) or compact(text) == compact(before) or not says_what(other):
        return True
    kinds = {one.category, one.category_2} & {other.category, other.category_2 or other.category}
    return one.category == other.category or (bool(kinds) and not other.held)


def says_what(way: Route) -> bool:
    """Whether any word speaks for the kind of matter, or for danger, or for a report."""
    speaks = (
        reason.points > 0 if reason.kind == "category" else reason.kind in {"urgency", "guard"}
        for reason in way.reasons
    )
    return any(speaks)
