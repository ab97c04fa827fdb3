"""One case as its page shows it: plain values, read out of the database before the page is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.web.alike import Company, company
from gateway.web.hearsay import Said, said
from gateway.web.passing import Choice, Passing, passing
from gateway.web.past import Happening, happenings
from gateway.web.pictured import Shot, VisitSeen, sent, visits_to
from gateway.web.post import TextOut, answers, other_number, texts_out
from gateway.web.presenting import CaseRow, DueDate, Mark, case_row, due_date
from gateway.web.revision import revision
from gateway.web.told import knows
from gateway.web.why import reasons
from gateway.web.wished import wished
from gateway.web.words import LEVELS, RATINGS, why_no_words
from models.answering import Question, questions
from models.casework import correspondence, manners, notices, opening, parts, returning, showing, triage, visiting
from models.casework.manners import Manner
from models.county import County
from models.extension import asked
from models.lifecycle import NEXT, Status
from models.permissions import Action, Actor, Role
from models.petition import Petition
from models.places import DISCIPLINE, Level, Unit
from models.recusal import DECLARED
from models.visible import allowed

LEADS_TO = {
    Action.ASSIGN: Status.ASSIGNED,
    Action.ACCEPT: Status.HANDLING,
    Action.REPLY: Status.REPLIED,
    Action.CLOSE: Status.CLOSED,
    Action.BOUNCE: Status.BOUNCED,
    Action.REFUSE: Status.REFUSED,
    Action.WITHDRAW: Status.WITHDRAWN,
    Action.JOIN: Status.MERGED,
}


@dataclass(frozen=True)
class Choices:
    """What a clerk chooses from when a case is assigned, in groups by heading, and what is chosen already."""

    units: Mapping[str, tuple[Choice, ...]]
    categories: tuple[Choice, ...]
    villages: Mapping[str, tuple[Choice, ...]]
    unit: str
    category: str
    village: str


@dataclass(frozen=True)
class Turns:
    """What an officer chooses from where a case leaves its straight way."""

    bounce_rules: tuple[Choice, ...]
    refusals: tuple[Choice, ...]
    pauses: tuple[Choice, ...]
    units: Mapping[str, tuple[Choice, ...]]
    paused: bool


@dataclass(frozen=True)
class Seal:
    """Of her voice: whether it is open to this officer; where a second one is waited for, why it is to be, and whether
    it was this officer who asked.
    """

    open: bool
    asked: str
    mine: bool
    reasons: tuple[Choice, ...] = tuple(Choice(code, why) for code, why in opening.REASONS.items())
    grounds: tuple[Choice, ...] = tuple(Choice(ground, why) for ground, why in DECLARED.items())


@dataclass(frozen=True)
class CaseFacts:
    """`can`: what this officer may do with the case now; `by_mouth`: no text brings her the answer, a person does."""

    row: CaseRow
    caller: str
    no_words: str
    said: tuple[Said, ...]
    reasons: tuple[tuple[str, str], ...]
    accept_due: DueDate
    arithmetic: str
    provisional: bool
    confirmed: bool
    reply: str
    rating: str
    reopened: int
    history: tuple[Happening, ...]
    can: frozenset[Action]
    choices: Choices | None
    turns: Turns
    company: Company
    wish: str
    pictures: tuple[Shot, ...]
    no_texts: bool
    quieted: bool
    texts: tuple[TextOut, ...]
    answers: tuple[str, ...]
    other_number: str
    manner: Manner
    seal: Seal
    wished: str
    by_mouth: bool
    knows: Mark | None
    questions: tuple[Question, ...]
    visits: tuple[VisitSeen, ...]
    longest_note: int
    passing: Passing | None
    shown: str
    revision: str

    @property
    def waits_for_others(self) -> bool:
        """Whether this officer has nothing to decide about it now."""
        return not self.can & {*LEADS_TO, Action.RELEASE, Action.ARBITRATE, Action.GRANT}


def case_facts(session: Session, petition: Petition, actor: Actor, *, county: County, now: datetime) -> CaseFacts:
    wish = asked(session, petition.id)
    can = _can(actor, petition, county, wish=wish is not None)
    return CaseFacts(
        row=case_row(petition, county=county, now=now),
        caller=petition.caller if Action.LISTEN in can else "",
        no_words=why_no_words(petition.voice_only) if petition.voice_only else "",
        said=_all_said(session, petition, now=now),
        reasons=tuple(reasons(petition)),
        accept_due=_accept_due(petition, now=now),
        arithmetic=petition.arithmetic,
        provisional=petition.provisional,
        confirmed=petition.confirmed,
        reply=petition.reply,
        rating=RATINGS.get(petition.rating or 0, ""),
        reopened=petition.reopened,
        history=happenings(session, petition.id, ladder=county.ladder, now=now),
        can=can,
        choices=_choices(session, petition, county) if can & {Action.ASSIGN, Action.ARBITRATE} else None,
        company=company(session, petition, actor, rules=county.procedure.together, now=now),
        turns=_turns(session, petition, county),
        wish=wish.reason if wish else "",
        pictures=sent(session, petition),
        no_texts=correspondence.stopped_at(session, petition.caller_hash) is not None,
        quieted=correspondence.is_quieted(session, petition.caller_hash, now=now),
        answers=answers(session, petition, now=now),
        texts=texts_out(session, petition, now=now),
        other_number=other_number(session, petition) if Action.TASKS in can else "",
        manner=manners.of_case(session, petition),
        seal=_seal(session, petition, actor, now=now),
        wished=wished(session, petition),
        by_mouth=petition.held or petition.report,
        knows=knows(session, petition, now=now),
        questions=questions(notices.asked_in(petition)) if Action.REPLY in can else (),
        visits=visits_to(session, petition, now=now) if Action.LISTEN in can else (),
        longest_note=visiting.LONGEST_NOTE,
        passing=passing(session, petition, actor),
        shown=showing.shown(session, petition),
        revision=revision(petition),
    )


def _all_said(session: Session, petition: Petition, *, now: datetime) -> tuple[Said, ...]:
    missing = parts.missing(session, petition)
    return tuple(
        said(statement, missing=missing.get(statement.call_id or 0, ()), now=now) for statement in petition.statements
    )


def _seal(session: Session, petition: Petition, actor: Actor, *, now: datetime) -> Seal:
    """Nothing is read for a case that is not sealed."""
    if petition.sealed_at is None:
        return Seal(open=True, asked="", mine=False)
    asked = opening.standing(session, petition, now=now)
    if asked is None:
        return Seal(open=False, asked="", mine=False)
    why = "" if asked.agreed else opening.REASONS[asked.reason]
    return Seal(open=asked.agreed, asked=why, mine=asked.by == actor.officer_id)


def _can(actor: Actor, petition: Petition, county: County, *, wish: bool) -> frozenset[Action]:
    """What the table of permissions and the table of moves both allow now."""
    may = {action for action in Action if allowed(actor, action, petition)}
    barred = {action for action, wanted in LEADS_TO.items() if wanted not in _may_follow(petition)}
    barred |= {action for action, now in _now(actor, petition, county, wish=wish).items() if not now}
    return frozenset(may - barred)


def _may_follow(petition: Petition) -> frozenset[Status]:
    """What a verb can make of it: whoever assigns a case that was only just received takes it up in the same step."""
    status = Status(petition.status)
    return NEXT[status] | (NEXT[Status.ACCEPTED] if status == Status.RECEIVED else frozenset())


def _now(actor: Actor, petition: Petition, county: County, *, wish: bool) -> dict[Action, bool]:
    """What else must be so for a step that is in both tables."""
    procedure, status = county.procedure, petition.status
    arbiter = returning.needs_arbiter(petition)
    pausable = status == Status.HANDLING and petition.deadline_class in procedure.pauses
    return {
        Action.RELEASE: not petition.report and Status.ACCEPTED in NEXT[Status(status)],
        Action.ASSIGN: not arbiter and (actor.role != Role.CADRE or status in triage.WAITING_FOR_TRIAGE),
        Action.ARBITRATE: arbiter,
        Action.BOUNCE: petition.bounces < returning.FINAL,
        Action.EXTEND: status == Status.HANDLING and not wish and petition.deadline_class in procedure.extensions,
        Action.GRANT: wish,
        Action.SHOW: status == Status.CLOSED,
        Action.PAUSE: status == Status.PAUSED or pausable,
        Action.VISIT: status in visiting.AT_WORK,
    }


def _turns(session: Session, petition: Petition, county: County) -> Turns:
    procedure = county.procedure
    grounds = procedure.pauses.get(petition.deadline_class, ())
    return Turns(
        bounce_rules=_listed(procedure.bounce_rules),
        refusals=_listed(procedure.refusals),
        pauses=_listed({ground: procedure.pause_grounds[ground] for ground in grounds}),
        units=_by_level(list(session.scalars(select(Unit).where(Unit.id != petition.unit_id).order_by(Unit.id)))),
        paused=petition.status == Status.PAUSED,
    )


def _listed(grounds: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(ground, said) for ground, said in grounds.items())


def _accept_due(petition: Petition, *, now: datetime) -> DueDate:
    date = due_date(petition, petition.accept_soon_at, petition.accept_due_at, now=now)
    return DueDate(date.at, None) if petition.accepted_at else date


def _choices(session: Session, petition: Petition, county: County) -> Choices:
    units = list(session.scalars(select(Unit).order_by(Unit.id)))
    return Choices(
        units=_by_level(units),
        categories=tuple(Choice(one.id, one.name) for one in county.taxonomy.categories.values()),
        villages=_villages(units, petition.route.get("village_candidates", [])),
        unit=petition.unit_id or petition.route.get("unit") or "",
        category=petition.category or "",
        village=petition.village_id or "",
    )


def _by_level(units: list[Unit]) -> dict[str, tuple[Choice, ...]]:
    """Units under 县级部门, 乡镇 and 村."""
    order = list(dict.fromkeys(LEVELS.values()))
    to_ask = [unit for unit in units if unit.level != Level.DISCIPLINE or unit.id == DISCIPLINE]
    ranked = sorted(to_ask, key=lambda unit: order.index(LEVELS[Level(unit.level)]))
    groups = groupby(ranked, key=lambda unit: LEVELS[Level(unit.level)])
    return {heading: tuple(_choice(unit) for unit in group) for heading, group in groups}


def _villages(units: list[Unit], candidates: list[str]) -> dict[str, tuple[Choice, ...]]:
    """Those that sound like what she said come first."""
    villages = [unit for unit in units if unit.level == Level.VILLAGE]
    near = tuple(_choice(unit) for unit in villages if unit.id in candidates)
    rest = tuple(_choice(unit) for unit in villages if unit.id not in candidates)
    return {"听起来像": near, "全县": rest} if near else {"全县": rest}


def _choice(unit: Unit) -> Choice:
    return Choice(unit.id, unit.name)
