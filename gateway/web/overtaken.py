"""两个人同时改: what stands there now beside what this officer wrote, so that neither is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gateway.desk import at_hand
from gateway.web.facts import CaseFacts, Choices, case_facts
from gateway.web.forms import typed
from gateway.web.gate import actor
from gateway.web.revision import Overtaken
from models.visible import by_number

OURS = frozenset({"csrf_token", "revision"})  # what the page itself puts into a form
LATEST = 3  # lines of the history: what happened meanwhile


@dataclass(frozen=True)
class Rival:
    """One text of the form: what stands there now, and what she wrote."""

    field: str
    label: str
    now: str
    mine: str


def both(refusal: Overtaken) -> ResponseReturnValue:
    """The page of a form that was overtaken: sent again from here, it stands on what is so now."""
    desk, now = at_hand(), at_hand().now()
    number = (request.view_args or {})["number"]
    with desk.sessions.reading() as session:
        facts = case_facts(session, by_number(session, actor(), number), actor(), county=desk.county, now=now)
    rivals = tuple(_rivals(facts))
    shown = OURS | {rival.field for rival in rivals}
    others = {name: typed(name) for name in request.form if name not in shown}
    page = render_template(
        "overtaken.html",
        case=facts,
        sentence=str(refusal),
        rivals=rivals,
        others=others,
        chosen=tuple(_chosen(facts.choices)) if facts.choices else (),
        since=facts.history[-LATEST:],
    )
    return page, refusal.status


def _rivals(facts: CaseFacts) -> Iterator[Rival]:
    words = {f"text-{said.id}": said.words for said in facts.said}
    words["text"] = words.get(f"text-{(request.view_args or {}).get('statement_id')}", "")
    for name in request.form:
        if name in words:
            yield Rival(name, "核对后的文字", words[name], typed(name))
        elif name == "reply":
            yield Rival(name, "办理结果", facts.reply, typed(name))


def _chosen(choices: Choices) -> Iterator[tuple[str, str, str]]:
    """(what it is about, what is so now, what she chose) of what a clerk shares a case out by."""
    offered = (
        ("village", "哪个村", choices.village, choices.villages),
        ("category", "什么事", choices.category, {"": choices.categories}),
        ("unit", "交给谁办", choices.unit, choices.units),
    )
    for field, label, now, groups in offered:
        if field in request.form:
            names = {choice.id: choice.name for group in groups.values() for choice in group}
            yield label, names.get(now, "还没有定"), names.get(typed(field), "还没有定")
