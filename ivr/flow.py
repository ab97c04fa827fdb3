"""The flow of a call: (step, what she did) → (step, moves). No key is ever needed to file a matter.

She is greeted in one sentence and may speak. A part that ends in silence is followed by a soft word and a longer
patience; an empty one after it, #, or hanging up ends her statement. Who says nothing is helped along twice and
then promised a call back: the line is never dead, and nobody is hung up on for being slow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ivr import accounts, my_case, ours, reporting
from ivr.fetching import PERSON, fetch, goodbye, number
from ivr.ours import FIRST_PATIENCE, MOST_WAITS
from ivr.questions import BY_PLACE, KEYS, NO, NOT_WAITED_FOR, PATIENCE, YES, answer, following, hours
from ivr.script import Ask, At, Bye, Deed, Known, Move, PlayBack, Record, Say, Step, Turn, Wait

NEXT_PATIENCE = 10  # and once she has spoken
LONGEST, OFFER_PATIENCE = 150, 3
HELPS = ("silence1", "silence2")
AGAIN, REPORT, ACCOUNTS, CASE, DONE = "1", "2", "3", "4", "#"
SAY_MORE, BY_CALL = "2", "3"
GREETED_KEYS = frozenset({PERSON, AGAIN, REPORT, ACCOUNTS, CASE})
HUNG_UP = "hung up"
NOTHING_KNOWN = Known()
Keyed = Callable[[Step, str, Known], Turn]


@dataclass(frozen=True)
class Answered:
    """The line was picked up; `report` where the number she dialled is kept for reports."""

    report: bool = False


@dataclass(frozen=True)
class Called:
    """She has picked up a call of ours: to `tell` her something, because hers was `missed`, or for her `danger`."""

    why: str


@dataclass(frozen=True)
class Pressed:
    """A key while a prompt that listens for one was heard."""

    key: str


@dataclass(frozen=True)
class Spoke:
    """A part was recorded: `ended_by` is a key, HUNG_UP, or empty where silence or the longest part ended it."""

    ended_by: str
    seconds: int


@dataclass(frozen=True)
class Silent:
    """She was listened to and said nothing."""


@dataclass(frozen=True)
class Waited:
    """A moment of waiting is over."""


@dataclass(frozen=True)
class Rung:
    """A telephone of the duty list has rung, and whoever talked on it has hung up again."""


Input = Answered | Called | Pressed | Spoke | Silent | Waited | Rung


def turn(step: Step, did: Input, known: Known = NOTHING_KNOWN) -> Turn:
    """What the line does next."""
    match did:
        case Answered() | Called():
            return _picked_up(step, did, known)
        case Pressed(key):
            return _PRESSED.get(step.at, _pressed)(step, key, known)
        case Spoke():
            return _SPOKEN.get(step.at, _spoke)(step, did, known)
        case Waited():
            return _waited(step, known)
        case Rung():
            return fetch(replace(step, rung=step.rung + 1), known)
        case _:  # Silent
            return _silent(step, known)


def _picked_up(step: Step, did: Answered | Called, known: Known) -> Turn:
    if isinstance(did, Called):
        return ours.CALLED[did.why](step, known)
    if did.report:
        return Turn((Ask("report_greet"), Record(FIRST_PATIENCE)), replace(step, report=True), Deed.SEAL)
    return Turn((Ask("greet"), Record(FIRST_PATIENCE)), step)


def _pressed(step: Step, key: str, known: Known) -> Turn:
    """At the greeting; any key that means nothing is kindly ignored."""
    if key == PERSON:
        return fetch(step, known, Say("human"), deed=Deed.FETCH_PERSON)
    if key == AGAIN:
        return Turn((Ask("greet_slow"), Record(FIRST_PATIENCE)), step, Deed.SLOWER)
    if key == CASE:
        return reporting.asks(step) if step.report else my_case.asks(step, known)
    if key == REPORT:
        return Turn((Ask("report_who"), Record(FIRST_PATIENCE)), replace(step, report=True), Deed.SEAL)
    if key == ACCOUNTS and not step.report:
        return accounts.asks(step, known)
    return Turn((Record(FIRST_PATIENCE),), step)


def _spoke(before: Step, did: Spoke, known: Known) -> Turn:
    step, ended_by = replace(before, parts=before.parts + 1), did.ended_by
    if ended_by == HUNG_UP:
        return Turn((), step)
    if ended_by == PERSON:
        return fetch(step, known, Say("human"), deed=Deed.FETCH_PERSON)
    if step.at in BY_PLACE:
        return _listen_for(step, known) if ended_by in {"", DONE} else _answered_by_key(step, ended_by, known)
    if ended_by == DONE:
        return _ended(step, known)
    soft_word = "long" if did.seconds >= LONGEST - 1 else "go_on"
    return Turn((Say(soft_word), Record(NEXT_PATIENCE)), step)


def _silent(step: Step, known: Known) -> Turn:
    if step.at in BY_PLACE:
        return _go_on(step, known)
    if step.at in _SILENT:
        return _SILENT[step.at](step, known)
    if step.parts:
        return _ended(step, known)
    if step.helps < len(HELPS):
        return Turn((Ask(HELPS[step.helps]), Record(FIRST_PATIENCE)), replace(step, helps=step.helps + 1))
    return Turn((Say("silence3"), Bye()), step, Deed.CALL_BACK)


def _waited(step: Step, known: Known) -> Turn:
    if step.at in BY_PLACE:
        return _listen_for(step, known)
    return _WAITED.get(step.at, _ended)(step, known)


def _ended(step: Step, known: Known) -> Turn:
    """Her statement is over. Its words are waited for, three seconds and no longer: late, and the question is left to a
    clerk.
    """
    here = replace(step, at=At.HEAR, waited=step.waited if step.at is At.HEAR else 0)
    if not known.heard and here.waited < MOST_WAITS:
        return Turn((Wait(),), replace(here, waited=here.waited + 1))
    if known.person and not known.danger:
        return fetch(here, known, Say("human"), deed=Deed.FETCH_PERSON)
    if known.danger and not step.danger:
        warned = (Say("emergency"), Say("emergency_numbers"))
        return fetch(replace(here, danger=True), known, *warned, deed=Deed.DANGER)
    return _go_on(here, known)


def _go_on(step: Step, known: Known, *before: Move, deed: Deed | None = None) -> Turn:
    """The next open question, or her number."""
    after = following(step, known) or _farewell(step, known)
    return Turn((*before, *after.moves), after.step, deed or after.deed)


def _listen_for(step: Step, known: Known) -> Turn:
    """Her answer, once it is in words; what is not clear is nobody's answer."""
    if not known.heard and step.at not in NOT_WAITED_FOR and step.waited < MOST_WAITS:
        return Turn((Wait(),), replace(step, waited=step.waited + 1))
    if step.at is At.WHEN:
        return _go_on(step, known, deed=hours(known.hours) if known.heard else None)
    return _settled(step, known, said=answer(step, known) if known.heard else None)


