"""`make prove`, the fuzzing: some hundreds of inputs at every door and reader, and each kind of wrong seen once."""

import time

from hypothesis import strategies as st

from tests.prove.frame import Terms
from tests.prove.fuzz import course, readers
from tests.prove.fuzz.watch import Watch


def test_some_hundreds_of_inputs_bring_nobody_an_exception_a_hang_or_a_refusal_without_a_sentence():
    verdict = course.prove(Terms(short=True, kill=False, seed=12))
    assert verdict.violations == []
    assert verdict.cases >= course.SHORT.webhooks + course.SHORT.pages + course.SHORT.sealed + course.SHORT.readers
    assert {reader.name for reader in readers.readers()} < set(verdict.figures["rooms"])


def test_an_exception_is_seen_once_for_each_place_it_comes_from_with_the_first_input_that_brought_it():
    seen = Watch()
    for one in ("sound", "nought", "0"):
        seen.tried("reader", one, lambda one=one: 1 / int(one) if one == "0" else len(one))
    assert seen.cases == 3
    (sentence,) = seen.sentences()
    assert sentence.startswith("reader: ZeroDivisionError in test_prove_fuzz.py")
    assert sentence.endswith("1 times, first by '0'")


def test_an_input_that_takes_too_much_of_the_processor_is_ended_and_seen():
    seen = Watch(cpu_seconds=0.05)
    seen.tried("reader", "for ever", _for_ever)
    assert "took more than 0.05 seconds of processor time" in seen.sentences()[0]


def test_the_same_seed_throws_the_same_inputs():
    def thrown(seed):
        inputs: list[int] = []
        course.throw(st.integers(), inputs.append, times=20, seed=seed)
        return inputs

    assert thrown(3) == thrown(3) != thrown(4)


def test_the_whole_proof_is_of_at_least_fifty_thousand_inputs():
    plan = course.FULL
    assert plan.webhooks + plan.pages + plan.sealed + plan.readers >= 50_000


def _for_ever():
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        pass
    raise AssertionError("nobody ended it")
