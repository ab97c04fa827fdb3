"""What a picture is, by its own bytes and never by what a carrier calls it: PNG, JPEG, GIF or WebP, and how large it
would be when drawn. Only the head is read, in bounds; the pixels are left to the browser's own sandbox.
"""

import struct
from collections.abc import Callable
from enum import StrEnum

MOST_PIXELS = 50_000_000  # 8 700 × 5 800: beyond every telephone's camera; more is made to exhaust whoever draws it
MOST_SIDE = 20_000


class Reason(StrEnum):
    NOT_A_PICTURE = "not_a_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = "broken_picture"


class NotAPicture(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


Size = tuple[int, int]


def kind_of(body: bytes) -> str:
    """png, jpeg, gif or webp. Raises NotAPicture for whatever else, for a broken head and for one too large to draw."""
    for kind, (is_one, size_of) in _KINDS.items():
        if is_one(body):
            _require_drawable(_size(body, size_of))
            return kind
    raise NotAPicture(Reason.NOT_A_PICTURE)


def _size(body: bytes, size_of: Callable[[bytes], Size]) -> Size:
    try:
        return size_of(body)
    except (struct.error, IndexError) as trouble:
        raise NotAPicture(Reason.BROKEN) from trouble


def _require_drawable(size: Size) -> None:
    width, height = size
    if not width or not height:
        raise NotAPicture(Reason.BROKEN)
    if width * height > MOST_PIXELS or max(size) > MOST_SIDE:
        raise NotAPicture(Reason.TOO_MANY_PIXELS)


def _png(body: bytes) -> Size:
    width, height = struct.unpack(">II", body[16:24])
    return width, height


def _gif(body: bytes) -> Size:
    width, height = struct.unpack("<HH", body[6:10])
    return width, height


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF markers; the three others begin with the same digit
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def _jpeg(body: bytes) -> Size:
    """Along the markers to the first frame's head."""
    at = 2
    while True:
        mark, marker = struct.unpack(">BB", body[at : at + 2])
        if mark != 0xFF:
            raise NotAPicture(Reason.BROKEN)
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 1 if marker == 0xFF else 2 if marker in _ALONE else 2 + _length(body, at)


def _length(body: bytes, at: int) -> int:
    (length,) = struct.unpack(">H", body[at + 2 : at + 4])
    return max(2, int(length))


def _webp(body: bytes) -> Size:
    """One of three forms: extended, lossless, lossy."""
    form = body[12:16]
    if form == b"VP8X":
        return _three_bytes(body, 24) + 1, _three_bytes(body, 27) + 1
    if form == b"VP8L":
        (bits,) = struct.unpack("<I", body[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", body[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _three_bytes(body: bytes, at: int) -> int:
    low, middle, high = struct.unpack("BBB", body[at : at + 3])
    return int(low | middle << 8 | high << 16)


_KINDS: dict[str, tuple[Callable[[bytes], bool], Callable[[bytes], Size]]] = {
    "png": (lambda body: body[:8] == b"\x89PNG\r\n\x1a\n" and body[12:16] == b"IHDR", _png),
    "jpeg": (lambda body: body[:3] == b"\xff\xd8\xff", _jpeg),
    "gif": (lambda body: body[:6] in {b"GIF87a", b"GIF89a"}, _gif),
    "webp": (lambda body: body[:4] == b"RIFF" and body[8:12] == b"WEBP", _webp),
}
