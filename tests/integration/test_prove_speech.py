"""`make prove PROOF=speech`: what it finds, and a short run of it."""

import json
import subprocess
import sys

import pytest

from tests.prove import __main__ as prove_command
from tests.prove import memory, speech

HEARD = {
    "talk_readable_after": 1.2,
    "longest_seconds": 1200.0,
    "longest_heard_to": 1199.0,
    "mb_before": 220.0,
    "mb_most_longest": 300.0,
    "mb_most_crowd": 290.0,
    "mb_after": 225.0,
}


def test_calls_heard_soon_and_to_their_end_in_little_memory_are_no_violation():
    assert list(speech.broken(HEARD)) == []


@pytest.mark.parametrize(
    ("figure", "value", "sentence"),
    [
        ("talk_readable_after", 4.1, "a call of 20 s can be read only 4.1 s after its end"),
        ("longest_heard_to", 1100.0, "of a call of 1200 s the words end at 1100 s"),
        ("mb_most_longest", 500.0, "memory grew from 220 MB to 500 MB (mb_most_longest)"),
        ("mb_most_crowd", 500.0, "memory grew from 220 MB to 500 MB (mb_most_crowd)"),
        ("mb_after", 270.0, "memory was 220 MB and stays at 270 MB"),
    ],
)
def test_what_was_heard_late_in_part_or_in_too_much_memory_is_found(figure, value, sentence):
    assert list(speech.broken({**HEARD, figure: value})) == [sentence]


def test_the_memory_of_a_process_is_counted_with_that_of_its_children():
    hoard = "hoard = bytearray(60_000_000)"
    child = f"import subprocess, sys; {hoard}; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    grandchild = f"{hoard}; print('there', flush=True); import sys; sys.stdin.read()"
    command = [sys.executable, "-c", child, grandchild]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        watch = memory.Watch(process.pid)
        assert 120 < watch.now() < 180
        assert watch.most_since() >= 120
        process.stdin.close()
    assert watch.now() == 0
    assert watch.most_since() == 0


def test_a_long_call_a_moment_and_several_at_once_are_cases_that_can_be_read_at_once(capsys):
    status = prove_command.main(["speech", "--short", "--seed", "1"])
    said = capsys.readouterr()
    assert status == 0, said.err
    line = json.loads(said.out)
    assert (line["violations"], line["cases"]) == (0, line["crowd"] + line["talks"] + 3)
