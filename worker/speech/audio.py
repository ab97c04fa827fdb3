"""A recording as it came, made into sound, or refused with the reason.

What a carrier hands over may be nothing, an error page, half a file or something made to do harm. The kind is decided
by the first bytes, never by a name; libsndfile decodes what it can, and a few kinds it cannot read are left to ffmpeg
(`foreign`), never a text file that opens other files; bytes and seconds are capped.
"""

import io
import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from worker.speech import foreign
from worker.speech.not_sound import NotSound, Reason

MAX_BYTES = 32 * 1024 * 1024
MAX_SECONDS = 3600
RATES = range(4000, 48001)
"""Samples a second that a recording may have: below is no telephone, above only costs memory."""

LENGTH_TOLERANCE = 1.0
_CODEC_PADDING = 0.1  # seconds that mp3 encoders add around the sound

_BLOCK = 65536
_SIXTEEN_BITS = frozenset({"PCM_16", "ULAW", "ALAW"})  # taken as they are; the way over floats costs six times as much
_FRAME_SECONDS = 0.02
_VOICED = 10 ** (-55.0 / 20)  # an idle telephone line lies near -60 dB, a mumble above -45
_VOICED_FRAMES = 5
_NOTHING = 10 ** (-80.0 / 20)
_OWN_BEGINNING = 0.04  # seconds; the recogniser says a word begins up to so much after it does
_BEFORE, _RISEN = 12, 5  # frames looked at before a word, and how many of them make a sign
_RISES = 1.5  # over the idle line; noise alone stays below 1.2, a whispered 不 lies above 2

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Sound:
    """One channel of 16-bit samples, `rate` of them a second."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.samples.size / self.rate

    def at(self, rate: int) -> "Sound":
        """The same sound with `rate` samples a second."""
        if rate == self.rate:
            return self
        return Sound(soxr.resample(self.samples, self.rate, rate), rate)


def decode(data: bytes) -> Sound:
    """A WAV (PCM, µ-law, A-law, GSM, ADPCM), AU, mp3, ogg or flac file as sound, and with ffmpeg also AMR, AAC, MP4,
    3GP, WebM, CAF and a WAV of a call recorder; all channels are mixed to one.

    Raises NotSound: EMPTY, TOO_LARGE (32 MiB, 3600 s), NOT_AUDIO, DAMAGED (cut short, a false header), NEEDS_FFMPEG.
    """
    if not data:
        raise NotSound(Reason.EMPTY)
    if len(data) > MAX_BYTES:
        raise NotSound(Reason.TOO_LARGE)
    if kind := foreign.kind_of(data):
        samples = foreign.samples_of(data, kind, most_seconds=MAX_SECONDS)
        return Sound(np.frombuffer(samples, dtype="<i2"), foreign.RATE)
    _refuse_strangers(data)
    return _decoded(data)


def _decoded(data: bytes) -> Sound:
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            return _read(file)
    except soundfile.LibsndfileError as error:
        raise NotSound(Reason.DAMAGED) from error


def verify_length(sound: Sound, said_seconds: float) -> None:
    """Refuse (WRONG_LENGTH) a sound that lasts more than a second longer or shorter than the carrier said.

    Twilio's RecordingDuration is whole seconds, rounded in a direction it does not document; a second either way covers
    rounding up, down and to the nearest.
    """
    if abs(sound.seconds - said_seconds) > LENGTH_TOLERANCE + _CODEC_PADDING:
        raise NotSound(Reason.WRONG_LENGTH)


def verify_voiced(sound: Sound) -> None:
    """Refuse (SILENT) a sound in which nobody can have spoken."""
    if is_silent(sound):
        raise NotSound(Reason.SILENT)


def is_silent(sound: Sound) -> bool:
    """Whether less than a tenth of a second rises above an idle line; a click or a constant offset is still silence."""
    return voiced_loudness(sound).size < _VOICED_FRAMES


def rises_before(sound: Sound, second: float) -> bool:
    """Whether in the quarter of a second before a word something rises from what else is on the line: a whispered 不 in
    noise gives no word, and is all that tells 不满意 from 满意. The last 40 ms are the word's own beginning.
    """
    frames = _loudness(sound)
    end = round((second - _OWN_BEGINNING) / _FRAME_SECONDS)
    before = frames[max(0, end - _BEFORE) : max(0, end)]
    on_the_line = frames[frames > _NOTHING]  # where a carrier sends nothing at all the line's own noise cannot be heard
    idle = max(float(np.percentile(on_the_line, 20)), _VOICED) if on_the_line.size else _VOICED
    return before.size > 0 and float(np.mean(np.sort(before)[-_RISEN:])) > _RISES * idle


def voiced_loudness(sound: Sound) -> npt.NDArray[np.float64]:
    """The loudness (root mean square, full scale 1.0) of each 20 ms that rises above an idle line."""
    loudness = _loudness(sound)
    return loudness[loudness > _VOICED]


def _loudness(sound: Sound) -> npt.NDArray[np.float64]:
    width = round(sound.rate * _FRAME_SECONDS)
    frames = sound.samples[: sound.samples.size // width * width].reshape(-1, width)
    # The standard deviation of each frame, written out: numpy's own would hold an hour of sound in 64 bits a sample.
    powers = np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / width
    variance = np.maximum(0.0, powers - frames.mean(axis=1, dtype=np.float64) ** 2)
    loudness: npt.NDArray[np.float64] = np.sqrt(variance) / 32768
    return loudness


def _refuse_strangers(data: bytes) -> None:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        _refuse_cut_wav(data)
    elif not data.startswith((b"OggS", b"ID3", b"fLaC", b".snd")) and not _begins_mp3_frame(data):
        raise NotSound(Reason.NOT_AUDIO)


def _begins_mp3_frame(data: bytes) -> bool:
    return len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2  # frame sync, any version, layer III


def _refuse_cut_wav(data: bytes) -> None:
    # libsndfile plays what is left of a file cut short without a word, so every chunk is measured here.
    at = 12
    while at + 8 <= len(data):
        (size,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + size
        if at > len(data):
            raise NotSound(Reason.DAMAGED)
        at += size % 2


def _read(file: soundfile.SoundFile) -> Sound:
    if file.samplerate not in RATES or file.channels > 2:
        raise NotSound(Reason.DAMAGED)
    samples = bytearray()
    # Not file.blocks(): past the true end of an mp3 cut short it repeats old sound up to the length the header claims.
    while (block := _block(file)).size:
        samples += block.tobytes()
        if len(samples) > MAX_SECONDS * file.samplerate * 2:
            raise NotSound(Reason.TOO_LARGE)
    if not samples:
        raise NotSound(Reason.DAMAGED)
    return Sound(np.frombuffer(samples, dtype=np.int16), file.samplerate)


def _block(file: soundfile.SoundFile) -> Samples:
    if file.channels == 1 and file.subtype in _SIXTEEN_BITS:
        plain: Samples = file.read(_BLOCK, dtype="int16")
        return plain
    return _mono(file.read(_BLOCK, dtype="float32", always_2d=True))


def _mono(block: npt.NDArray[np.float32]) -> Samples:
    # Read as floats: libsndfile does not scale a float file when it is asked for integers.
    wave = np.nan_to_num(block.mean(axis=1, dtype=np.float64), posinf=1.0, neginf=-1.0)
    mono: Samples = np.clip(np.rint(wave * 32768), -32768, 32767).astype(np.int16)
    return mono
