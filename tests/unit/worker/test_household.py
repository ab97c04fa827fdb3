"""The processes of one machine as one group: watched, started again, given up with their last words, ended together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from worker.supervise import LAST_WORDS, MOST_RESTARTS, Household, WillNotStayUp, wait_until

SLEEPS = ["sleep", "60"]
DEAF = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"]


@pytest.fixture
def household(tmp_path):
    standing = Household(tmp_path, {"PATH": os.environ["PATH"], "WHO": "test"})
    yield standing
    standing.stop()


def log(tmp_path, name):
    file = tmp_path / "log" / f"{name}.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def is_there(pid):
    """Whether a process runs; one that ended and was not buried yet does not."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def until(ready, seconds=10):
    assert wait_until(ready, seconds=seconds, watch=lambda: None)


def test_a_program_that_was_started_runs_with_the_houses_settings_and_its_words_in_a_log(household, tmp_path):
    household.start_command("talker", ["sh", "-c", "echo $WHO; echo badly >&2; sleep 60"])
    until(lambda: log(tmp_path, "talker") == "test\nbadly\n")
    assert household.start_again_what_ended() == []


def test_a_part_of_our_own_runs_in_a_process_of_its_own_with_the_houses_settings(household, tmp_path):
    def part():
        os.write(1, f"{os.environ['WHO']} {os.getpid()}".encode())
        time.sleep(60)

    household.start_part("part", part)
    until(lambda: log(tmp_path, "part").split())
    assert log(tmp_path, "part").split() == ["test", str(household.pids()["part"])]
    assert household.pids()["part"] != os.getpid()


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_what_ended_unexpectedly_is_started_again_and_named(household, by):
    household.start_command("sleeper", SLEEPS)
    before = household.pids()["sleeper"]
    os.kill(before, by)
    until(lambda: household.start_again_what_ended() == ["sleeper"])
    assert household.pids()["sleeper"] != before
    assert is_there(household.pids()["sleeper"])


def test_what_ends_again_and_again_is_given_up_with_its_last_words(household):
    household.start_command("dying", ["sh", "-c", "for i in $(seq 30); do echo line $i; done; exit 3"])
    for _ in range(MOST_RESTARTS - 1):
        until(lambda: household.start_again_what_ended() == ["dying"])
    until(lambda: not is_there(household.pids()["dying"]))
    with pytest.raises(WillNotStayUp) as given_up:
        household.start_again_what_ended()
    name, *words = str(given_up.value).splitlines()
    assert "dying" in name
    assert words == [f"line {number}" for number in range(31 - LAST_WORDS, 31)]


def test_what_ends_now_and_then_over_a_long_time_is_not_given_up(household):
    household.start_command("sleeper", SLEEPS)
    (child,) = household._children
    child.starts = [time.monotonic() - 61] * 50
    os.kill(household.pids()["sleeper"], signal.SIGKILL)
    until(lambda: household.start_again_what_ended() == ["sleeper"])


def test_when_the_house_closes_every_process_ends(household):
    household.start_command("one", SLEEPS)
    household.start_command("two", SLEEPS)
    household.start_part("three", lambda: time.sleep(60))
    pids = list(household.pids().values())
    household.stop()
    assert not any(is_there(pid) for pid in pids)
    assert household.pids() == {}


def test_every_process_may_finish_what_it_is_doing_before_it_ends(tmp_path, household):
    goodbye = f"trap 'echo $0 >> {tmp_path}/order; exit' TERM; echo ready; while :; do sleep 0.02; done"
    for name in ("queue", "exchange", "webhooks"):
        household.start_command(name, ["sh", "-c", goodbye, name])
        until(lambda name=name: "ready" in log(tmp_path, name))
    household.stop()
    assert sorted((tmp_path / "order").read_text(encoding="ascii").split()) == ["exchange", "queue", "webhooks"]


def test_a_process_that_does_not_listen_is_killed(household, tmp_path):
    household.start_command("deaf", DEAF)
    until(lambda: "ready" in log(tmp_path, "deaf"))
    pid = household.pids()["deaf"]
    household.stop(patience=0.3)
    assert not is_there(pid)


def test_no_child_outlives_a_house_that_was_killed(tmp_path):
    """`kill -9` of the house itself: the kernel ends the children, so that no old worker sends a text twice."""
    script = (
        "import os, sys, time\n"
        "from pathlib import Path\n"
        "from worker.supervise import Household\n"
        "house = Household(Path(sys.argv[1]), dict(os.environ))\n"
        "house.start_command('program', ['sleep', '60'])\n"
        "house.start_part('part', lambda: time.sleep(60))\n"
        "print(*house.pids().values(), flush=True)\n"
        "time.sleep(60)\n"
    )
    root = Path(__file__).parents[3]
    words = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, text=True) as house:
        pids = [int(pid) for pid in house.stdout.readline().split()]
        assert all(is_there(pid) for pid in pids)
        house.kill()
    until(lambda: not any(is_there(pid) for pid in pids))


def test_waiting_ends_when_it_is_so_and_gives_up_when_it_takes_too_long():
    looks = iter([False, False, True])
    watched = []
    assert wait_until(lambda: next(looks), seconds=5, watch=lambda: watched.append(1))
    assert len(watched) == 2
    assert not wait_until(lambda: False, seconds=0.1, watch=lambda: None)
