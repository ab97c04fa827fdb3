"""Recordings taken for sound, and recordings refused."""

import io
import struct

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.speech.audio import (
    MAX_BYTES,
    Sound,
    decode,
    is_silent,
    verify_length,
    verify_voiced,
    voiced_loudness,
)
from worker.speech.not_sound import NotSound, Reason

HTML = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
TWILIO_XML = b'<?xml version="1.0"?><TwilioResponse><RestException><Code>20404</Code></RestException></TwilioResponse>'
FFCONCAT = b"ffconcat version 1.0\nfile /etc/passwd\n"


def refusal(data):
    with pytest.raises(NotSound) as refused:
        decode(data)
    return refused.value.reason


def answer(data):
    """How many samples were heard, or why none."""
    try:
        return decode(data).samples.size
    except NotSound as refused:
        return refused.reason


def wav(body=b"\x00\x01" * 800, *, rate=8000, channels=1, data_size=None, riff_size=None):
    size = len(body) if data_size is None else data_size
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, rate * 2, 2, 16)
    rest = b"WAVE" + head + struct.pack("<4sI", b"data", size) + body
    return struct.pack("<4sI", b"RIFF", len(rest) if riff_size is None else riff_size) + rest


def test_a_recording_of_no_bytes_is_refused_as_empty():
    assert refusal(b"") is Reason.EMPTY


@pytest.mark.parametrize("page", [HTML, TWILIO_XML], ids=["html", "xml"])
def test_a_recording_that_is_an_error_page_is_refused(page):
    assert refusal(page) is Reason.NOT_AUDIO


@pytest.mark.parametrize(
    "data",
    [
        "我家门口的路垮了".encode(),
        b"RIFF",
        b"\xff",
        b"\x02#!SILK_V3",
        b"MThd\x00\x00\x00\x06",
        np.random.default_rng(1).bytes(40_000),
    ],
    ids=["text", "four letters", "one byte", "silk", "midi", "random"],
)
def test_what_is_no_recording_is_refused_as_no_audio(data):
    assert refusal(data) is Reason.NOT_AUDIO


def test_a_text_that_asks_for_another_file_to_be_opened_is_refused():
    assert refusal(FFCONCAT) is Reason.NOT_AUDIO


def test_a_text_dressed_as_a_wav_is_refused_as_damaged():
    assert refusal(b"RIFF\x40\x00\x00\x00WAVE" + FFCONCAT) is Reason.DAMAGED


def test_a_wav_made_by_hand_is_taken_so_that_the_refusals_below_are_for_their_own_reason():
    assert decode(wav()).samples.size == 800


def test_a_note_of_odd_length_before_the_sound_does_not_hide_it():
    plain = wav()
    assert decode(plain[:12] + b"LIST\x03\x00\x00\x00abc\x00" + plain[12:]).samples.size == 800


@pytest.mark.parametrize(
    "data",
    [
        wav(data_size=0),
        wav(rate=0),
        wav(channels=0),
        wav(rate=1_000_000),
        wav(channels=6),
        wav(b""),
        wav()[:36],
        wav()[:-400],
        wav(data_size=100),
        wav(data_size=0xFFFFFFFF),
    ],
    ids=[
        "data size 0",
        "rate 0",
        "no channels",
        "a million samples a second",
        "six channels",
        "no samples",
        "no data chunk",
        "cut short",
        "more data than said",
        "endless data",
    ],
)
def test_a_wav_whose_header_and_body_disagree_is_refused_as_damaged(data):
    assert refusal(data) is Reason.DAMAGED


@pytest.mark.parametrize(
    "head", [(0, 1), (1_000_000, 1), (8000, 0), (8000, 6)], ids=["rate 0", "a million", "no channels", "six channels"]
)
def test_an_au_file_with_a_false_header_is_refused_as_damaged(head):
    assert refusal(b".snd" + struct.pack(">IIIII", 24, 800, 1, *head) + b"\x7f" * 800) is Reason.DAMAGED


def test_an_au_file_that_does_not_say_how_long_it_is_is_heard_to_its_end():
    assert decode(b".snd" + struct.pack(">IIIII", 24, 0xFFFFFFFF, 1, 8000, 1) + b"\x55" * 800).samples.size == 800


@pytest.mark.parametrize("at", range(8, 27))
def test_a_flac_whose_header_lies_is_heard_or_refused_and_never_an_accident(humming, record, at):
    damaged = bytearray(record(humming(0.5), format="FLAC"))
    damaged[at] ^= 0xFF
    assert answer(bytes(damaged))


@pytest.mark.parametrize("beginning", [b"OggS", b"ID3\x04", b"\xff\xfb\x90\x00"], ids=["ogg", "id3", "mp3"])
def test_noise_after_a_true_beginning_is_refused_as_damaged(beginning):
    assert refusal(beginning + b"\x5a" * 4000) is Reason.DAMAGED


def test_a_recording_of_more_than_32_mib_is_refused_unopened():
    assert refusal(HTML.ljust(MAX_BYTES + 1)) is Reason.TOO_LARGE


def test_a_recording_of_more_than_an_hour_is_refused_however_few_its_bytes(record):
    hour = Sound(np.zeros(3601 * 4000, np.int16), 4000)
    assert refusal(record(hour, format="WAV", subtype="ULAW")) is Reason.TOO_LARGE