def _answered_by_key(step: Step, key: str, known: Known) -> Turn:
    if step.at is At.WHEN:
        return _go_on(step, known, deed=hours(key))
    if key in {YES, NO}:
        return _settled(step, known, said=key == YES)
    return Turn((Record(FIRST_PATIENCE),), step)


def _settled(step: Step, known: Known, *, said: bool | None) -> Turn:
    question = BY_PLACE[step.at]
    deed = None if said is None else question.yes if said else question.no
    if deed is Deed.JOIN:
        return Turn((Say("repeat_case"), Record(NEXT_PATIENCE)), replace(step, at=At.TELL), deed)
    if deed is Deed.REAL:
        return Turn((Say("report_name"), Record(PATIENCE, keys=KEYS)), replace(step, at=At.NAME, waited=0), deed)
    unclear = (Say("village_unknown"),) if step.at is At.PLACE and not said else ()
    return _go_on(step, known, *unclear, deed=deed)


def _farewell(step: Step, known: Known) -> Turn:
    """Her number, and an offer that asks nothing of her; none at the end of a report, for who stands by hears it
    too.
    """
    if step.report:
        return Turn((*number(step, known), *reporting.word(known), *goodbye()), step)
    return Turn((*number(step, known), *_offer()), replace(step, at=At.OFFER, waited=0))


