"""What must be found nowhere: a marker in every form in which a machine might have written it down."""

import gzip
import io
import json
import random
import re
import wave
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

BASE64_TURNS = 3  # where in a group of three bytes the marker may begin
FEWEST_LETTERS = 6  # of what the machine heard: shorter pieces stand in prompts too
PIECE = 48  # bytes of sound
RARE = 10  # letters at the end of what was heard
LIVELY = 12  # different bytes in a piece; silence is the same everywhere
PIECES = 5
SQUEEZED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")  # where zlib and gzip begin
MOST = 2**22  # bytes unpacked of one squeezed thing
ANIMALS = ("九色鹿", "穿山甲", "长臂猿", "红腹锦鸡")
DEEDS = ("跌进", "撞翻", "驮走", "吞下")
PLACES = ("蓝靛缸", "琉璃瓦", "绣花鞋", "铜墨盒")


@dataclass(frozen=True)
class Mark:
    """One thing of hers: `kind` is what a violation is named by, `forms` every way it may lie somewhere."""

    kind: str
    forms: frozenset[bytes]

    def lies_in(self, there: bytes) -> bool:
        return any(form in there for form in self.forms)


def phrase(chance: random.Random) -> str:
    """Words that nobody ever said to a hotline."""
    return "".join(chance.choice(part) for part in (ANIMALS, DEEDS, PLACES)) + f"{chance.choice(ANIMALS)}哭了"


def of_words(kind: str, *said: str) -> Mark:
    return Mark(kind, frozenset(form for words in said for form in _written(words)))


def of_heard(kind: str, said: str) -> Mark:
    """The end of what the machine heard, where the rare words are, and each longer piece of it."""
    bare = re.sub(r"[\s，。]", "", said)[-RARE:]
    pieces = [bare[at : at + FEWEST_LETTERS] for at in range(max(len(bare) - FEWEST_LETTERS, 0) + 1)]
    return of_words(kind, bare, " ".join(bare), *pieces)


def of_number(kind: str, number: str) -> Mark:
    """A number in +86 form, without it, and as people write it."""
    bare = number.removeprefix("+86")
    spaced = (f"{bare[:3]}{space}{bare[3:7]}{space}{bare[7:]}" for space in " -\N{NO-BREAK SPACE}")
    return of_words(kind, number, bare, *spaced)


def of_sound(kind: str, wav: bytes) -> Mark:
    """Some lively pieces of a recording's samples."""
    with wave.open(io.BytesIO(wav)) as sound:
        samples = sound.readframes(sound.getnframes())
    pieces = (samples[at : at + PIECE] for at in range(0, len(samples) - PIECE, PIECE))
    lively = [piece for piece in pieces if len(set(piece)) >= LIVELY]
    chosen = lively[:: max(len(lively) // PIECES, 1)][:PIECES]
    assert chosen, "a recording in which nothing is to be heard marks nothing"
    return Mark(kind, frozenset(form for piece in chosen for form in {piece, *_base64(piece)}))


def unpacked(there: bytes) -> Iterator[bytes]:
    """The bytes themselves, and whatever lies squeezed in them: a queue's jobs, an archive's members."""
    yield there
    if there[:2] == b"PK":
        yield from _members(there)
    for found in SQUEEZED.finditer(there):
        yield _unsqueezed(there[found.start() :], gzipped=found[0][:1] == b"\x1f")


def _members(there: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(there)) as archive:
        for member in archive.infolist():
            yield member.filename.encode() + b"\n" + archive.read(member)


def _unsqueezed(there: bytes, *, gzipped: bool) -> bytes:
    squeezed = zlib.decompressobj(zlib.MAX_WBITS | (16 if gzipped else 0))
    try:
        return squeezed.decompress(there, MOST)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def _written(words: str) -> set[bytes]:
    raw, escaped = words.encode(), json.dumps(words)[1:-1]
    html = "".join(f"&#{ord(letter)};" for letter in words)
    percent = {quote(words), quote(words).lower(), quote_plus(words)}
    texts = {escaped, escaped.replace("\\u", "\\U"), re.sub(r"\\u\w{4}", lambda one: _upper(one[0]), escaped), html}
    wide = {words.encode("utf-16-le"), words.encode("utf-16-be")}
    return {raw, *wide, *(text.encode() for text in texts | percent), *_base64(raw)}


def _upper(escape: str) -> str:
    return f"\\u{escape[2:].upper()}"


def _base64(raw: bytes) -> set[bytes]:
    """The middle of its base64, whatever stands before and after."""
    forms = set()
    for turn in range(BASE64_TURNS):
        whole = b64encode(bytes(turn) + raw)
        middle = whole[turn and 4 : len(whole) - (4 if (turn + len(raw)) % 3 else 0)]
        forms |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return forms
