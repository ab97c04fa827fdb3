"""What clerks keep putting right becomes words the county may add to its catalogue; an administrator says whether.

Only what several different people have said is ever shown, so that no offer speaks of one of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework.ruling import is_sealed
from models.changed import note
from models.county import DISMISSED, HERE, WORDS, County, papers, put_here
from models.history import Event, HistoryLine
from models.lifecycle import BadInput
from models.permissions import SYSTEM, Action, Actor
from models.petition import Petition
from models.places import CountyPaper
from models.shadow import compact
from models.visible import require_at_all, visible

KEYWORD = "keyword"  # subject of the changes
LOOKS_BACK = timedelta(days=365)
PEOPLE = 2  # different callers who must have said it
LENGTHS = range(2, 6)
MOST = 5  # offers for one kind of matter
_ELSEWHERE = 500  # of the newest other cases are looked through, and a word said in more than one of them is no sign


@dataclass(frozen=True)
class Offer:
    """A word that `people` callers used for a matter the machine took for another."""

    word: str
    category: str
    people: int


def offers(session: Session, *, now: datetime) -> list[Offer]:
    """The words worth asking about, kind by kind, the most used first; none for what is the discipline office's."""
    corrected = _corrected(session, since=now - LOOKS_BACK)
    elsewhere = _elsewhere(session, {petition_id for ids in corrected.values() for petition_id in ids})
    kinds = papers(session)["taxonomy"]["categories"]
    dismissed, known = _here(session, DISMISSED), _known(kinds)
    return [
        offer
        for category, ids in sorted(corrected.items())
        if category in kinds and not is_sealed(kinds[category])
        for offer in _best(category, _said(session, ids), elsewhere[category])
        if offer.word not in {*known.get(category, ()), *dismissed.get(category, ())}
    ]


def accept(session: Session, word: str, category: str, *, county: County, by: Actor, now: datetime) -> None:
    """Take a word as one of a kind's own; bringing the county's folder in again does not take it away. Raises BadInput,
    NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    _require_offered(session, word, category, county=county, now=now)
    put_here(session, WORDS, category, [*dict.fromkeys([*_here(session, WORDS).get(category, []), word])])
    note(session, KEYWORD, category, ("", f"加上“{word}”"), by=by, now=now)


def dismiss(session: Session, word: str, category: str, *, county: County, by: Actor, now: datetime) -> None:
    """A word that says nothing is not offered again. Raises BadInput, NotAllowed."""
    require_at_all(by, Action.ADMINISTER)
    _require_offered(session, word, category, county=county, now=now)
    put_here(session, DISMISSED, category, [*_here(session, DISMISSED).get(category, []), word])
    note(session, KEYWORD, category, ("", f"不要“{word}”"), by=by, now=now)


def _known(kinds: Mapping[str, Any]) -> dict[str, set[str]]:
    """The words each kind of matter is known by already."""
    return {name: {*kind["strong"], *kind["weak"]} for name, kind in kinds.items()}


def _here(session: Session, part: str) -> dict[str, list[str]]:
    paper = session.get(CountyPaper, HERE)
    words: dict[str, list[str]] = paper.body.get(part, {}) if paper else {}
    return words


def _require_offered(session: Session, word: str, category: str, *, county: County, now: datetime) -> None:
    if category not in county.taxonomy.categories:
        raise BadInput("category", f"没有这个类别：{category}")
    if not any((offer.word, offer.category) == (word, category) for offer in offers(session, now=now)):
        raise BadInput("word", "现在没有提这个词。")


def _corrected(session: Session, *, since: datetime) -> dict[str, set[int]]:
    """Category → the cases a person gave it that the machine had given another."""
    by_person = select(HistoryLine).where(
        HistoryLine.event == Event.ASSIGNED, HistoryLine.officer_id.is_not(None), HistoryLine.at >= since
    )
    found: defaultdict[str, set[int]] = defaultdict(set)
    for line in session.scalars(by_person):
        if _put_right(line.detail):
            found[line.detail["category"]].add(line.petition_id)
    return found


def _put_right(detail: dict[str, Any]) -> bool:
    return bool(detail.get("proposed")) and detail["proposed"] != detail.get("category")


def _ordinary(session: Session) -> Iterator[Petition]:
    newest = visible(SYSTEM).where(Petition.held.is_(False)).order_by(Petition.id.desc())
    yield from session.scalars(newest.limit(_ELSEWHERE))


def _said(session: Session, ids: set[int]) -> list[tuple[str, str]]:
    """(who, folded words) of each case."""
    found = visible(SYSTEM).where(Petition.id.in_(ids), Petition.held.is_(False))
    return [(one.caller_hash or str(one.id), _words(one)) for one in session.scalars(found)]


def _words(petition: Petition) -> str:
    return compact(" ".join(statement.evidence for statement in petition.statements))


def _elsewhere(session: Session, corrected: set[int]) -> defaultdict[str, Counter[str]]:
    """Category → how many of the newest cases of *other* kinds say each run of signs."""
    spoken = [(one.category, _runs(_words(one))) for one in _ordinary(session) if one.id not in corrected]
    totals: Counter[str] = Counter(run for _, runs in spoken for run in runs)
    found: defaultdict[str, Counter[str]] = defaultdict(lambda: totals)
    for category in {category for category, _ in spoken if category}:
        found[category] = totals - Counter(run for own, runs in spoken if own == category for run in runs)
    return found


def _best(category: str, said: list[tuple[str, str]], elsewhere: Counter[str]) -> list[Offer]:
    people: defaultdict[str, set[str]] = defaultdict(set)
    for who, words in said:
        for run in _runs(words):
            people[run].add(who)
    shared = {run: len(who) for run, who in people.items() if len(who) >= PEOPLE and elsewhere[run] <= 1}
    whole = [run for run in shared if not _part_of_another(run, shared)]
    best = sorted(whole, key=lambda run: (-shared[run], -len(run), run))[:MOST]
    return [Offer(run, category, shared[run]) for run in best]


def _part_of_another(run: str, shared: dict[str, int]) -> bool:
    return any(run != longer and run in longer and shared[longer] >= shared[run] for longer in shared)


def _runs(words: str) -> set[str]:
    return {
        words[at : at + length]
        for length in LENGTHS
        for at in range(len(words) - length + 1)
        if words[at : at + length].isalpha()
    }
