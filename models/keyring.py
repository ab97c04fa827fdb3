"""Keys: one data key per case, wrapped by the server's key; telephone numbers found by keyed hash.

Everything of the server's is derived from the one secret the technician sets. A data key can be wrapped to the
discipline inspectors' own keys instead and the server's copy destroyed: then every word, sound and number stored under
it can be read by them alone, each with a password that is nowhere on this machine.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

KEY_BYTES = SecretBox.KEY_SIZE


class Sealed(LookupError):
    """The key was given to the discipline inspectors; here it opens nothing any more. Carries no data."""


class Keyring:
    def __init__(self, secret: str) -> None:
        self._wrapping = SecretBox(_derived(secret, b"wrap"))
        self._hashing = _derived(secret, b"number")
        self._words = _derived(secret, b"word")

    def fresh(self) -> tuple[bytes, bytes]:
        """A new data key: (the key, the key wrapped for the table)."""
        plain = random(KEY_BYTES)
        return plain, self.wrap(plain)

    def wrap(self, plain: bytes) -> bytes:
        return bytes(self._wrapping.encrypt(plain))

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises nacl.exceptions.CryptoError when the server's secret is not the one it was wrapped with."""
        return self._wrapping.decrypt(wrapped)

    def open(self, wrapped: bytes, sealed: Mapping[int, bytes]) -> bytes:
        """A data key from its wrapped copy, or where that is empty from one in `sealed`, by officer. Raises Sealed."""
        return self.unwrap(wrapped) if wrapped else self._unseal(sealed)

    def _unseal(self, _sealed: Mapping[int, bytes]) -> bytes:
        raise Sealed

    def hash_number(self, number: str) -> str:
        """The same number always gives the same 32 hexadecimal digits; without the secret it cannot be searched for."""
        return hashlib.blake2b(number.encode(), key=self._hashing, digest_size=16).hexdigest()

    def lot(self, number: str) -> int:
        """What the word of a report is made of: the same for its number, and nobody's to guess without the secret."""
        return int.from_bytes(hashlib.blake2b(number.encode(), key=self._words).digest())


@dataclass(frozen=True)
class Secrets:
    """What an inspector's password opens: the private key, and the seed of the codes that change every half minute."""

    private: PrivateKey
    seed: bytes

    @classmethod
    def fresh(cls) -> "Secrets":
        return cls(PrivateKey.generate(), random(20))

    @property
    def public(self) -> bytes:
        return bytes(self.private.public_key)

    def locked(self, password: str) -> bytes:
        """For the table: opened by that password alone, of which a guess takes 64 MB and a tenth of a second."""
        salt = random(argon2id.SALTBYTES)
        return salt + bytes(SecretBox(_stretched(password, salt)).encrypt(bytes(self.private) + self.seed))

    @classmethod
    def unlocked(cls, locked: bytes, password: str) -> "Secrets | None":
        """None where it is not the password."""
        salt, box = locked[: argon2id.SALTBYTES], locked[argon2id.SALTBYTES :]
        try:
            plain = SecretBox(_stretched(password, salt)).decrypt(box)
        except CryptoError:
            return None
        return cls(PrivateKey(plain[: PrivateKey.SIZE]), plain[PrivateKey.SIZE :])


class InspectorsKeyring(Keyring):
    """The server's keyring in an inspector's hands: opens also what is sealed to her, while she is signed in."""

    def __init__(self, server: Keyring, officer_id: int, secrets: Secrets) -> None:
        self.__dict__.update(server.__dict__)
        self._officer_id = officer_id
        self._private = SealedBox(secrets.private)

    def _unseal(self, sealed: Mapping[int, bytes]) -> bytes:
        if self._officer_id not in sealed:
            raise Sealed
        return self._private.decrypt(sealed[self._officer_id])


def sealed_to(public: bytes, plain: bytes) -> bytes:
    """A copy of a data key that only the owner of the private key can open; nobody can tell who made it."""
    return bytes(SealedBox(PublicKey(public)).encrypt(plain))


def encipher(key: bytes, plain: bytes) -> bytes:
    return bytes(SecretBox(key).encrypt(plain))


def decipher(key: bytes, box: bytes) -> bytes:
    return SecretBox(key).decrypt(box)


def _derived(secret: str, purpose: bytes) -> bytes:
    return hashlib.blake2b(secret.encode(), person=b"xiangyin", salt=purpose, digest_size=KEY_BYTES).digest()


def _stretched(password: str, salt: bytes) -> bytes:
    return argon2id.kdf(
        KEY_BYTES,
        password.encode(),
        salt,
        opslimit=argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=argon2id.MEMLIMIT_INTERACTIVE,
    )
