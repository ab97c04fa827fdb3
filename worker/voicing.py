"""The county's recorded prompts, opened and measured: what an officer brought is decoded here and nowhere else, and
kept as the telephone plays it (8 kHz, 16 bit, mono).
"""

import io
from collections.abc import Iterator

import numpy as np
import soundfile

from gateway.desk import Desk
from gateway.voicebox import Voicebox
from worker.speech.audio import Sound, decode, voiced_loudness
from worker.speech.not_sound import NotSound

RATE = 8000
LONGEST = 12.0  # seconds; nobody of eighty keeps more in mind
QUIET = 10 ** (-30.0 / 20)  # of full scale, where somebody speaks; a prompt is heard by old ears over a telephone
FULL = 32_600
CLIPPED = 0.001  # of all samples at full scale
MOST_SECONDS = 60


def take_up(desk: Desk) -> int:
    """Open whatever was brought; how many. What is no sound, or a minute long, is refused and the old one stays."""
    box, brought = desk.voicebox, desk.voicebox.brought()
    for language, name in brought:
        _take(box, language, name)
    return len(brought)


def _take(box: Voicebox, language: str, name: str) -> None:
    try:
        sound = decode(box.open(language, name)).at(RATE)
    except NotSound:
        box.keep(language, name, None, ("这个文件不是能放的录音，没有换上。",))
        return
    if sound.seconds > MOST_SECONDS:
        box.keep(language, name, None, (f"比 {MOST_SECONDS} 秒还长，没有换上。",))
        return
    box.keep(language, name, _wav(sound), tuple(amiss(sound)))


def amiss(sound: Sound) -> Iterator[str]:
    """What an officer should know of a recording that can be played."""
    if sound.seconds > LONGEST:
        yield f"太长：{sound.seconds:.0f} 秒，最多 {LONGEST:.0f} 秒。"
    voiced = voiced_loudness(sound)
    if not voiced.size or float(np.sqrt(np.mean(voiced**2))) < QUIET:
        yield "太轻，听不清。"
    if float(np.mean(np.abs(sound.samples.astype(np.int32)) >= FULL)) > CLIPPED:
        yield "太响，破音了。"


def checked(desk: Desk, language: str) -> list[tuple[str, str, str]]:
    """Every recording that is missing or amiss in a language: its name, its words, what is the matter."""
    found = []
    for name, words in desk.prompts.names().items():
        try:
            what = "".join(amiss(decode(desk.voicebox.sound(language, name))))
        except FileNotFoundError:
            what = "没有录。"
        if what:
            found.append((name, words, what))
    return found


def _wav(sound: Sound) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, sound.samples, RATE, format="WAV", subtype="PCM_16")
    return file.getvalue()
