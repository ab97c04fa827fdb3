"""A file that opens with one passphrase alone, written and read as a stream: no more than two chunks are in memory.

libsodium's secretstream holds the chunks together: one that was changed, left out, moved or cut off at the end does not
open. The key comes of the passphrase by argon2id, of which a guess takes 256 MB and half a second.
"""

import io
from typing import IO

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_KEYBYTES,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.utils import random

MAGIC = b"xiangyin backup 1\n"
CHUNK = 256 * 1024  # bytes in clear; every chunk but the last one is full
SHORTEST = 12  # characters of a passphrase

_OVERHEAD = crypto_secretstream_xchacha20poly1305_ABYTES
_HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES
_FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MORE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE


class Refused(Exception):
    """Why a backup cannot be taken or brought back, in one sentence for whoever typed the command."""


class Closing(io.RawIOBase):
    """What is written here is locked and goes to a file. Raises Refused for a passphrase that is soon guessed."""

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        if len(passphrase) < SHORTEST:
            raise Refused(f"口令至少 {SHORTEST} 个字符。")
        salt = random(argon2id.SALTBYTES)
        self._out, self._rest = out, bytearray()
        self._state = crypto_secretstream_xchacha20poly1305_state()
        header = crypto_secretstream_xchacha20poly1305_init_push(self._state, _key(passphrase, salt))
        out.write(MAGIC + salt + header)

    def writable(self) -> bool:
        return True

    def write(self, plain: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._rest += plain
        while len(self._rest) > CHUNK:
            self._lock(bytes(self._rest[:CHUNK]), _MORE)
            del self._rest[:CHUNK]
        return len(plain)

    def finish(self) -> None:
        """The last chunk: without it the file is refused as cut off."""
        self._lock(bytes(self._rest), _FINAL)
        self._rest.clear()

    def _lock(self, plain: bytes, tag: int) -> None:
        self._out.write(crypto_secretstream_xchacha20poly1305_push(self._state, plain, None, tag))


class Opening(io.RawIOBase):
    """Reads what such a file holds. Raises Refused at the first chunk that is not as it was written."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise Refused("这不是本系统的备份文件。")
        salt, header = file.read(argon2id.SALTBYTES), file.read(_HEADER)
        if len(header) < _HEADER:
            raise Refused("备份文件不完整。")
        self._file, self._rest, self._ended, self._chunks = file, b"", False, 0
        self._state = crypto_secretstream_xchacha20poly1305_state()
        crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, _key(passphrase, salt))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._rest and not self._ended:
            self._rest = self._unlock()
        given = self._rest[: len(buffer)]
        buffer[: len(given)] = given
        self._rest = self._rest[len(given) :]
        return len(given)

    def read_to_the_end(self) -> None:
        """Whatever comes after what was read must open too, up to the last chunk and not a byte beyond."""
        while self.read(CHUNK):
            pass
        if self._file.read(1):
            raise Refused("备份文件的末尾多了东西，不是原样。")

    def _unlock(self) -> bytes:
        locked = self._file.read(CHUNK + _OVERHEAD)
        try:
            plain, tag = crypto_secretstream_xchacha20poly1305_pull(self._state, locked, None)
        except CryptoError as trouble:
            raise Refused(self._why()) from trouble
        self._chunks += 1
        self._ended = tag == _FINAL
        return bytes(plain)

    def _why(self) -> str:
        if self._chunks:
            return f"备份文件被改动过，或者不完整（第 {self._chunks + 1} 段打不开）。"
        return "口令不对，或者备份文件的开头被改动过。"


def _key(passphrase: str, salt: bytes) -> bytes:
    return argon2id.kdf(
        crypto_secretstream_xchacha20poly1305_KEYBYTES,
        passphrase.encode(),
        salt,
        opslimit=argon2id.OPSLIMIT_MODERATE,
        memlimit=argon2id.MEMLIMIT_MODERATE,
    )
