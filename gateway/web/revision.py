"""Whether somebody else changed a case while its page lay open before this officer: the page carries a mark of what it
shows, and what comes back under another mark overwrites nothing.
"""

import hashlib
import json

from models.lifecycle import Refusal
from models.petition import Petition

FIELD = "revision"


class Overtaken(Refusal):
    """What this form would change was changed while it was being filled in."""

    status = 409


def revision(petition: Petition) -> str:
    """A mark of everything that an officer decides on: the words, and where they go."""
    words = [(one.id, one.words, str(one.confirmed_at)) for one in petition.statements]
    lies = petition.status, petition.unit_id, petition.village_id, petition.category, petition.reply
    return hashlib.blake2b(json.dumps([words, lies]).encode(), digest_size=12).hexdigest()


def require_unchanged(petition: Petition, seen: str) -> None:
    """`seen`: the mark the form brings, empty of a form that decides on nothing of this. Raises Overtaken."""
    if seen and seen != revision(petition):
        raise Overtaken("您看这一页的时候，这一件变了。")
