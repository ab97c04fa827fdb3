"""A locked file: written with one passphrase, opened by it alone, whole or not at all."""

import io

import pytest

from worker.safekeeping import box
from worker.safekeeping.box import Closing, Opening, Refused

PASSPHRASE = "山高水长，有事就说，有诺必践"


@pytest.fixture(scope="module")
def locked():
    """Three chunks and a little."""
    return written(bytes(3 * box.CHUNK + 5))


def written(body):
    out = io.BytesIO()
    with Closing(out, PASSPHRASE) as closing_box:
        closing_box.write(body)
        closing_box.finish()
    return out.getvalue()


def read(locked, passphrase=PASSPHRASE):
    opening = Opening(io.BytesIO(locked), passphrase)
    body = opening.read()
    opening.read_to_the_end()
    return body


def test_what_went_in_comes_out(locked):
    assert read(locked) == bytes(3 * box.CHUNK + 5)


def test_another_passphrase_opens_nothing(locked):
    with pytest.raises(Refused, match="口令不对"):
        read(locked, PASSPHRASE + "。")


@pytest.mark.parametrize("place", [20, 40, 70, 300_000, -1])
def test_one_changed_byte_is_seen_wherever_it_is(locked, place):
    changed = bytearray(locked)
    changed[place] ^= 1
    with pytest.raises(Refused, match="改动过"):
        read(bytes(changed))


@pytest.mark.parametrize("left", [10, 50, 300_000, -1, -22])
def test_a_file_cut_off_is_seen(locked, left):
    with pytest.raises(Refused):
        read(locked[:left])


def test_two_chunks_in_each_others_place_are_seen(locked):
    size, head = box.CHUNK + 17, len(box.MAGIC) + 16 + 24
    first, second = locked[head : head + size], locked[head + size : head + 2 * size]
    with pytest.raises(Refused):
        read(locked[:head] + second + first + locked[head + 2 * size :])


def test_something_added_at_the_end_is_seen(locked):
    with pytest.raises(Refused):
        read(locked + b"more")


def test_something_added_after_a_full_last_chunk_is_seen():
    with pytest.raises(Refused, match="末尾"):
        read(written(bytes(2 * box.CHUNK)) + b"more")


def test_who_read_only_the_beginning_reads_on_to_the_end_before_it_is_believed(locked):
    opening = Opening(io.BytesIO(locked[:-1] + bytes([locked[-1] ^ 1])), PASSPHRASE)
    assert len(opening.read(100)) == 100
    with pytest.raises(Refused, match="改动过"):
        opening.read_to_the_end()


def test_what_is_no_backup_is_told():
    with pytest.raises(Refused, match="不是本系统的备份"):
        read(b"PK\x03\x04 a zip")


def test_a_passphrase_that_is_soon_guessed_locks_nothing():
    with pytest.raises(Refused, match="至少"):
        Closing(io.BytesIO(), "12345678")
