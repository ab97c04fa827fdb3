# ruff: noqa: INP001  (a script among county data, not a package)
"""Speaks the three example calls and one answer with espeak-ng, through a telephone band, and writes them beside
their manifest.

Run it from anywhere: `python examples/tangxi/calls/make_calls.py` (needs the `demo` extra for the
voices). The same seed and the same libraries give the same sound. The voices and the sentences are in nothing the
demonstration model was trained on, so what it hears in them is honest: `text` in the manifest is what was spoken,
never what was heard.
"""

import ctypes
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import espeakng_loader
import numpy as np
import numpy.typing as npt
import soundfile
import soxr

HERE = Path(__file__).parent
RATE = 8000
SEED = 20261122
NOISE_DBFS = -52.0
PEAK_DBFS = -6.0
SILENCE = 0.003
TELEPHONE_BAND_HZ = (250.0, 3400.0)

Samples = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Phrase:
    """What is said in one breath, its reading (numbered pinyin, one syllable a character), the pause after, seconds."""

    text: str
    reading: str
    pause: float


@dataclass(frozen=True)
class Call:
    """One caller: `voice` is an espeak-ng variant, `speed` words a minute, `pitch` 0-99."""

    name: str
    voice: str
    speed: int
    pitch: int
    village: str
    category: str
    phone: str
    phrases: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        """The words as spoken, commas at the breaths, a full stop at the end."""
        return "，".join(phrase.text for phrase in self.phrases) + "。"


CALLS = (
    Call(
        name="pension",
        voice="Annie",
        speed=195,
        pitch=30,
        village="C17",
        category="pension",
        phone="+8613900000017",
        phrases=(
            Phrase("你好", "ni3 hao3", 0.3),
            Phrase("我是六坪村的", "wo3 shi4 liu4 ping2 cun1 de5", 0.4),
            Phrase("我今年八十二岁", "wo3 jin1 nian2 ba1 shi2 er4 sui4", 0.2),
            Phrase("走不动路", "zou3 bu4 dong4 lu4", 0.8),
            Phrase("养老保险要人脸认证", "yang3 lao3 bao3 xian3 yao4 ren2 lian3 ren4 zheng4", 0.2),
            Phrase("家里没有智能手机", "jia1 li3 mei2 you3 zhi4 neng2 shou3 ji1", 0.6),
            Phrase("请你们派人来帮我办理一下", "qing3 ni3 men5 pai4 ren2 lai2 bang1 wo3 ban4 li3 yi1 xia4", 0.2),
        ),
    ),
    Call(
        name="road",
        voice="Alex",
        speed=195,
        pitch=45,
        village="C25",
        category="road",
        phone="+8613900000025",
        phrases=(
            Phrase("你好", "ni3 hao3", 0.3),
            Phrase("我是三道沟村的", "wo3 shi4 san1 dao4 gou1 cun1 de5", 0.4),
            Phrase("我们村口的公路垮了", "wo3 men5 cun1 kou3 de5 gong1 lu4 kua3 le5", 0.5),
            Phrase("三轮车过不去", "san1 lun2 che1 guo4 bu4 qu4", 0.7),
            Phrase("半个月了没有人来修", "ban4 ge4 yue4 le5 mei2 you3 ren2 lai2 xiu1", 0.5),
            Phrase("请你们派人来看看嘛", "qing3 ni3 men5 pai4 ren2 lai2 kan4 kan4 ma5", 0.2),
        ),
    ),
    Call(
        name="water",
        voice="f5",
        speed=195,
        pitch=40,
        village="C34",
        category="water",
        phone="+8613900000034",
        phrases=(
            Phrase("你好", "ni3 hao3", 0.3),
            Phrase("我是八角村的", "wo3 shi4 ba1 jiao3 cun1 de5", 0.4),
            Phrase("我们村停水三天了", "wo3 men5 cun1 ting2 shui3 san1 tian1 le5", 0.6),
            Phrase("水管没有水", "shui3 guan3 mei2 you3 shui3", 0.4),
            Phrase("老人吃饭很困难", "lao3 ren2 chi1 fan4 hen3 kun4 nan2", 0.7),
            Phrase("请你们快点派人来抢修嘛", "qing3 ni3 men5 kuai4 dian3 pai4 ren2 lai2 qiang3 xiu1 ma5", 0.2),
        ),
    ),
)

