"""A recording an officer brings: opened, measured, kept as a telephone plays it, or refused and the old one stays."""

import io
import json

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from models import schema
from tests.workshop import SETTINGS, hum
from worker import seed
from worker.cli import main
from worker.voicing import RATE, checked, take_up


@pytest.fixture
def database(on_sqlite):
    """No database has a part in it."""
    return on_sqlite


@pytest.fixture
def box(workshop):
    return workshop.desk.voicebox


@pytest.fixture
def brought(workshop, box):
    """What is said of the greeting somebody brought."""

    def bring(body):
        box.bring("cmn", "greet", body)
        assert box.clip("cmn", "greet").waiting
        assert take_up(workshop.desk) == 1
        return box.clip("cmn", "greet")

    return bring


def written(samples, rate, kind):
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["WAV", "MP3", "OGG", "FLAC"])
def test_whatever_kind_was_brought_is_kept_as_a_telephone_plays_it(brought, box, kind):
    tone = np.sin(np.arange(44_100 * 2) * 0.06) * 0.3
    clip = brought(written(np.stack([tone, tone], axis=1), 44_100, kind))
    assert (clip.recorded, clip.waiting, clip.amiss) == (True, False, ())
    kept = soundfile.info(io.BytesIO(box.sound("cmn", "greet")))
    assert (kept.samplerate, kept.channels, kept.subtype) == (RATE, 1, "PCM_16")
    assert kept.duration == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (hum(12.5), "太长：12 秒"),
        (hum(2, loud=0.02), "太轻"),
        (hum(2, loud=0), "太轻"),
        (hum(2, loud=1.0), "太响"),
    ],
)
def test_what_is_hard_to_hear_is_kept_and_said_so(brought, body, said):
    clip = brought(body)
    assert clip.recorded
    assert len(clip.amiss) == 1
    assert clip.amiss[0].startswith(said)


@pytest.mark.parametrize(
    "body", [b"", b"<html>oops</html>", hum(2)[:900], hum(61)], ids=["empty", "page", "cut", "long"]
)
def test_what_cannot_be_played_is_refused_and_the_old_one_stays(brought, box, body):
    brought(hum(1))
    before = box.sound("cmn", "greet")
    clip = brought(body)
    assert (clip.recorded, clip.waiting, len(clip.amiss)) == (True, False, 1)
    assert "没有换上" in clip.amiss[0]
    assert box.sound("cmn", "greet") == before


def test_what_is_missing_or_amiss_in_a_language_is_named_with_its_words(workshop, brought):
    brought(hum(2, loud=0.01))
    found = {name: (words, what) for name, words, what in checked(workshop.desk, "cmn")}
    assert found["greet"] == ("您好，棠溪热线。会录音，您说。", "太轻，听不清。")
    assert found["number1.1"] == ("记好了。您的编号是：", "没有录。")
    assert found["n1000"] == ("千", "没有录。")


def test_nothing_that_is_well_recorded_is_named(workshop, box):
    for name in workshop.desk.prompts.names():
        box.keep("qiang", name, hum(1), ())
    assert checked(workshop.desk, "qiang") == []


@pytest.mark.parametrize("name", ["../greet", "greet.wav", "", "..", "Greet"])
def test_a_name_that_leads_elsewhere_is_none(box, name):
    assert box.shelf("cmn", name) is None
    with pytest.raises(FileNotFoundError):
        box.bring("cmn", name, b"x")


def test_what_is_taken_away_is_read_by_the_carrier_again(brought, box):
    brought(hum(1))
    box.take_away("cmn", "greet")
    assert (box.shelf("cmn", "greet"), box.clip("cmn", "greet").recorded) == (None, False)


def test_the_command_names_what_is_missing_and_ends_badly(sessions, tmp_path):
    schema.upgrade(sessions.engine)
    with sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": str(sessions.engine.url)}
    ask = [CliRunner(env=environment).invoke(main, ["prompts", "check", *more], catch_exceptions=False) for more in
           ([], ["--language", "qiang", "--json"])]  # fmt: skip
    assert [answer.exit_code for answer in ask] == [1, 1]
    assert "greet  没有录。  您好，棠溪热线。会录音，您说。" in ask[0].output
    assert {"name": "n3", "words": "三", "amiss": "没有录。"} in json.loads(ask[1].output)
