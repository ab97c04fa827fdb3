"""Keys: everything from the one secret the technician sets; without it nothing can be read or searched for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from models.keyring import KEY_BYTES, Keyring, decipher, encipher

RING = Keyring("一个谁也猜不到的长密钥，只在测试里用")
OTHER = Keyring("另外一个谁也猜不到的长密钥，也只在测试里用")


@given(st.binary(max_size=2000))
def test_what_was_enciphered_can_be_read_again_with_its_key(plain):
    key, _ = RING.fresh()
    assert decipher(key, encipher(key, plain)) == plain


def test_another_cases_key_opens_nothing():
    box = encipher(RING.fresh()[0], "她说的话".encode())
    with pytest.raises(CryptoError):
        decipher(RING.fresh()[0], box)


def test_a_box_with_one_changed_byte_is_refused_and_not_misread():
    key, _ = RING.fresh()
    box = bytearray(encipher(key, "她说的话".encode()))
    box[-1] ^= 1
    with pytest.raises(CryptoError):
        decipher(key, bytes(box))


def test_the_same_words_never_make_the_same_box():
    key, _ = RING.fresh()
    assert encipher(key, b"words") != encipher(key, b"words")


def test_a_key_is_wrapped_by_the_servers_secret_and_comes_back_with_it():
    plain, wrapped = RING.fresh()
    assert len(plain) == KEY_BYTES
    assert plain not in wrapped
    assert RING.unwrap(wrapped) == plain
    assert Keyring("一个谁也猜不到的长密钥，只在测试里用").unwrap(wrapped) == plain


def test_another_servers_secret_unwraps_nothing():
    with pytest.raises(CryptoError):
        OTHER.unwrap(RING.fresh()[1])


def test_every_case_has_a_key_of_its_own():
    assert len({RING.fresh()[0] for _ in range(50)}) == 50


def test_a_number_always_hashes_alike_and_only_with_the_secret():
    assert RING.hash_number("+8613900000101") == RING.hash_number("+8613900000101")
    assert RING.hash_number("+8613900000101") != OTHER.hash_number("+8613900000101")
    assert RING.hash_number("+8613900000101") != RING.hash_number("+8613900000102")
    assert len(RING.hash_number("")) == 32


def test_the_hash_shows_no_digit_of_the_number():
    assert re.fullmatch("[0-9a-f]{32}", RING.hash_number("+8613900000101"))
    assert "13900000101" not in RING.hash_number("+8613900000101")
