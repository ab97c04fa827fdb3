"""Keys: one data key per case, wrapped by the server's key; telephone numbers found by keyed hash.

Everything is derived from the one secret the technician sets. A wrapped data key can later be wrapped to somebody
else and this copy destroyed, which makes every word, sound and number stored under it unreadable at once.
"""

import hashlib

from nacl.secret import SecretBox
from nacl.utils import random

KEY_BYTES = SecretBox.KEY_SIZE


class Keyring:
    def __init__(self, secret: str) -> None:
        self._wrapping = SecretBox(_derived(secret, b"wrap"))
        self._hashing = _derived(secret, b"number")

    def fresh(self) -> tuple[bytes, bytes]:
        """A new data key: (the key, the key wrapped for the table)."""
        plain = random(KEY_BYTES)
        return plain, bytes(self._wrapping.encrypt(plain))

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises nacl.exceptions.CryptoError when the server's secret is not the one it was wrapped with."""
        return self._wrapping.decrypt(wrapped)

    def hash_number(self, number: str) -> str:
        """The same number always gives the same 32 hexadecimal digits; without the secret it cannot be searched for."""
        return hashlib.blake2b(number.encode(), key=self._hashing, digest_size=16).hexdigest()


def encipher(key: bytes, plain: bytes) -> bytes:
    return bytes(SecretBox(key).encrypt(plain))


def decipher(key: bytes, box: bytes) -> bytes:
    return SecretBox(key).decrypt(box)


def _derived(secret: str, purpose: bytes) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"xiangyin", salt=purpose, digest_size=KEY_BYTES).digest()
