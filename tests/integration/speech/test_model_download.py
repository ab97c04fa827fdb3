"""A model comes over a line that stalls, breaks and lies; the old one is used until the new one is whole."""

import hashlib
import time
from contextlib import ExitStack

import pytest

from tests.crooked_server import (
    CrookedServer,
    answer,
    change_to,
    cut_after,
    drip_after,
    go_away,
    stall_after,
    without_length,
    without_ranges,
)
from tests.installing import IMPATIENT, Listener, bring, kept, refused, still_as_before
from tests.model_zip import NAME, working
from worker.speech.downloading import Patience

BODY = working()
CHANGED = working(note=b"another edition")
HALF = len(BODY) // 2


def digest(body):
    return hashlib.sha256(body).hexdigest()


def test_a_whole_file_is_asked_for_once_and_leaves_nothing_behind(shelf, listener):
    with CrookedServer(BODY) as server:
        done = bring(shelf, server.url, listener)
    assert (done.name, shelf.active(), done.receipt.sha256) == (NAME, NAME, digest(BODY))
    assert (server.ranges, list(shelf.incoming.iterdir())) == ([""], [])


def test_a_line_that_is_cut_twice_is_gone_on_with_where_it_stopped(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), cut_after(300_000)) as server:
        done = bring(shelf, server.url, listener)
    assert server.ranges == ["", f"bytes={HALF}-", f"bytes={HALF + 300_000}-"]
    assert done.receipt.sha256 == digest(BODY)
    assert listener.heard("线路断了")


def test_a_line_that_stalls_is_given_up_and_gone_on_with(shelf, listener):
    with CrookedServer(BODY, stall_after(HALF)) as server:
        done = bring(shelf, server.url, listener, IMPATIENT)
    assert server.ranges == ["", f"bytes={HALF}-"]
    assert done.receipt.sha256 == digest(BODY)
    assert listener.heard("1 秒没有动静")


def test_a_line_that_only_drips_counts_as_stalled(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), drip_after(0)) as server:
        bring(shelf, server.url, listener, IMPATIENT)
    assert len(server.asked) == 3
    assert listener.heard("线路太慢")


def test_a_slow_line_that_still_brings_something_is_not_given_up(shelf, listener):
    with CrookedServer(BODY, cut_after(len(BODY) - 60), drip_after(0)) as server:
        bring(shelf, server.url, listener, Patience(stall=0.5, trickle=1, pauses=()))
    assert not listener.heard("线路太慢")


def test_a_server_in_trouble_is_given_time(shelf, listener):
    with CrookedServer(BODY, answer(503), answer(503)) as server:
        started = time.monotonic()
        bring(shelf, server.url, listener, Patience(pauses=(0.1, 0.3)))
    assert time.monotonic() - started > 0.4


def test_a_server_that_goes_away_and_comes_back_is_waited_for(shelf, listener):
    with ExitStack() as servers:
        first = servers.enter_context(CrookedServer(BODY, go_away))
        returned = []

        def come_back(sentence):
            if "连不上" in sentence and not returned:
                returned.append(servers.enter_context(CrookedServer(BODY, port=first.port)))

        listener.on_saying = come_back
        done = bring(shelf, first.url, listener)
    assert returned[0].ranges == [f"bytes={HALF}-"]
    assert done.receipt.sha256 == digest(BODY)


def test_a_server_that_cannot_go_on_sends_the_file_again_from_the_beginning(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), without_ranges) as server:
        done = bring(shelf, server.url, listener)
    assert server.ranges == ["", f"bytes={HALF}-"]
    assert done.receipt.sha256 == digest(BODY)
    assert listener.heard("从头再下")


def test_a_file_that_changes_between_two_tries_is_never_mixed_with_the_old_one(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), change_to(CHANGED, '"second"')) as server:
        done = bring(shelf, server.url, listener)
    assert done.receipt.sha256 == digest(CHANGED)