def _offer() -> tuple[Move, ...]:
    return Ask("offer", OFFER_PATIENCE), *goodbye()


def _offered(step: Step, key: str, known: Known) -> Turn:
    if key == AGAIN:
        return _played_back(step, known)
    if key == SAY_MORE:
        return Turn((Say("say_again"), Record(NEXT_PATIENCE)), replace(step, at=At.TELL))
    if key == BY_CALL:
        return Turn((Say("by_call"), *goodbye()), step, Deed.BY_CALL)
    return Turn(goodbye(), step)


def _played_back(step: Step, known: Known) -> Turn:
    """Her own voice, once it has come from the carrier; where it takes too long, a word that it is kept."""
    if known.sounds is None and step.waited < MOST_WAITS:
        return Turn((Wait(),), replace(step, waited=step.waited + 1))
    heard: Move = PlayBack(known.sounds) if known.sounds else Say("kept")
    return Turn((heard, *_offer()), step)


def _or_a_person(pressed: Keyed) -> Keyed:
    """The keys of a place where 0 is a person, as everywhere."""

    def keyed(step: Step, key: str, known: Known) -> Turn:
        if key == PERSON:
            return fetch(step, known, Say("human"), deed=Deed.FETCH_PERSON)
        return pressed(step, key, known)

    return keyed


def _answer(step: Step, did: Spoke, known: Known) -> Turn:
    """Her answer to what my_case or accounts asks, aloud or by a key that ended the recording."""
    room = my_case if step.at is At.NUMBER else accounts
    if did.ended_by == HUNG_UP:
        return Turn((), step)
    return room.said(step, known) if did.ended_by in {"", DONE} else _PRESSED[step.at](step, did.ended_by, known)


def _answered_aloud(step: Step, did: Spoke, known: Known) -> Turn:
    return ours.hung_up(step) if did.ended_by == HUNG_UP else ours.spoken(step, did.ended_by, known)


_SPOKEN: Mapping[At, Callable[[Step, Spoke, Known], Turn]] = {
    **dict.fromkeys((At.NUMBER, *accounts.PLACES), _answer),
    **dict.fromkeys(ours.PLACES, _answered_aloud),
}
_WAITED: Mapping[At, Callable[[Step, Known], Turn]] = {
    At.OFFER: _played_back,
    At.ASKS: reporting.asked,
    At.NUMBER: my_case.said,
    **dict.fromkeys(accounts.PLACES, accounts.said),
    At.LINE: accounts.next_line,
    **dict.fromkeys(ours.PLACES, ours.heard),
}
_SILENT: Mapping[At, Callable[[Step, Known], Turn]] = {
    At.NUMBER: my_case.not_there,
    At.MINE: lambda step, _known: Turn(goodbye(), step),
    **dict.fromkeys(accounts.PLACES, accounts.silent),
    **dict.fromkeys(ours.PLACES, ours.silent),
}
_PRESSED: Mapping[At, Keyed] = {
    At.ASKS: lambda step, _keys, known: reporting.asked(step, known),
    At.OFFER: _or_a_person(_offered),
    At.MINE: _or_a_person(my_case.pressed),
    At.NUMBER: _or_a_person(my_case.pressed),
    **dict.fromkeys(accounts.PLACES, _or_a_person(accounts.pressed)),
    **dict.fromkeys(BY_PLACE, _or_a_person(_answered_by_key)),
    **dict.fromkeys(ours.PLACES, ours.pressed),
}
