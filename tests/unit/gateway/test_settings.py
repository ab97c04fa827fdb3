"""Settings: read once, everything missing or weak named at once, and never a value shown."""

import pytest
from pydantic import ValidationError

from gateway import settings
from gateway.settings import SHORTEST_SECRET, Settings, from_mapping
from tests.workshop import SETTINGS

NEEDED = {
    "XIANGYIN_PUBLIC_URL", "XIANGYIN_SECRET_KEY", "DATABASE_URL", "REDIS_URL",
    "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER",
}  # fmt: skip


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A folder without a `.env`, and an environment without a setting of ours."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    return tmp_path


def test_everything_that_is_missing_is_named_at_once(nowhere):
    with pytest.raises(SystemExit) as ended:
        settings.read()
    assert {name for name in NEEDED if name in str(ended.value)} == NEEDED
    assert "XIANGYIN_PORT" not in str(ended.value)


def test_production_is_what_it_is_unless_somebody_says_demo():
    told = {name: value for name, value in SETTINGS.items() if name != "XIANGYIN_MODE"}
    assert not from_mapping(told).demo
    assert from_mapping({**told, "XIANGYIN_MODE": "demo"}).demo


@pytest.mark.parametrize("secret", ["", "changeme", "CHANGEME", "demo", "x" * (SHORTEST_SECRET - 1)])
def test_a_secret_that_can_be_guessed_is_refused_without_being_shown(nowhere, monkeypatch, secret):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XIANGYIN_SECRET_KEY", secret)
    with pytest.raises(SystemExit) as ended:
        settings.read()
    assert "XIANGYIN_SECRET_KEY" in str(ended.value)
    assert not secret or secret not in str(ended.value)


def test_a_port_that_is_no_number_is_named_and_not_shown(nowhere, monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XIANGYIN_PORT", "eighty-eighty")
    with pytest.raises(SystemExit) as ended:
        settings.read()
    assert "XIANGYIN_PORT" in str(ended.value)
    assert "eighty" not in str(ended.value)


def test_settings_are_read_from_the_environment(nowhere, monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert settings.read().number == SETTINGS["TWILIO_NUMBER"]


def test_a_name_that_is_not_wholly_ours_is_no_setting(nowhere, monkeypatch):
    for name, value in {**SETTINGS, "XIANGYIN_MODE": "production", "PORT": "1", "DATA": "/"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("XIANGYIN_MODE")
    monkeypatch.setenv("MODE", "demo")
    told = settings.read()
    assert (told.demo, told.port, str(told.data)) == (False, 8080, "var")


def test_settings_are_read_from_the_file_where_the_environment_is_silent(nowhere, monkeypatch):
    lines = [f'{name}="{value}"' for name, value in SETTINGS.items()]
    (nowhere / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("TWILIO_NUMBER", "+8681600000000")
    assert settings.read().number == "+8681600000000"
    assert settings.read().public_url == SETTINGS["XIANGYIN_PUBLIC_URL"]


def test_nobody_set_anything_by_hand_in_an_empty_folder(nowhere, monkeypatch):
    monkeypatch.setenv("XIANGYIN_DATA", "elsewhere")
    assert not settings.set_by_hand()


def test_a_name_in_the_environment_or_a_file_is_set_by_hand(nowhere, monkeypatch):
    (nowhere / ".env").touch()
    assert settings.set_by_hand()
    (nowhere / ".env").unlink()
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    assert settings.set_by_hand()


def test_a_house_given_its_settings_does_not_look_into_the_environment(nowhere, monkeypatch):
    monkeypatch.setenv("TWILIO_NUMBER", "+8681600000000")
    assert from_mapping(SETTINGS).number == SETTINGS["TWILIO_NUMBER"]


def test_settings_cannot_be_changed_once_they_are_read():
    with pytest.raises(ValidationError):
        from_mapping(SETTINGS).number = "+8681600000000"


def test_no_secret_is_shown_when_settings_are_printed():
    shown = repr(from_mapping(SETTINGS))
    assert SETTINGS["XIANGYIN_SECRET_KEY"] not in shown
    assert SETTINGS["TWILIO_AUTH_TOKEN"] not in shown


def test_strange_names_in_the_environment_are_none_of_our_business():
    assert from_mapping({**SETTINGS, "PATH": "/bin", "SOMETHING": "else"}).port == 8080


def test_recordings_and_the_drill_lie_in_the_data_folder():
    here = from_mapping({**SETTINGS, "XIANGYIN_DATA": "some/where"})
    assert (str(here.recordings), str(here.clock_file)) == ("some/where/recordings", "some/where/drill-clock")
