"""Try a model out in a process of its own before anybody relies on it: load it, let it hear a second of silence.

Kaldi ends the process on some damaged files, and a model may need more memory than there is; neither may reach the
house.
"""

import json
import re
import resource
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import vosk

from worker.speech.audio import RATES
from worker.speech.model_card import read_card
from worker.speech.refusal import BadFile, Refused

_READY = b"ready\n"
"""Said by the trial before it touches the model: whatever ends it later is the model's doing."""

LONGEST = 600.0
"""Seconds; the largest models take a minute from a slow disk."""


@dataclass(frozen=True)
class Tried:
    """A model that works: samples a second, seconds to load it and hear, most megabytes its process had in memory."""

    rate: int
    seconds: float
    megabytes: int


def try_out(folder: Path, *, longest: float = LONGEST) -> Tried:
    """Raises BadFile where Vosk cannot use the model, Refused where this machine may be too small for it."""
    # -P: not a module of whatever folder the technician stands in, which may be a USB stick's.
    command = [sys.executable, "-P", "-m", "worker.speech.trial", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module on a path without a shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=longest, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(
            f"模型装了 {longest:g} 秒还没有装进内存，没有启用；请换小一点的模型，或关掉别的程序再试。"
        ) from None
    if done.returncode == -signal.SIGKILL:
        raise Refused("装入模型时被系统停掉，多半是内存不够，没有启用；请换小一点的模型，或关掉别的程序再试。")
    if not done.stdout.startswith(_READY):
        raise Refused("试听模型的程序起不来，没有启用；请重新安装乡音后再试。")
    if done.returncode:
        raise BadFile("Vosk 用不了这个模型（文件不全、坏了，或不是 Vosk 模型），没有启用；请换一个来源重新下载。")
    return Tried(**json.loads(done.stdout.removeprefix(_READY)))


def _hear_silence(folder: Path) -> Tried:
    rate = read_card(folder).rate
    if rate not in RATES:
        raise ValueError(rate)
    started = time.monotonic()
    # Past the engine, which spares the recogniser whatever holds no voice: here it has to decode.
    vosk.SetLogLevel(-1)
    listener = vosk.KaldiRecognizer(vosk.Model(str(folder)), rate)
    listener.SetWords(True)  # noqa: FBT003  vosk takes no keywords
    listener.AcceptWaveform(bytes(2 * rate))
    listener.FinalResult()
    return Tried(rate, round(time.monotonic() - started, 2), _megabytes())


def _megabytes() -> int:
    # Not getrusage(): its peak is that of the parent where the parent was larger before it started us.
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(_READY)
    sys.stdout.flush()
    sys.stdout.write(json.dumps(asdict(_hear_silence(Path(sys.argv[1])))))
