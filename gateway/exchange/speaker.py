"""Reads one sentence aloud with libespeak-ng and ends: the child process behind `voices`.

Standard input carries one JSON object (library, data, text, voice, rate, pitch); standard output the sampling rate on
a line of its own and then 16-bit little-endian mono samples. A process per sentence, because libespeak-ng is not
thread-safe, some of its voice variants crash it, and its noise differs each time unless it starts afresh.
"""

import ctypes
import json
import sys

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples go to our callback, and the call returns after the last one
DONT_EXIT = 0x8000
UTF8 = 1
RATE, PITCH = 1, 3
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def spoken(order: dict[str, str]) -> tuple[int, bytes]:
    """The sampling rate and the samples of one sentence; refuses (exit 3) a voice the library does not know."""
    library = ctypes.CDLL(order["library"])
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, order["data"].encode(), DONT_EXIT)
    heard = bytearray()

    def take(wave: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        if count > 0:
            heard.extend(ctypes.string_at(wave, count * 2))
        return 0

    callback = CALLBACK(take)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(order["voice"].encode()) != 0:
        sys.exit(3)
    library.espeak_SetParameter(RATE, int(order["rate"]), 0)
    library.espeak_SetParameter(PITCH, int(order["pitch"]), 0)
    text = order["text"].encode() + b"\0"
    library.espeak_Synth(text, len(text), 0, 1, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return rate, bytes(heard)


def main() -> None:
    """Read one order, write one sound."""
    rate, samples = spoken(json.load(sys.stdin))
    sys.stdout.buffer.write(f"{rate}\n".encode() + samples)


if __name__ == "__main__":
    main()
