"""Telephone sound: 16-bit mono samples at 8 kHz, read from and written to files, and where in them somebody speaks."""

import io

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

Samples = npt.NDArray[np.int16]

RATE = 8000
FRAME = 160  # 20 ms, the packet of a telephone line
VOICED_RMS = 200.0  # -44 dB of full scale: above line hiss, below a low voice
BEEP_SECONDS = 0.5


def samples_in(seconds: float) -> int:
    return round(seconds * RATE)


def read_sound(data: bytes) -> Samples:
    """Any file libsndfile reads, as 8 kHz mono; raises soundfile.LibsndfileError for what is no sound."""
    floats, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    mono = floats.mean(axis=1)
    if rate != RATE and len(mono):
        mono = soxr.resample(mono, rate, RATE)
    return np.asarray(np.clip(np.rint(mono * 32768), -32768, 32767), np.int16)


def wav_bytes(samples: Samples) -> bytes:
    """A WAV file, 128 kbit/s as the carrier serves it: 8 kHz, 16 bit, mono."""
    return _written(samples, "WAV", "PCM_16")


def mp3_bytes(samples: Samples) -> bytes:
    return _written(samples, "MP3", "MPEG_LAYER_III")


def _written(samples: Samples, container: str, subtype: str) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format=container, subtype=subtype)
    return file.getvalue()


def voiced_frames(samples: Samples) -> npt.NDArray[np.intp]:
    """The numbers of those 20 ms frames in which somebody is heard; a last, shorter frame counts as one."""
    padded = np.zeros(-(-len(samples) // FRAME) * FRAME, np.float32)
    padded[: len(samples)] = samples
    power = np.square(padded.reshape(-1, FRAME)).mean(axis=1)
    return np.flatnonzero(power > VOICED_RMS**2)


def trimmed(samples: Samples) -> Samples:
    """Without the silence before the first and after the last word (the carrier's `trim-silence`)."""
    voiced = voiced_frames(samples)
    if not len(voiced):
        return samples[:0]
    return samples[voiced[0] * FRAME : (voiced[-1] + 1) * FRAME]


def beep() -> Samples:
    """The tone before a recording: half a second of 1 kHz."""
    turns = np.arange(samples_in(BEEP_SECONDS)) * (2 * np.pi * 1000 / RATE)
    return np.asarray(np.sin(turns) * 8000, np.int16)
