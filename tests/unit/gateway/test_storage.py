"""Where sound lies: whole or not at all, under names that say nothing, readable by its owner alone."""

import stat

import pytest

from gateway.storage import FileStorage


@pytest.fixture
def storage(tmp_path):
    return FileStorage(tmp_path / "recordings")


def test_what_was_put_is_what_is_got(storage):
    name = storage.put(b"her voice")
    assert storage.get(name) == b"her voice"


def test_the_same_sound_twice_lies_under_two_names_that_say_nothing(storage):
    names = {storage.put(b"her voice") for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)


def test_only_its_owner_can_look_into_the_folders(storage, tmp_path):
    storage.put(b"her voice")
    folders = [place for place in tmp_path.rglob("*") if place.is_dir()]
    inner = [place for place in folders if place.name != "recordings"]
    assert inner
    assert all(stat.S_IMODE(place.stat().st_mode) == 0o700 for place in inner)


def test_a_removed_sound_is_gone_and_may_be_removed_again(storage):
    name = storage.put(b"her voice")
    storage.remove(name)
    storage.remove(name)
    with pytest.raises(FileNotFoundError):
        storage.get(name)


@pytest.mark.parametrize("name", ["", "../secrets", "a/b", "..", "/etc/passwd", "a.b", "\x00"])
def test_a_name_that_is_a_path_leads_nowhere(storage, tmp_path, name):
    (tmp_path / "secrets").write_bytes(b"the server's key")
    for deed in (storage.get, storage.remove):
        with pytest.raises(FileNotFoundError):
            deed(name)
    assert (tmp_path / "secrets").exists()


def test_an_unknown_name_is_not_there(storage):
    with pytest.raises(FileNotFoundError):
        storage.get("0" * 32)


def test_nothing_half_written_is_left_beside(storage, tmp_path):
    storage.put(b"x" * 100_000)
    (place,) = (file for file in tmp_path.rglob("*") if file.is_file())
    assert place.suffix == ""


def test_a_disk_that_is_full_is_an_error_and_not_an_empty_voice(tmp_path):
    (tmp_path / "recordings").write_bytes(b"a file where the folder should be")
    with pytest.raises(OSError, match=r"."):
        FileStorage(tmp_path / "recordings").put(b"her voice")
