"""RULE: words + village → the office that must deal with it, with the reasons in words a cadre can check."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.catalogue import Category, Score, Taxonomy
from models.naming import Gazetteer, Named
from models.shadow import compact
from models.watchwords import Alarm, Surfaces, Suspicion, Urgency

CLEAR_MARGIN = 2


@dataclass(frozen=True)
class Reason:
    """Why: `kind` is village, category, second, urgency, guard or unit; `evidence` a Chinese sentence with the
    words; `words` those words as the text has them, by which the second of the call can be found (`moments`).
    """

    kind: str
    evidence: str
    points: int = 0
    words: Surfaces = ()


@dataclass(frozen=True)
class Route:
    """Where a matter belongs. `unit` is asked first: a village id, a township id, a department id or jw, None while
    nobody knows where it happened; `lead_unit` is the department that owns the power. `surface` is the village as
    the text has it, `village_written` the candidates whose name is just that, `places` all places it names;
    `aspects` what exactly is wrong, in the taxonomy's words, `aspects_2` that of `category_2`. `doubted`: words of
    danger, but perhaps of the past, feared or denied; `held`: only the discipline office may see it. `sure`: may be
    assigned without a person looking.
    """

    village: str | None
    village_candidates: tuple[str, ...]
    village_written: tuple[str, ...]
    surface: str
    places: tuple[str, ...]
    category: str
    category_2: str | None
    margin: int
    level: str
    unit: str | None
    lead_unit: str
    aspects: frozenset[str]
    aspects_2: frozenset[str]
    deadline_class: str
    urgency: Urgency
    doubted: bool
    held: bool
    report: bool
    sure: bool
    reasons: tuple[Reason, ...]


def route(text: str, *, gazetteer: Gazetteer, taxonomy: Taxonomy, registered: str | None = None) -> Route:
    """Route one statement. `registered` is the village the caller's number is registered in: it decides between names
    that sound alike, and stands in where no village was named (then the route is never `sure`).
    """
    named = gazetteer.find(text, registered=registered)
    folded = named.hidden(compact(text))
    alarm, suspicion = taxonomy.triggers.check(folded), taxonomy.suspect(folded)
    first, second = taxonomy.two_best(folded, report=suspicion.accuses)
    stand_in = None if named.candidates else _stand_in(gazetteer, registered, named.township)
    village = named.village or stand_in
    township = gazetteer.villages[village].township if village else named.township
    unit = _unit(first.category, village, township)
    margin = _margin(first, second)
    return Route(
        village=village,
        village_candidates=named.candidates or ((stand_in,) if stand_in else ()),
        village_written=named.written,
        surface=named.surface,
        places=named.places,
        category=first.category.id,
        category_2=second.category.id if second else None,
        margin=margin,
        level=first.category.level,
        unit=unit,
        lead_unit=first.category.unit,
        aspects=first.aspects,
        aspects_2=second.aspects if second else frozenset(),
        deadline_class=_deadline_class(first.category, alarm),
        urgency=alarm.urgency,
        doubted=alarm.doubted,
        held=suspicion.held,
        report=suspicion.report,
        sure=named.sure and _plain(first, margin) and not (suspicion.held or _alarming(alarm)),
        reasons=(
            _village_reason(named, gazetteer.full_name(stand_in) if stand_in else None),
            *_category_reasons(first, second),
            *_warnings(alarm, suspicion),
            Reason("unit", _unit_sentence(first.category, unit, taxonomy)),
        ),
    )


def _margin(first: Score, second: Score | None) -> int:
    """How far the first is ahead; nothing where it is only what is left when nothing is sure."""
    return max(0, first.total - (second.total if second else 0)) if first.worth > 0 else 0


def _plain(first: Score, margin: int) -> bool:
    """Far ahead, and by words: what only sounds like matters of before a person looks at."""
    return margin >= CLEAR_MARGIN and first.points > 0


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


def _quoted(evidence: Surfaces) -> str:
    return "".join(f"“{word}”" for word in evidence) or "没有明显的词"


def _village_reason(named: Named, stand_in: str | None) -> Reason:
    why = f"{named.why}，先按来电号码登记的{stand_in}" if stand_in else named.why
    return Reason("village", why, words=(named.surface,) if named.surface else ())


def _category_reasons(first: Score, second: Score | None) -> Iterator[Reason]:
    for kind, score in (("category", first), ("second", second)):
        if score:
            like = f"，说法像以前的同类事项{_quoted(score.alike)}" if score.alike and not score.evidence else ""
            evidence = f"{_quoted(score.evidence)}{like}→{score.category.name}"
            yield Reason(kind, evidence, score.worth, score.evidence or score.alike)


def _warnings(alarm: Alarm, suspicion: Suspicion) -> Iterator[Reason]:
    if alarm.doubted:
        doubt = "有险情用词，但像是过去的、担心的或否认的，先按紧急，马上问清"
        yield Reason("urgency", f"{_quoted(alarm.evidence)}→{doubt}", words=alarm.evidence)
    elif alarm.urgency is not Urgency.NORMAL:
        label = "人命关天，立即处置" if alarm.urgency is Urgency.EMERGENCY else "紧急"
        yield Reason("urgency", f"{_quoted(alarm.evidence)}→{label}", words=alarm.evidence)
    if suspicion.held:
        sentence = f"{_quoted(suspicion.evidence)}→{_suspected(suspicion)}，先由县纪委监委看过再分办"
        yield Reason("guard", sentence, words=suspicion.evidence)


def _suspected(suspicion: Suspicion) -> str:
    if suspicion.sounds:
        return "说法像以前的举报"
    return "可能是举报" if suspicion.report else "提到干部或公家的事"


def _unit_sentence(category: Category, unit: str | None, taxonomy: Taxonomy) -> str:
    lead = taxonomy.units[category.unit]
    if unit == category.unit:
        return f"{category.name}由{lead}办理"
    return f"{category.name}由{lead}主办，" + ("先由当地接办" if unit else "不知道是哪里的事，先问清村名")