@pytest.mark.parametrize(
    "claimed",
    [
        {"Content_Range": f"bytes {HALF}-{len(BODY) - 1}/{len(BODY)}", "ETag": '"second"'},
        {"Content_Range": f"bytes {HALF - 1}-{len(BODY) - 2}/{len(BODY)}", "ETag": '"first"'},
        {"Content_Range": f"bytes {HALF}-{len(BODY)}/{len(BODY) + 1}", "ETag": '"first"'},
        {"ETag": '"first"'},
    ],
    ids=["of another edition", "from another byte", "of another length", "without saying which"],
)
def test_a_rest_that_is_not_the_rest_of_this_file_is_thrown_away(shelf, listener, claimed):
    wrong = answer(206, b"\0" * (len(BODY) - HALF), **claimed)
    with CrookedServer(BODY, cut_after(HALF), wrong) as server:
        done = bring(shelf, server.url, listener)
    assert server.ranges == ["", f"bytes={HALF}-", ""]
    assert done.receipt.sha256 == digest(BODY)


def test_a_server_that_knows_no_such_rest_is_asked_for_the_whole(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), answer(416)) as server:
        bring(shelf, server.url, listener)
    assert server.ranges == ["", f"bytes={HALF}-", ""]


def test_where_the_edition_has_a_weak_name_its_date_is_relied_on(shelf, listener):
    modified = "Mon, 02 Mar 2026 01:00:00 GMT"
    with CrookedServer(BODY, cut_after(HALF), edition='W/"first"', modified=modified) as server:
        bring(shelf, server.url, listener)
    assert server.asked[1]["If-Range"] == modified
    assert server.ranges == ["", f"bytes={HALF}-"]


def test_where_nothing_names_the_edition_the_whole_is_asked_for_again(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), edition="") as server:
        bring(shelf, server.url, listener)
    assert server.ranges == ["", ""]


def test_a_file_of_no_stated_length_is_taken_as_it_comes(shelf, listener):
    with CrookedServer(BODY, without_length()) as server:
        assert bring(shelf, server.url, listener).receipt.sha256 == digest(BODY)


def test_a_file_of_no_stated_length_that_was_cut_is_seen_to_be_damaged(shelf, listener):
    with CrookedServer(BODY, without_length(HALF)) as server:
        refused(shelf, server.url, listener, "不是完好的 zip")
    assert not kept(shelf)


def test_a_server_in_trouble_is_asked_a_few_times_and_what_has_come_stays(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), *[answer(500)] * 9) as server:
        refused(shelf, server.url, listener, "服务器暂时出错（500）.*留着.*U 盘")
        assert (len(server.asked), kept(shelf)) == (4, HALF)
        asked_before = len(server.asked)
        server.behave()
        bring(shelf, server.url, listener)
    assert server.ranges[asked_before:] == [f"bytes={HALF}-"]
    assert listener.heard("已有")


def test_a_line_that_never_gets_further_is_not_tried_for_ever(shelf, listener):
    with CrookedServer(BODY, *[cut_after(HALF)] * 9, edition="") as server:
        refused(shelf, server.url, listener, "试了 4 次没有下载完：线路断了")


def test_a_line_that_gets_further_each_time_is_not_given_up(shelf, listener):
    with CrookedServer(BODY, *[cut_after(100_000)] * 9) as server:
        assert bring(shelf, server.url, listener).receipt.sha256 == digest(BODY)
    assert len(server.asked) == 10


def test_a_file_damaged_on_the_way_is_thrown_away_and_brought_afresh_by_the_next_command(shelf, listener):
    damaged = bytearray(BODY)
    damaged[HALF] ^= 1
    with CrookedServer(bytes(damaged), edition='"first"') as server:
        refused(shelf, server.url, listener, "不是完好的 zip")
        server.body = BODY
        assert bring(shelf, server.url, listener).receipt.sha256 == digest(BODY)
    assert server.ranges == ["", ""]


def test_stopping_by_hand_keeps_what_has_come_and_lets_the_next_one_in(shelf, listener):
    def stop(what, done):
        if (what, done >= HALF) == ("下载", True):
            raise KeyboardInterrupt

    listener.on_progress = stop
    with CrookedServer(BODY) as server:
        with pytest.raises(KeyboardInterrupt):
            bring(shelf, server.url, listener)
        still_as_before(shelf)
        so_far = kept(shelf)
        bring(shelf, server.url, Listener())
    assert so_far >= HALF
    assert server.ranges == ["", f"bytes={so_far}-"]


def test_the_bar_goes_on_where_the_first_command_stopped(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF)) as server:
        bring(shelf, server.url, listener)
    seen = [(done, total) for what, done, total in listener.seen if what == "下载"]
    assert seen == sorted(seen)
    assert seen[-1] == (len(BODY), len(BODY))
