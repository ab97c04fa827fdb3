"""RULE: words + village → the office that must deal with it, with the reasons in words a cadre can check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.naming import Gazetteer, Named
from models.shadow import compact
from models.watchwords import Alarm, Guard, Suspicion, Triggers, Urgency, Words, found, words

STRONG, WEAK, BLOCK = 3, 1, -3
REPORT_BONUS = 3  # what the guard's narrow net hits is a report before it is whatever else it is about
CLEAR_MARGIN = 2


@dataclass(frozen=True)
class Category:
    """A kind of matter: who holds the power (`unit`), who is asked first (`level`), and how long it may take."""

    id: str
    name: str
    level: str
    unit: str
    deadline_class: str
    strong: Words
    weak: Words
    block: Words

    @classmethod
    def parse(cls, name: str, paper: Mapping[str, Any]) -> "Category":
        strong, weak, block = (words(paper[part]) for part in ("strong", "weak", "block"))
        return cls(name, paper["name"], paper["level"], paper["unit"], paper["class"], strong, weak, block)


@dataclass(frozen=True)
class Score:
    """What a text scores for a category, by which words."""

    category: Category
    points: int
    evidence: Words


@dataclass(frozen=True)
class Taxonomy:
    """The county's catalogue: kinds of matters, departments (id → name), deadline classes (name → step → clock)."""

    categories: Mapping[str, Category]
    units: Mapping[str, str]
    deadline_classes: Mapping[str, Mapping[str, Any]]
    guard: Guard
    triggers: Triggers
    fallback: Category
    least_points: int
    individual: frozenset[str]

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Taxonomy":
        """Read `taxonomy.yaml` as loaded."""
        categories = {name: Category.parse(name, row) for name, row in paper["categories"].items()}
        return cls(
            categories=categories,
            units={unit: row["name"] for unit, row in paper["county_units"].items()},
            deadline_classes=paper["deadline_classes"],
            guard=Guard.parse(paper["corruption_guard"]),
            triggers=Triggers.parse(paper["urgency_triggers"]),
            fallback=categories[paper["fallback"]["category"]],
            least_points=paper["fallback"]["min_score"],
            individual=frozenset(paper["dedupe"].get("individual", ())),
        )

    def rank(self, text: str, *, report: bool) -> list[Score]:
        """Every category with what the text scores for it, the highest first; of equals the one with the
        longest word.
        """
        scores = [_score(category, text, report=report) for category in self.categories.values()]
        return sorted(scores, key=lambda score: (-score.points, -max(map(len, score.evidence), default=0)))


@dataclass(frozen=True)
class Reason:
    """Why: `kind` is village, category, second, urgency, guard or unit; `evidence` a Chinese sentence with the
    words.
    """

    kind: str
    evidence: str
    points: int = 0


@dataclass(frozen=True)
class Route:
    """Where a matter belongs. `unit` is asked first: a village id, a township id, a department id or jw, None while
    nobody knows where it happened; `surface` is the village as the text has it; `lead_unit` is the department
    that owns the power. `held`: only the discipline office may see it. `sure`: may be assigned without a person
    looking.
    """

    village: str | None
    village_candidates: tuple[str, ...]
    surface: str
    category: str
    category_2: str | None
    margin: int
    level: str
    unit: str | None
    lead_unit: str
    deadline_class: str
    urgency: Urgency
    held: bool
    report: bool
    sure: bool
    reasons: tuple[Reason, ...]


def route(text: str, *, gazetteer: Gazetteer, taxonomy: Taxonomy, registered: str | None = None) -> Route:
    """Route one statement. `registered` is the village the caller's number is registered in: it decides between names
    that sound alike, and stands in where no village was named (then the route is never `sure`).
    """
    named, folded = gazetteer.find(text, registered=registered), compact(text)
    alarm, suspicion = taxonomy.triggers.check(folded), taxonomy.guard.check(folded)
    first, second = _two_best(taxonomy, folded, report=suspicion.report)
    stand_in = None if named.candidates else _stand_in(gazetteer, registered, named.township)
    village = named.village or stand_in
    township = gazetteer.villages[village].township if village else named.township
    unit = _unit(first.category, village, township)
    margin = max(0, first.points - (second.points if second else 0))
    return Route(
        village=village,
        village_candidates=named.candidates or ((stand_in,) if stand_in else ()),
        surface=named.surface,
        category=first.category.id,
        category_2=second.category.id if second else None,
        margin=margin,
        level=first.category.level,
        unit=unit,
        lead_unit=first.category.unit,
        deadline_class=_deadline_class(first.category, alarm),
        urgency=alarm.urgency,
        held=suspicion.held,
        report=suspicion.report,
        sure=named.sure and margin >= CLEAR_MARGIN and not (suspicion.held or _alarming(alarm)),
        reasons=(
            _village_reason(named, gazetteer.full_name(stand_in) if stand_in else None),
            *_category_reasons(first, second),
            *(
                [Reason("second", f"{_quoted(second.evidence)}→{second.category.name}", second.points)]
                if second
                else []
            ),
            *_warnings(alarm, suspicion),
            Reason("unit", _unit_sentence(first.category, unit, taxonomy)),
        ),
    )


