"""The telephones of the exchange as Python objects, for tests, drills and the command line.

Every deed on a call returns when its consequences have happened: the webhooks were answered and the line waits for the
next deed, or the call is over.
"""

import contextlib
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import httpx

DEED_SECONDS = 300.0
Entry = tuple[float, str, str]
Pictures = Sequence[tuple[str, bytes]]


class Gone(Exception):
    """The call was over before she could say or press it; nobody heard."""


class Refused(Exception):
    """The exchange does not do that; the sentence says why."""


class Exchange:
    """The exchange at an address such as "http://127.0.0.1:8900"."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(base_url=f"{self.url}/handset", timeout=DEED_SECONDS, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def phone(self, number: str) -> "Phone":
        return Phone(self, number)

    def refuse(self, code: int = 20429, *, times: int = 1) -> None:
        """Let the carrier's REST answer the next requests with this error code."""
        self.ask("POST", "/refusals", json={"code": code, "times": times})

    def trouble(self, seed: int = 0, **faults: float) -> None:
        """Let these faults happen from now on, drawn by the seed; none where none is named (see faults.Troubles)."""
        self.ask("PUT", f"{self.url}/drill/faults", json={"seed": seed, **faults})

    @property
    def struck(self) -> dict[str, int]:
        """How often each fault has happened since it was ordered."""
        counted: dict[str, int] = self.ask("GET", f"{self.url}/drill/faults")
        return counted

    def ask(self, method: str, path: str, **about: Any) -> Any:  # noqa: ANN401 - JSON, and httpx's own arguments
        """One request to the control interface; raises Gone or Refused."""
        response = self._client.request(method, path, **about)
        if response.status_code == httpx.codes.CONFLICT:
            raise Gone
        if response.is_error:
            raise Refused(f"{response.status_code}: {response.text[:200]}")
        return response.json()


class Phone:
    """One telephone."""

    def __init__(self, exchange: Exchange, number: str) -> None:
        self.number = number
        self._exchange = exchange
        self._path = f"/phones/{number}"

    def call(self, to: str) -> "Call":
        """Dial; returns once the first document's first verb is playing."""
        return Call(self._exchange, self._exchange.ask("POST", f"{self._path}/calls", json={"to": to}))

    def text(self, body: str, *, to: str, sid: str | None = None, pictures: Pictures = ()) -> str:
        """Send a text, perhaps with pictures (content type and bytes), and return its MessageSid once the gateway has
        answered; a known `sid` is delivered once more.
        """
        return str(self.text_receipt(body, to=to, sid=sid, pictures=pictures)["sid"])

    def text_receipt(self, body: str, *, to: str, sid: str | None = None, pictures: Pictures = ()) -> dict[str, Any]:
        """The same, with the carrier's error code where the gateway did not take the text (else None)."""
        sent = [{"type": kind, "body": b64encode(shot).decode("ascii")} for kind, shot in pictures]
        order = {"to": to, "body": body, "sid": sid, "pictures": sent}
        receipt: dict[str, Any] = self._exchange.ask("POST", f"{self._path}/texts", json=order)
        return receipt

    @property
    def messages(self) -> list[dict[str, str]]:
        """Every text on the telephone, oldest first: sid, from, body, at."""
        return self.wait_for_sms(0, timeout=0)

    @property
    def last_sms(self) -> str:
        """The words of the newest text; empty where there is none."""
        messages = self.messages
        return messages[-1]["body"] if messages else ""

    def wait_for_sms(self, n: int = 1, *, timeout: float = 30) -> list[dict[str, str]]:
        """Every text on the telephone, once there are `n` in all or after `timeout` real seconds."""
        about = {"count": n, "timeout": timeout}
        found: list[dict[str, str]] = self._exchange.ask("GET", f"{self._path}/messages", params=about)
        return found

    def when_called(self, *, answer: bool | str = True, after: float = 3.0) -> Self:
        """What it does when rung: True, False, "busy", "failed", "machine", or "ring" until `Call.answer`.

        `after` is how many seconds of call time it rings before it is answered. A telephone nobody told anything
        does not answer.
        """
        behaviour = {True: "answer", False: "no-answer"}.get(answer, answer) if isinstance(answer, bool) else answer
        self._exchange.ask("PUT", self._path, json={"when_called": behaviour, "answer_after": after})
        return self

    def wait_for_call(self, timeout: float = 30) -> "Call":
        """The oldest call that reached it and that nobody waited for yet; raises TimeoutError after real seconds."""
        reached = self._exchange.ask("POST", f"{self._path}/calls/next", params={"timeout": timeout})
        if reached is None:
            raise TimeoutError("nobody called")
        return Call(self._exchange, reached)

    def delivery(self, outcome: str, *, error_code: int | None = None) -> Self:
        """What becomes of texts to it: "delivered", "undelivered" or "failed", with the carrier's code."""
        self._exchange.ask("PUT", self._path, json={"delivery": outcome, "error_code": error_code})
        return self

    @property
    def opted_out(self) -> bool:
        """Whether it has texted STOP to one of the exchange's numbers, and not START since."""
        return bool(self._exchange.ask("GET", self._path)["opted_out"])


