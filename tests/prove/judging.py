"""Each promise as a comparison of the two sets of books: a sentence for every place where they do not agree."""

from collections.abc import Callable, Iterator

from models.call import Outcome
from models.message import Delivery
from models.numbering import aloud
from models.recording import Sound
from tests.prove.books import Books, Day, OurCall, OurCase, twice

PROMISES_A_CALL = "打回来"
SAYS_A_NUMBER = "编号是"


def violations(day: Day, ours: Books) -> list[str]:
    return [sentence for judge in JUDGES for sentence in judge(day, ours)]


def every_call_ends_in_one_outcome(day: Day, ours: Books) -> Iterator[str]:
    for sid in twice(call.sid for call in ours.calls):
        yield f"call {sid} is written down twice"
    outcomes = {call.sid: call.outcome for call in ours.calls}
    for rang in day.rang:
        if rang.sid not in outcomes:
            yield f"call {rang.sid} is not in the books"
        elif outcomes[rang.sid] is None:
            yield f"call {rang.sid} has no outcome"
    hers = {call.sid for call in ours.calls if not call.ours}
    for sid in hers - {rang.sid for rang in day.rang}:
        yield f"call {sid} never happened"


def every_outcome_is_what_happened(day: Day, ours: Books) -> Iterator[str]:
    spoke = {rang.sid for rang in day.rang if rang.parts}
    for call in ours.calls:
        expected = _spoken(call) if call.sid in spoke or call.ours else _quiet(call)
        if call.outcome not in {None, expected}:
            yield f"call {call.sid} is down as {call.outcome}, and was {expected}"


def _spoken(call: OurCall) -> Outcome:
    return Outcome.ADDED if call.joined else Outcome.CASE


def _quiet(call: OurCall) -> Outcome:
    if call.taken:
        return Outcome.TAKEN_OVER
    return Outcome.CALL_BACK if call.tasks or call.called else Outcome.HUNG_UP


def every_part_she_spoke_is_in_her_case(day: Day, ours: Books) -> Iterator[str]:
    books = {call.sid: call for call in ours.calls}
    for rang in day.rang:
        call = books.get(rang.sid)
        for part in rang.parts:
            if call is None or call.case is None:
                yield f"part {part} of call {rang.sid} is in no case"
            elif call.parts.get(part) != Sound.STORED:
                yield f"part {part} of call {rang.sid} is {call.parts.get(part, 'unknown')}"
        for part in (call.parts.keys() if call else set()) - rang.parts:
            yield f"part {part} of call {rang.sid} was never spoken"


def no_case_is_there_twice_or_from_nowhere(_day: Day, ours: Books) -> Iterator[str]:
    texted = {text.case for text in ours.texts if text.case}  # a second thought is with what was just written
    origins = [*texted, *(call.case for call in ours.calls if call.case and not call.joined)]
    for number in twice(origins):
        yield f"case {number} came from two calls or texts"
    for number in {case.number for case in ours.cases if not case.merged} - set(origins):
        yield f"case {number} came from nowhere"


def every_case_is_understood_and_its_history_whole(_day: Day, ours: Books) -> Iterator[str]:
    for case in ours.cases:
        if not case.understood:
            yield f"case {case.number} has no words and nobody was told so"
        if not case.whole:
            yield f"the history of case {case.number} is broken"


def every_clock_starts_with_the_call(_day: Day, ours: Books) -> Iterator[str]:
    cases = {case.number: case for case in ours.cases}
    for call in ours.calls:
        if call.case and not call.joined and cases[call.case].received != call.started:
            yield f"the clock of case {call.case} does not start with its call"


def every_number_told_is_her_own(day: Day, ours: Books) -> Iterator[str]:
    numbers = {call.sid: call.case for call in ours.calls}
    for rang in day.rang:
        number = numbers.get(rang.sid)
        for said in rang.heard:
            if SAYS_A_NUMBER in said and (number is None or aloud(number) not in said):
                yield f"call {rang.sid} was told a number that is not its case's"


def every_call_back_promised_is_somebodys_task(day: Day, ours: Books) -> Iterator[str]:
    tasks = {call.sid: call.tasks for call in ours.calls}
    for rang in day.rang:
        if any(PROMISES_A_CALL in said for said in rang.heard) and not tasks.get(rang.sid):
            yield f"call {rang.sid} was promised a call back, and nobody is asked to make it"


def every_text_is_taken_once(day: Day, ours: Books) -> Iterator[str]:
    for sid in twice(text.sid for text in ours.texts):
        yield f"text {sid} is written down twice"
    sent, kept = {text.sid for text in day.texted}, {text.sid for text in ours.texts}
    yield from (f"text {sid} is not in the books" for sid in _lost(day, kept))
    for sid in kept - sent:
        yield f"text {sid} was never sent"
    for text in ours.texts:
        if text.case is None and any(_speaks(sent.words) for sent in day.texted if sent.sid == text.sid):
            yield f"text {text.sid} is in no case"


def _lost(day: Day, kept: set[str]) -> Iterator[str]:
    """Two of the same words in the same second are one where both webhooks were lost: the list tells them not apart."""
    said = {(text.phone, text.words) for text in day.texted if text.sid in kept}
    return (text.sid for text in day.texted if text.sid not in kept and (text.phone, text.words) not in said)


def every_number_is_texted_once(day: Day, ours: Books) -> Iterator[str]:
    for case in ours.cases:
        telephone = day.telephones[case.phone]
        arrived = sum(case.number in words for words in telephone.texts)
        due = (
            0
            if case.report or case.merged
            else 1 + sum(call.joined and call.case == case.number for call in ours.calls)
        )
        if arrived != due * telephone.reachable:
            yield f"the number of case {case.number} was texted {arrived} times"
        yield from _acks_as_it_was(case, due, reachable=telephone.reachable)


def _acks_as_it_was(case: OurCase, due: int, *, reachable: bool) -> Iterator[str]:
    expected = (Delivery.DELIVERED if reachable else Delivery.FAILED,) * due
    if case.acks != expected:
        known, wanted = _words(case.acks), _words(expected)
        yield f"the text with the number of case {case.number} is down as {known}, and should be {wanted}"


def _words(states: tuple[str, ...]) -> str:
    return " and ".join(states) or "never written"


def nothing_promised_is_left_open(_day: Day, ours: Books) -> Iterator[str]:
    if ours.open_promises:
        yield f"promises are still open: {'; '.join(ours.open_promises)}"


def _speaks(words: str) -> bool:
    """Whether there is a word of a matter in it."""
    return any(character.isalpha() for character in words)


JUDGES: tuple[Callable[[Day, Books], Iterator[str]], ...] = (
    every_call_ends_in_one_outcome,
    every_outcome_is_what_happened,
    every_part_she_spoke_is_in_her_case,
    no_case_is_there_twice_or_from_nowhere,
    every_case_is_understood_and_its_history_whole,
    every_clock_starts_with_the_call,
    every_number_told_is_her_own,
    every_call_back_promised_is_somebodys_task,
    every_text_is_taken_once,
    every_number_is_texted_once,
    nothing_promised_is_left_open,
)
