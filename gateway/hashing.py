"""Passwords and digits: only what argon2id makes of them is ever kept."""

from contextlib import suppress

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

_HASHER = PasswordHasher()


def hashed(secret: str) -> str:
    return _HASHER.hash(secret)


def matches(kept: str, secret: str) -> bool:
    with suppress(VerificationError):
        return _HASHER.verify(kept, secret)
    return False