SATISFIED = Phrase("满意", "man3 yi4", 0.4)
"""What the first of them answers when she is called; slow and low, as the demonstration model is surest to hear it."""


class Espeak:
    """libespeak-ng from the `espeakng-loader` wheel, giving sound as numbers instead of playing it."""

    _SYNCHRONOUS = 2
    _CHARS_UTF8 = 1
    _RATE, _PITCH = 1, 3

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = str(Path(espeakng_loader.get_data_path()).parent).encode()
        self.rate: int = self._library.espeak_Initialize(self._SYNCHRONOUS, 0, data, 0)
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(SEED))
        self._heard: list[npt.NDArray[np.int16]] = []
        prototype = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = prototype(self._keep)
        self._library.espeak_SetSynthCallback(self._callback)

    def _keep(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if samples and count:
            self._heard.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def speak(self, reading: str, *, voice: str, speed: int, pitch: int) -> Samples:
        """Numbered pinyin as sound at `self.rate`, -1..1.

        The pinyin voice is asked because the reading of many-sounded characters (了, 得, 还) is ours to say.
        """
        if self._library.espeak_SetVoiceByName(f"cmn-latn-pinyin+{voice}".encode()):
            message = f"no such voice: {voice}"
            raise LookupError(message)
        self._library.espeak_SetParameter(self._RATE, speed, 0)
        self._library.espeak_SetParameter(self._PITCH, pitch, 0)
        self._heard.clear()
        said = reading.encode()
        self._library.espeak_Synth(said, len(said) + 1, 0, 0, 0, self._CHARS_UTF8, None, None)
        return np.concatenate(self._heard) / 32768.0


def trimmed(said: Samples) -> Samples:
    """Without the silence espeak-ng puts around it, so that a pause is as long as it is written."""
    loud = np.flatnonzero(np.abs(said) > SILENCE)
    return said[loud[0] : loud[-1] + 1]


def breaths(call: Call, espeak: Espeak) -> Iterator[Samples]:
    """The call phrase by phrase with its pauses, at the telephone's rate; a quarter of a second of line first."""
    yield np.zeros(RATE // 4)
    for phrase in call.phrases:
        said = espeak.speak(phrase.reading, voice=call.voice, speed=call.speed, pitch=call.pitch)
        yield soxr.resample(trimmed(said), espeak.rate, RATE)
        yield np.zeros(round(phrase.pause * RATE))


def telephone(clean: Samples, generator: np.random.Generator) -> Samples:
    """The band of a telephone line, set to one level, with the light hiss of a quiet one."""
    spectrum = np.fft.rfft(clean)
    hertz = np.fft.rfftfreq(clean.size, 1 / RATE)
    low, high = TELEPHONE_BAND_HZ
    spectrum[(hertz < low) | (hertz > high)] = 0
    band = np.fft.irfft(spectrum, clean.size)
    band *= 10 ** (PEAK_DBFS / 20) / np.abs(band).max()
    return np.clip(band + generator.normal(0, 10 ** (NOISE_DBFS / 20), clean.size), -1, 1)


def describe(call: Call) -> dict[str, str]:
    """The call's line of the manifest."""
    return {
        "file": f"{call.name}.wav",
        "text": call.text,
        "voice": call.voice,
        "village": call.village,
        "category": call.category,
        "phone": call.phone,
        "channel": "mulaw",
    }


def main() -> None:
    """Write every call and the manifest into this folder."""
    espeak = Espeak()
    generator = np.random.default_rng(SEED)
    for call in CALLS:
        sound = telephone(np.concatenate(list(breaths(call, espeak))), generator)
        soundfile.write(HERE / f"{call.name}.wav", sound, RATE, subtype="ULAW")
    answer = replace(CALLS[0], speed=175, pitch=20, phrases=(SATISFIED,))
    sound = telephone(np.concatenate(list(breaths(answer, espeak))), generator)
    soundfile.write(HERE / "satisfied.wav", sound, RATE, subtype="ULAW")
    lines = [json.dumps(describe(call), ensure_ascii=False) for call in CALLS]
    (HERE / "manifest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
