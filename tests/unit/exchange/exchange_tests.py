"""What the exchange's tests agree on: the account, the hotline's number, and sounds of a known length."""

import numpy as np

from gateway.exchange.sound import wav_bytes

HOTLINE = "+8681655500000"
ACCOUNT = "AC" + "0" * 32
TOKEN = "a token for tests"


def hum(*stretches):
    """A WAV file of these stretches in seconds, by turns a tone and silence, so that every moment is known exactly."""
    sounding = [index % 2 == 0 for index in range(len(stretches))]
    pieces = [_stretch(seconds, loud=loud) for seconds, loud in zip(stretches, sounding, strict=True)]
    return wav_bytes(np.concatenate(pieces).astype(np.int16))


def _stretch(seconds, *, loud):
    return np.sin(np.arange(round(seconds * 8000)) * 0.5) * (8000 if loud else 0)
