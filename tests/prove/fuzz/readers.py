"""What reads strangers' bytes and words behind the doors: sound, pictures, texts, TwiML, addresses of recordings."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import soundfile
from hypothesis import strategies as st

from gateway import wording
from gateway.exchange import twiml
from gateway.providers.base import ProviderError
from gateway.providers.twilio import Twilio, genuine, media_of
from gateway.providers.twiml import step_of
from gateway.web.forms import phone_number
from models import picture_kinds
from models.commands import Awaiting, understand, yes_or_no
from models.continuing import only_a_place
from models.county import County
from models.dialling import may_be_called
from models.lifecycle import BadInput
from models.message import Purpose
from models.numbering import aloud, is_number
from models.picture_kinds import NotAPicture
from models.routing import route
from models.telephones import international
from tests.casebook import PENSION, REPORT, ROAD
from tests.prove.fuzz import strangers
from worker import seed
from worker.fetch import _verify
from worker.speech.audio import decode, is_silent
from worker.speech.not_sound import NotSound

CARRIER = "http://127.0.0.1:9"  # nobody is there: whatever is asked of it is refused at once
FOREIGN = "foreign_address"
WAYS = (("WAV", "PCM_16"), ("WAV", "ULAW"), ("WAV", "FLOAT"), ("WAV", "GSM610"), ("AU", "PCM_16"), ("FLAC", "PCM_16"))
COMPRESSED = (("OGG", "VORBIS"), ("MP3", "MPEG_LAYER_III"))
PICTURES = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\0\x10\0\x10\1\1\x11\0",
    b"GIF89a\1\0\1\0\0\0\0",
    b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\1\0\0\1\0\0",
    b"RIFF\x1a\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\0\x9d\x01\x2a\1\0\1\0",
)
DOCUMENTS = (
    b'<Response><Say language="zh-CN">\xe6\x82\xa8\xe5\xa5\xbd</Say><Record timeout="3" maxLength="150"/></Response>',
    b'<Response><Gather numDigits="1"><Say>1</Say><Pause length="1"/></Gather><Redirect>/a</Redirect></Response>',
    b'<Response><Dial timeout="20"><Number url="/w">+8613900000101</Number></Dial><Hangup/></Response>',
    b"<Response><Message><Body>a</Body></Message></Response>",
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Response><Say>&b;</Say></Response>',
)
ADDRESSES = (
    CARRIER,
    f"{CARRIER}/2010-04-01/Accounts/AC/Recordings/RE1",
    f"{CARRIER}@169.254.169.254/latest",
    f"{CARRIER}.example.org/",
    f"{CARRIER}\\@localhost",
    "http://127.0.0.1:99/",
    "//127.0.0.1:9/",
    "https://127.0.0.1:9/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "http://[::1",
    "http://127.0.0.1:9/\0",
    "http://127.0.0.1:9/%00\r\nHost: a",
    "http://127.0.0.1:9:9/",
)
PIECES = (
    "满意",
    "不",
    "1",
    "2",
    "3",
    "查",
    "账",
    "撤回",
    "TD",
    "人工",
    "？",
    "。",
    " ",
    "谢谢",
    "你好",
    "六坪村",
    "3125756",
)


@dataclass(frozen=True)
class Reader:
    """Something of ours that is handed a stranger's things. `refuses`: the refusals it may answer with."""

    name: str
    takes: st.SearchStrategy[Any]
    read: Callable[[Any], object]
    refuses: tuple[type[Exception], ...] = ()
    weight: int = 1

    def __call__(self, one: Any) -> None:
        try:
            self.read(one)
        except self.refuses:
            return


def readers() -> list[Reader]:
    spoiled, words = _spoiled(_sounds()), _texts()
    return [
        Reader("sound", spoiled, _hear, (NotSound,), 3),
        Reader("fetched", st.tuples(spoiled, st.integers(0, 10)), lambda one: _verify(*one), (NotSound,)),
        Reader("picture", _spoiled(PICTURES), picture_kinds.kind_of, (NotAPicture,)),
        Reader("commands", st.tuples(words, st.sampled_from(Awaiting)), _command, (), 3),
        Reader("numbers", words, _number, (BadInput,)),
        Reader("routing", words, _route, (), 2),
        Reader("wording", st.tuples(st.sampled_from(Purpose), words), _worded, (BadInput,)),
        Reader("twiml", _spoiled(DOCUMENTS), _play, (twiml.BadDocument,)),
        Reader("addresses", _addresses(), _fetch),
        Reader(
            "forms",
            st.dictionaries(st.sampled_from(("NumMedia", "MediaUrl0", "at", "parts")), words),
            _form,
            (ValueError,),
        ),
        Reader("signatures", st.tuples(words, st.dictionaries(words, words), words), _signature),
    ]


