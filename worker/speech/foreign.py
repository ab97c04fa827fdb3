"""Sound that libsndfile cannot read, such as a telephone's AMR or a browser's WebM: opened by ffmpeg where it is there.

ffmpeg is a large program that opens whatever a file tells it to, so it is told everything beforehand: one demuxer,
chosen by the first bytes and never a playlist; the few decoders such a file may need; no protocol but the one that
brings these bytes; no pictures, subtitles or data; one thread. It runs as a child without our environment, may write
no file, and is bounded in memory, processor time, real time and in how much it may tell us; what it complains of may
quote the file, so nobody reads it.

Her voice must not lie on a disk in plain, so the child's standard input is a file in memory. AMR, AAC, WebM and WAV
are read from it as from a pipe. MP4 and CAF may keep their index at the end and need a file in which to jump: the
same memory is opened by its name under /proc, which costs the protocol `file` (`fd`, which would be narrower,
came only with ffmpeg 6). It is granted to these two alone: CAF has no way to name another file, and MP4's way
(data references) is switched off by name.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import BinaryIO

from worker.speech.not_sound import NotSound, Reason

PROGRAM = "ffmpeg"
RATE = 16000
"""Samples a second that are asked of ffmpeg: all that a voice needs, and more than a telephone has."""

PATIENCE = 60.0
"""Seconds that the child may take; an hour of AAC takes about ten."""

_BOUNDED = (
    'ulimit -t 30 && ulimit -v 1500000 && ulimit -f 0 && exec "$@"'  # CPU seconds, KiB of memory, blocks of files
)
_ENVIRONMENT = {"PATH": os.defpath}  # none of ours: it holds the keys to everything
_PIPE = ("-protocol_whitelist", "pipe")
_FILE = ("-protocol_whitelist", "file")
_JUMPS = "/proc/self/fd/0"
_WAV_CODECS = frozenset({0x42, 0x45, 0x55, 0x57, 0x58, 0x83})  # G.723.1, G.726, mp3, AMR, AMR-WB, G.729: call recorders


@dataclass(frozen=True)
class Kind:
    """A kind of file: ffmpeg's name of its demuxer, the decoders it may need, what its reading must be told."""

    demuxer: str
    decoders: str
    reading: tuple[str, ...] = _PIPE
    source: str = "pipe:0"


_AMR = "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb"
AMR = Kind("amr", _AMR)
AAC = Kind("aac", "aac")
WEBM = Kind("matroska", "opus,libopus,vorbis,libvorbis,aac,mp3float,mp3,flac,pcm_s16le,pcm_f32le")
WAV = Kind("wav", f"g723_1,g726,g729,mp3float,mp3,{_AMR}")
MP4 = Kind("mov", f"aac,alac,opus,libopus,mp3float,mp3,{_AMR}", (*_FILE, "-enable_drefs", "0"), _JUMPS)
CAF = Kind("caf", "aac,alac,opus,libopus,adpcm_ima_qt,pcm_s16le,pcm_s16be,pcm_mulaw,pcm_alaw", _FILE, _JUMPS)


def kind_of(data: bytes) -> Kind | None:
    """Which kind the first bytes promise; None for what ffmpeg is not asked about."""
    if data[4:8] == b"ftyp":
        return MP4
    if _is_wav_of_a_recorder(data):
        return WAV
    if len(data) > 2 and data[0] == 0xFF and data[1] & 0xF6 == 0xF0 and data[2] & 0x3C < 0x34:
        return AAC  # frame sync, layer 0, one of the 13 rates
    beginnings = {b"#!AMR\n": AMR, b"#!AMR-WB\n": AMR, b"\x1a\x45\xdf\xa3": WEBM, b"caff\0\1": CAF}
    return next((kind for beginning, kind in beginnings.items() if data.startswith(beginning)), None)


def samples_of(data: bytes, kind: Kind, *, most_seconds: int, patience: float = PATIENCE) -> bytes:
    """The sound as 16-bit little-endian samples of one channel, RATE a second, within `patience` seconds.

    Raises NotSound: NEEDS_FFMPEG where there is none, TOO_LARGE where it lasts longer than that, DAMAGED where ffmpeg
    refuses it, finds no sound in it or does not come to an end.
    """
    most = most_seconds * RATE * 2
    with _child(data, kind, patience) as child:
        samples = child.stdout.read(most + 1) if child.stdout else b""
        if len(samples) > most:
            raise NotSound(Reason.TOO_LARGE)
        if child.wait() or not samples:
            raise NotSound(Reason.DAMAGED)
    return samples[: len(samples) // 2 * 2]


@contextmanager
def _child(data: bytes, kind: Kind, patience: float) -> Iterator[subprocess.Popen[bytes]]:
    """The child at work on these bytes; gone when the block ends, whatever it did."""
    command = ["/bin/sh", "-c", _BOUNDED, "sh", *_command(kind)]
    with _in_memory(data) as file:
        child = subprocess.Popen(  # noqa: S603 - our own words; of the sender's there is nothing in them
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, process_group=0
        )
    bell = Timer(patience, _end, [child])
    bell.start()
    try:
        yield child
    finally:
        bell.cancel()
        _end(child)
        child.communicate()


def _command(kind: Kind) -> list[str]:
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotSound(Reason.NEEDS_FFMPEG)
    return [
        *(program, "-nostdin", "-hide_banner", "-loglevel", "quiet", "-filter_threads", "1"),
        *("-threads", "1", "-f", kind.demuxer, "-codec_whitelist", kind.decoders, *kind.reading),
        *("-vn", "-sn", "-dn", "-i", kind.source),
        *("-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"),
    ]


@contextmanager
def _in_memory(data: bytes) -> Iterator[BinaryIO]:
    with os.fdopen(os.memfd_create("sound"), "w+b") as file:
        file.write(data)
        file.seek(0)
        yield file


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill it with whatever it started, unless it has been waited for, for then its number may be another's."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _is_wav_of_a_recorder(data: bytes) -> bool:
    """A WAV whose coding libsndfile does not know, and telephone exchanges do."""
    return data[:4] == b"RIFF" and data[8:16] == b"WAVEfmt " and int.from_bytes(data[20:22], "little") in _WAV_CODECS
