"""RULE: the county's catalogue of matters: which words speak for which kind, who holds the power, how long it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.lexicon import Families, Find, Words, finds, found, words
from models.precedents import Precedents
from models.watchwords import Guard, Surfaces, Suspicion, Triggers

STRONG, WEAK, BLOCK = 3, 1, -3
SAME_ASPECT = 1  # a further word for what has been said already
FAR_AHEAD = 3  # a weak word of a kind that no other kind comes near is enough
# Log-odds. Cross-validated: words alone held 3 of 8 new reports and 18 % of the example county's other calls, with
# this 7 of 8 and 22 %. A leak cannot be undone, an hour's hold can.
SOUNDS_LIKE_A_REPORT = -2.0
LEAST_TOLD = 18
REPORT_BONUS = 4  # what the guard's narrow net hits is a report before it is whatever else it is about


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
    aspects: Mapping[str, Words]

    @classmethod
    def parse(cls, name: str, paper: Mapping[str, Any], families: Families) -> "Category":
        """`aspects` are strong words too, grouped by what is wrong: 停水 is not 水费."""
        strong, weak, block = (words(paper[part], families) for part in ("strong", "weak", "block"))
        aspects = {aspect: words(listed, families) for aspect, listed in paper.get("aspects", {}).items()}
        every = tuple(dict.fromkeys((*strong, *(word for listed in aspects.values() for word in listed))))
        return cls(
            name, paper["name"], paper["level"], paper["unit"], paper["class"], every, weak, block, aspects=aspects
        )

    def score(self, text: str) -> "Score":
        strong, weak = finds(self.strong, text), finds(self.weak, text)
        surfaces = [surface for find in strong for surface in find.surfaces]
        more = [find for find in weak if not any(find.surfaces[0] in longer for longer in surfaces)]
        points = self._strength(strong) + WEAK * len(more) + BLOCK * len(found(self.block, text))
        evidence = tuple(dict.fromkeys((*surfaces, *(surface for find in more for surface in find.surfaces))))
        return Score(self, points, evidence, frozenset(self._aspects(strong)))

    def _strength(self, strong: list[Find]) -> int:
        """Many words for one aspect are still one thing that is wrong."""
        different = len({*self._aspects(strong)}) + sum(not self._aspects([find]) for find in strong)
        return STRONG * different + SAME_ASPECT * max(0, len(strong) - different)

    def _aspects(self, strong: list[Find]) -> list[str]:
        return [aspect for aspect, listed in self.aspects.items() if any(find.word in listed for find in strong)]


@dataclass(frozen=True)
class Score:
    """What a text scores for a category: `points` by which words (`evidence`), which aspects of it they name, and how
    much it sounds like (`likeness`, by what is `alike`) matters of before.
    """

    category: Category
    points: int
    evidence: Surfaces
    aspects: frozenset[str] = frozenset()
    likeness: int = 0
    alike: Surfaces = ()

    @property
    def total(self) -> int:
        """What kinds are ranked by."""
        return self.points + self.likeness

    @property
    def worth(self) -> int:
        """What speaks for it at all, words or likeness: a long tale is unlike every kind, and yet says something."""
        return max(self.points, self.likeness)


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
    precedents: Precedents

    @classmethod
    def parse(cls, paper: Mapping[str, Any]) -> "Taxonomy":
        """Read `taxonomy.yaml` as loaded."""
        families = paper.get("word_families", {})
        categories = {name: Category.parse(name, row, families) for name, row in paper["categories"].items()}
        return cls(
            categories=categories,
            units={unit: row["name"] for unit, row in paper["county_units"].items()},
            deadline_classes=paper["deadline_classes"],
            guard=Guard.parse(paper["corruption_guard"], families),
            triggers=Triggers.parse(paper["urgency_triggers"], families),
            fallback=categories[paper["fallback"]["category"]],
            least_points=paper["fallback"]["min_score"],
            individual=frozenset(paper["dedupe"].get("individual", ())),
            precedents=Precedents.parse(paper.get("precedents", {})),
        )

    def suspect(self, text: str) -> Suspicion:
        """What the guard sees; and what only sounds like the reports of before is held too, in whatever words."""
        seen = self.guard.check(text)
        if seen.held:
            return seen
        alike = tuple(self._like_a_report(text))
        quoted = tuple(said for kind in alike for said in self.precedents.quoted(kind, text))
        return Suspicion(held=bool(alike), report=False, evidence=quoted, sounds=bool(alike))

    def _like_a_report(self, text: str) -> Iterator[str]:
        """Whatever is told in a few signs sounds like everything."""
        for kind, odds in self.precedents.odds(text).items() if len(text) >= LEAST_TOLD else ():
            if self.categories[kind].level == "discipline" and odds > SOUNDS_LIKE_A_REPORT:
                yield kind

    def rank(self, text: str, *, report: bool) -> list[Score]:
        """Every category with what the text scores for it, the highest first; of equals the one with the
        longest word. What nothing speaks for comes last, and the fallback is only
        meant where its words are said.
        """
        likeness = self.precedents.points(text)
        scores = [
            self._weighed(category.score(text), likeness.get(kind, 0), report=report)
            for kind, category in self.categories.items()
        ]
        meant = [score for score in scores if score.category != self.fallback or score.points > 0]
        return sorted(
            meant, key=lambda score: (score.worth <= 0, -score.total, -max(map(len, score.evidence), default=0))
        )

    def _weighed(self, score: Score, likeness: int, *, report: bool) -> Score:
        bonus = REPORT_BONUS * (report and score.category.level == "discipline")
        return replace(score, points=score.points + bonus, likeness=likeness)

    def two_best(self, text: str, *, report: bool) -> tuple[Score, Score | None]:
        """The two best; below the least points the first is the fallback and the best guess comes second."""
        first, second = (self._compared(score, text) for score in self.rank(text, report=report)[:2])
        alone = first.worth > 0 and first.total >= second.total + FAR_AHEAD
        if first.worth < self.least_points and not alone:
            first, second = Score(self.fallback, 0, ()), first
        return first, second if second.worth > 0 else None

    def _compared(self, score: Score, text: str) -> Score:
        return replace(score, alike=self.precedents.quoted(score.category.id, text))