def _score(category: Category, text: str, *, report: bool) -> Score:
    strong = found(category.strong, text)
    weak = tuple(word for word in found(category.weak, text) if not any(word in longer for longer in strong))
    points = STRONG * len(strong) + WEAK * len(weak) + BLOCK * len(found(category.block, text))
    return Score(category, points + REPORT_BONUS * (report and category.level == "discipline"), strong + weak)


def _two_best(taxonomy: Taxonomy, text: str, *, report: bool) -> tuple[Score, Score | None]:
    """The two best; below the least points the first is the fallback and the best guess comes second."""
    first, second = taxonomy.rank(text, report=report)[:2]
    if first.points < taxonomy.least_points:
        first, second = Score(taxonomy.fallback, 0, ()), first
    return first, second if second.points > 0 else None


def _stand_in(gazetteer: Gazetteer, registered: str | None, township: str | None) -> str | None:
    """The registered village, unless it is unknown or lies in another township than the one named."""
    village = gazetteer.villages.get(registered or "")
    return village.id if village and township in {None, village.township} else None


def _unit(category: Category, village: str | None, township: str | None) -> str | None:
    """Village, township and courts' matters are asked about where they happened; the others go to the power's owner."""
    if category.level == "village":
        return village or township
    return township if category.level in {"township", "external"} else category.unit


def _deadline_class(category: Category, alarm: Alarm) -> str:
    """What presses runs on the pressing class; a report keeps its own clock unless a life is in danger."""
    pressing = alarm.urgency is Urgency.EMERGENCY or (
        alarm.urgency is Urgency.URGENT and category.level != "discipline"
    )
    return alarm.urgency.value if pressing else category.deadline_class


def _alarming(alarm: Alarm) -> bool:
    return alarm.urgency is Urgency.EMERGENCY or alarm.doubted


def _quoted(evidence: Words) -> str:
    return "".join(f"“{word}”" for word in evidence) or "没有明显的词"


def _village_reason(named: Named, stand_in: str | None) -> Reason:
    return Reason("village", f"{named.why}，先按来电号码登记的{stand_in}" if stand_in else named.why)


def _category_reasons(first: Score, second: Score | None) -> Iterator[Reason]:
    for kind, score in (("category", first), ("second", second)):
        if score:
            yield Reason(kind, f"{_quoted(score.evidence)}→{score.category.name}", score.points)


def _warnings(alarm: Alarm, suspicion: Suspicion) -> Iterator[Reason]:
    if alarm.doubted:
        yield Reason(
            "urgency", f"{_quoted(alarm.evidence)}→有险情用词，但像是过去的、担心的或否认的，先按紧急，马上问清"
        )
    elif alarm.urgency is not Urgency.NORMAL:
        label = "人命关天，立即处置" if alarm.urgency is Urgency.EMERGENCY else "紧急"
        yield Reason("urgency", f"{_quoted(alarm.evidence)}→{label}")
    if suspicion.held:
        label = "可能是举报" if suspicion.report else "提到干部或公家的事"
        yield Reason("guard", f"{_quoted(suspicion.evidence)}→{label}，先由县纪委监委看过再分办")


def _unit_sentence(category: Category, unit: str | None, taxonomy: Taxonomy) -> str:
    lead = taxonomy.units[category.unit]
    if unit == category.unit:
        return f"{category.name}由{lead}办理"
    return f"{category.name}由{lead}主办，" + ("先由当地接办" if unit else "不知道是哪里的事，先问清村名")
