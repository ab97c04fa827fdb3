"""RULE: a few words heard on the telephone → how good she finds it. Nobody becomes satisfied by a machine's mistake.

不 is looked for first. 满意 alone is believed only as a plain sentence that the machine was sure of: where the
beginning of 不满意 is cut off or mumbled, what is left sounds like its opposite. All else is asked again.
"""

import re

from models.commands import Awaiting, understand

DOUBT = "？"
"""Stands after words that the machine is not sure of, or whose beginning may be cut off."""

_POLITE = r"(?:的|了|嘛|哦|啊|哈|呀|噻|呢|谢谢|多谢|你们?|您)*"
_GOOD = re.compile(
    rf"(?:嗯|啊|哦)*(?:我们?)?(?:觉得|觉着)?(?:(?:都|还|是|也|很|非常|十分|挺|相当|比较)*满意(?:得很|惨了|极了)?|(?:按|选)一){_POLITE}"
)
_NOT = re.compile(r"不|没|莫|哪|啥|咋|怎|[？?]")
_BAD = re.compile(
    rf"(?:还是|还|都|也|一点都?)*没(?:得|有|啥|啥子)*(?:好|多)?满意{_POLITE}|[^没莫]*不(?:咋个?|怎么|是很|大)满意{_POLITE}|(?:按|选)三"
)
_FAIR = re.compile(rf"(?:觉得|就)?一半{_POLITE}|(?:按|选)二")  # what the bundled model hears where 一般 was said
_IN_WORDS = re.compile("满意|一般|可以|还行|马虎|勉强")
GOOD, FAIR, BAD = 1, 2, 3


def rating_aloud(words: str) -> int | None:
    """1 满意, 2 一般, 3 不满意; None where it is not clear, and she is to be asked again."""
    bare = "".join(filter(str.isalnum, words))
    if _BAD.fullmatch(bare):
        return BAD
    if _FAIR.fullmatch(bare):
        return FAIR
    score = understand(words.rstrip(f"。{DOUBT}"), awaiting=Awaiting.RATING).rating
    if score == GOOD or _GOOD.fullmatch(bare):
        return GOOD if _GOOD.fullmatch(bare) and not _NOT.search(words) else None
    return score if _IN_WORDS.search(bare) else None  # 二 and 三 alone may be any noise
