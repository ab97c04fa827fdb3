"""RULE: the shadow copy of what a villager wrote or said: one script, one width, for matching only.

The words themselves are evidence and are never changed; every other RULE file looks at the shadow.
"""

import re
import unicodedata

import opencc

_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_SPACES = re.compile(r"\s+")


def shadow(text: str) -> str:
    """Fold width (NFKC) and script (traditional to simplified); runs of white space become one space.

    Characters nobody can see (control and format characters, halves of broken surrogate pairs) are left out.
    """
    wide = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    seen = "".join(sign for sign in wide if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf"})
    return _SPACES.sub(" ", str(_TO_SIMPLIFIED.convert(seen))).strip()


def compact(text: str) -> str:
    """Fold as `shadow` does, and close the gaps a recogniser leaves between words."""
    return shadow(text).replace(" ", "")