def _spoiled(whole: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    """Something whole with bytes overwritten, taken out or put in; or nothing but noise."""
    place = st.one_of(st.integers(0, 63), st.integers(0, 5000))
    edits = st.lists(st.tuples(place, st.binary(max_size=6), st.sampled_from((0, 1, 4, 400, 10**6))), max_size=5)
    return st.one_of(st.builds(_edited, st.sampled_from(whole), edits), st.binary(max_size=120))


def _edited(whole: bytes, edits: list[tuple[int, bytes, int]]) -> bytes:
    for place, fresh, gone in edits:
        whole = whole[:place] + fresh + whole[place + gone :]
    return whole


@cache
def _sounds() -> tuple[bytes, ...]:
    wave = (8000 * np.sin(np.arange(4000) / 3)).astype(np.int16)
    made = [_written(wave, container, coding) for container, coding in (*WAYS, *COMPRESSED)]
    heads = (b"#!AMR\n", b"\0\0\0\x18ftypM4A ", b"caff\0\1", b"\x1a\x45\xdf\xa3", b"\xff\xf1\x50", b"ID3\4\0\0\0\0\0\0")
    return (*made, *(head + made[0] for head in heads))


def _written(wave: np.ndarray, container: str, coding: str) -> bytes:
    body = io.BytesIO()
    soundfile.write(body, wave, 8000, format=container, subtype=coding)
    return body.getvalue()


def _hear(body: bytes) -> None:
    is_silent(decode(body).at(16000))


@cache
def _county() -> County:
    return seed.read(seed.EXAMPLE)


@cache
def _said() -> tuple[str, ...]:
    lines = (seed.EXAMPLE / "petitions_sms.jsonl").read_text(encoding="utf-8").splitlines()
    return (*(json.loads(line)["text"] for line in lines), PENSION, ROAD, REPORT)


def _texts() -> st.SearchStrategy[str]:
    piece = st.one_of(st.sampled_from(PIECES), st.sampled_from(_said()), strangers.words())
    return st.lists(piece, max_size=5).map("".join)


def _command(one: tuple[str, Awaiting]) -> None:
    text, awaiting = one
    understand(text, awaiting=awaiting, names_a_village=lambda words: only_a_place(words, _county().gazetteer))
    yes_or_no(text)


def _number(text: str) -> None:
    if is_number(text):
        aloud(text)
    may_be_called(text)
    international(text)
    phone_number(text)


def _route(text: str) -> None:
    route(text, gazetteer=_county().gazetteer, taxonomy=_county().taxonomy)


def _worded(one: tuple[Purpose, str]) -> None:
    purpose, text = one
    gaps = "".join(f"{{{name}}}" for name in wording.TEMPLATES[purpose].gaps)
    for body in (text, f"{text}{gaps}"):
        wording.check(purpose, body, hotline="0816-5550000")


def _play(body: bytes) -> None:
    twiml.voice_document(body)
    twiml.text_document(body)


def _addresses() -> st.SearchStrategy[str]:
    tail = st.one_of(st.just(""), st.text(strangers.SIGNS, max_size=20), st.sampled_from(strangers.HARM))
    return st.builds("".join, st.tuples(st.sampled_from(ADDRESSES), tail))


def _fetch(address: str) -> None:
    """Nothing is asked of anybody but the carrier, and whatever is wrong with an address is said in one way."""
    carrier = Twilio(account_sid="AC", auth_token="t", api_url=CARRIER, number="+86", receipts="")
    carrier.__dict__["_trusted"] = False  # nothing here is asked over TLS
    for fetch in (carrier.fetch_sound, carrier.fetch_picture):
        try:
            fetch(address)
        except ProviderError as refused:
            _nobody_else_was_asked(address, refused)
        else:
            raise AssertionError("somebody answered")


def _nobody_else_was_asked(address: str, refused: ProviderError) -> None:
    ours = address.startswith((f"{CARRIER}/", f"{CARRIER}?", f"{CARRIER}#")) or address == CARRIER
    assert ours or refused.code == FOREIGN, "somebody else was asked"


def _form(form: dict[str, str]) -> None:
    media_of(form)
    step_of({name: value for name, value in form.items() if name in {"at", "parts"}})


def _signature(one: tuple[str, dict[str, str], str]) -> None:
    address, form, signature = one
    assert not genuine("t", f"https://hotline.example/{address}", form, signature)