class Call:
    """One call, seen from the handset."""

    def __init__(self, exchange: Exchange, state: dict[str, Any]) -> None:
        self._exchange = exchange
        self._state = state
        self.sid = str(state["sid"])

    def say(self, text: str, *, voice: str = "cmn", rate: int = 175, pitch: int = 50) -> Self:
        """Listen politely until a recording is open, then speak the sentence with espeak's voice."""
        return self._do("say", text=text, voice=voice, rate=rate, pitch=pitch)

    def play(self, sound: bytes | Path | str) -> Self:
        """The same with a sound file (its bytes, or its path)."""
        return self._play(sound, now=False)

    def interrupt(self, what: str | bytes | Path, *, voice: str = "cmn") -> Self:
        """Speak right now, over whatever is playing: a sentence, or a sound file's bytes or path."""
        if isinstance(what, str):
            return self._do("say", text=what, voice=voice, now=True)
        return self._play(what, now=True)

    def wait(self, seconds: float) -> Self:
        """Keep silent for so many seconds of call time, or until the call is over."""
        return self._do_if_it_lasts("wait", seconds=seconds)

    def press(self, digits: str) -> Self:
        """Press a key right now; several are pressed a fifth of a second apart."""
        return self._do("press", digits=digits)

    def listen(self) -> Self:
        """Keep silent until the line waits for her: a recording is open, or a key is awaited for its last second.

        Listening once more in that last second lets it pass and goes on to the next wait.
        """
        return self._do_if_it_lasts("listen")

    def hang_up(self) -> Self:
        """Put the receiver down; nothing happens where the call is over already."""
        return self._do_if_it_lasts("hang_up")

    def answer(self) -> Self:
        """Pick up a handset that was told to "ring"."""
        return self._do("answer")

    def wait_until_over(self, timeout: float = 30) -> Self:
        """Wait real seconds for the other side to end the call and every report of it to be made."""
        self._state = self._exchange.ask("GET", f"/calls/{self.sid}", params={"timeout": timeout})
        return self

    @property
    def heard(self) -> list[str]:
        """Every prompt so far, in order: the words of a sentence, the address of a sound."""
        return [detail for _, event, detail in self.timeline if event in {"say", "play"}]

    @property
    def timeline(self) -> list[Entry]:
        """What happened: seconds since dialling, event, detail."""
        return [(float(at), str(event), str(detail)) for at, event, detail in self._now()["timeline"]]

    @property
    def ended(self) -> bool:
        return bool(self._now()["ended"])

    @property
    def elapsed(self) -> float:
        """Seconds of call time since dialling."""
        return float(self._now()["elapsed"])

    @property
    def status(self) -> str:
        return str(self._now()["status"])

    @property
    def waits_for(self) -> str:
        """What the line waits for of her, in words; empty while it only plays."""
        return str(self._now()["waits_for"])

    @property
    def recordings(self) -> list[str]:
        """The sids of the recordings that hold something."""
        return [str(sid) for sid in self._now()["recordings"]]

    def _now(self) -> dict[str, Any]:
        self._state = self._exchange.ask("GET", f"/calls/{self.sid}")
        return self._state

    def _do(self, deed: str, **about: object) -> Self:
        self._state = self._exchange.ask("POST", f"/calls/{self.sid}/{deed}", json=about)
        return self

    def _do_if_it_lasts(self, deed: str, **about: object) -> Self:
        with contextlib.suppress(Gone):
            self._do(deed, **about)
        return self

    def _play(self, sound: bytes | Path | str, *, now: bool) -> Self:
        data = sound if isinstance(sound, bytes) else Path(sound).read_bytes()
        about = {"name": "a sound" if isinstance(sound, bytes) else Path(sound).name}
        about |= {"now": "1"} if now else {}
        self._state = self._exchange.ask("POST", f"/sounds/{self.sid}", content=data, params=about)
        return self