@given(at=st.integers(0, 1643), byte=st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_a_recording_with_one_false_byte_is_heard_or_refused_and_never_an_accident(at, byte):
    damaged = bytearray(wav())
    damaged[at] = byte
    assert answer(bytes(damaged))


@pytest.mark.parametrize("subtype", ["PCM_16", "ULAW", "ALAW"])
@pytest.mark.parametrize("rate", [8000, 16000, 48000])
def test_a_telephone_wav_comes_through_as_good_as_its_coding(calls, record, subtype, rate):
    spoken = calls["road"].sound.at(rate)
    heard = decode(record(spoken, format="WAV", subtype=subtype))
    assert heard.rate == rate
    error = heard.samples.astype(float) - spoken.samples
    least_db = {"PCM_16": 200.0, "ULAW": 30.0, "ALAW": 30.0}[subtype]
    assert 10 * np.log10(spoken.samples.astype(float).var() / (error.var() + 1e-30)) > least_db


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        ({"format": "WAV", "subtype": "GSM610"}, 8000),
        ({"format": "WAV", "subtype": "IMA_ADPCM"}, 8000),
        ({"format": "MP3"}, 8000),
        ({"format": "MP3"}, 48000),
        ({"format": "OGG", "subtype": "VORBIS"}, 16000),
        ({"format": "OGG", "subtype": "OPUS"}, 8000),
        ({"format": "OGG", "subtype": "OPUS"}, 48000),
        ({"format": "AU", "subtype": "ULAW"}, 8000),
        ({"format": "FLAC"}, 16000),
    ],
    ids=["gsm", "adpcm", "mp3 8k", "mp3 48k", "vorbis", "opus 8k", "opus 48k", "au", "flac"],
)
def test_a_squeezed_recording_keeps_its_length_and_loudness(calls, record, kind, rate):
    spoken = calls["road"].sound.at(rate)
    heard = decode(record(spoken, **kind))
    verify_length(heard, spoken.seconds)
    assert np.median(voiced_loudness(heard)) == pytest.approx(np.median(voiced_loudness(spoken)), rel=0.2)


def test_two_channels_are_heard_as_one(humming, record):
    both = decode(record(humming(1.0), channels=2, format="WAV", subtype="PCM_16"))
    assert np.array_equal(both.samples, humming(1.0).samples)


def test_a_wav_of_fractions_is_heard_at_its_true_loudness_and_its_nonsense_as_nothing():
    file = io.BytesIO()
    soundfile.write(file, np.array([0.5, -0.5, np.nan, np.inf, 4.0]), 8000, format="WAV", subtype="FLOAT")
    assert decode(file.getvalue()).samples.tolist() == [16384, -16384, 0, 32767, 32767]


@pytest.mark.parametrize("said", [9, 10, 10.4, 11])
def test_a_length_within_the_carriers_rounding_is_accepted(humming, said):
    verify_length(humming(10.0), said)


@pytest.mark.parametrize("said", [0, 8, 12, 60])
def test_a_length_other_than_the_carrier_said_is_refused(humming, said):
    with pytest.raises(NotSound) as refused:
        verify_length(humming(10.0), said)
    assert refused.value.reason is Reason.WRONG_LENGTH


def test_an_mp3_cut_short_is_betrayed_by_its_length(calls, record):
    whole = record(calls["road"].sound, format="MP3")
    with pytest.raises(NotSound) as refused:
        verify_length(decode(whole[: len(whole) // 2]), calls["road"].sound.seconds)
    assert refused.value.reason is Reason.WRONG_LENGTH


def line(seconds=10.0, *, hiss=0.0, offset=0, seed=3):
    noise = np.random.default_rng(seed).normal(0, hiss, round(seconds * 8000)) if hiss else np.zeros(80_000)
    return np.rint(noise + offset).astype(np.int16)


@pytest.mark.parametrize(
    "samples",
    [line(), line(hiss=10), line(offset=2000), np.zeros(10, np.int16)],
    ids=["nothing", "idle hiss", "constant", "1 ms"],
)
def test_a_line_on_which_nobody_spoke_is_silent(samples):
    with pytest.raises(NotSound) as refused:
        verify_voiced(Sound(samples, 8000))
    assert refused.value.reason is Reason.SILENT


def test_a_click_in_the_silence_is_no_speech():
    samples = line(hiss=5)
    samples[40_000:40_080] = 20_000
    assert is_silent(Sound(samples, 8000))


def test_a_word_mumbled_once_in_ten_seconds_is_not_silence(calls):
    samples = line(hiss=5)
    word = calls["road"].sound.samples[2000:6000].astype(float)
    samples[40_000:44_000] += (word * 0.02).astype(np.int16)
    sound = Sound(samples, 8000)
    assert not is_silent(sound)
    verify_voiced(sound)


def test_the_loudness_of_each_moment_is_its_deviation_from_its_mean():
    noise = np.random.default_rng(4).normal(900, 4000, 16_000).clip(-32768, 32767).astype(np.int16)
    expected = noise.reshape(-1, 160).std(axis=1) / 32768
    assert voiced_loudness(Sound(noise, 8000)) == pytest.approx(expected, rel=1e-9)


def test_a_sound_brought_to_another_rate_lasts_as_long(humming):
    sound = humming(1.5, rate=48000)
    assert (sound.at(8000).rate, sound.at(8000).samples.size) == (8000, 12_000)
    assert sound.at(48000) is sound
