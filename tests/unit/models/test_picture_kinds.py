"""What is a picture, by its own bytes, and what only says that it is."""

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.picture_kinds import NotAPicture, Reason, kind_of


def png(width=2, height=3):
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width=2, height=3, before=b"\xff\xe0\x00\x04JF", marker=0xC0):
    frame = struct.pack(">BBHBHHB", 0xFF, marker, 11, 8, height, width, 1)
    return b"\xff\xd8" + before + frame + b"\x01\x11\x00"


def gif(width=2, height=3):
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00"


def lossy(width=2, height=3):
    return b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 10 + struct.pack("<HH", width, height)


def lossless(width=2, height=3):
    return b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14)


def extended(width=2, height=3):
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x00" * 8 + sides


MAKERS = {"png": [png], "jpeg": [jpeg], "gif": [gif], "webp": [lossy, lossless, extended]}


@pytest.mark.parametrize(("kind", "maker"), [(kind, maker) for kind, makers in MAKERS.items() for maker in makers])
def test_a_picture_is_known_by_its_first_bytes(kind, maker):
    assert kind_of(maker()) == kind


@pytest.mark.parametrize(
    "before", [b"", b"\xff\xe1\x00\x06Exif\xff\xfe\x00\x03x", b"\xff\xff\xe0\x00\x02", b"\xff\x01"]
)
@pytest.mark.parametrize("marker", [0xC0, 0xC2])
def test_a_jpegs_frame_is_found_behind_whatever_stands_before_it(before, marker):
    body = jpeg(before=before, marker=marker)
    assert kind_of(body) == "jpeg"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>404</body></html>",
        b"<svg xmlns='x' onload='alert(1)'/>",
        b"%PDF-1.7",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"BM\x00\x00",
        b"\x00\x00\x00\x20ftypheic",
    ],
)
def test_whatever_else_is_no_picture(body):
    with pytest.raises(NotAPicture) as refused:
        kind_of(body)
    assert refused.value.reason == Reason.NOT_A_PICTURE


@pytest.mark.parametrize(
    "body", [png()[:18], gif()[:8], jpeg()[:8], lossy()[:27], extended()[:25], png(0, 5), b"\xff\xd8\xff"]
)
def test_a_broken_head_is_refused(body):
    with pytest.raises(NotAPicture) as refused:
        kind_of(body)
    assert refused.value.reason == Reason.BROKEN


@pytest.mark.parametrize(
    "body", [png(15_000, 15_000), png(100_000, 100_000), png(30_000, 1), jpeg(60_000, 60_000), gif(65_535, 65_535)]
)
def test_a_small_file_that_would_be_huge_when_drawn_is_refused(body):
    with pytest.raises(NotAPicture) as refused:
        kind_of(body)
    assert refused.value.reason == Reason.TOO_MANY_PIXELS


@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"GIF89a", b"RIFF\x00\x00\x00\x00WEBP"]
    ),
)
def test_no_bytes_do_more_than_be_refused(rest, head):
    with suppress(NotAPicture):
        assert kind_of(head + rest) in MAKERS
