"""The shelf of installed models: which one is used, what is told of each, and that nobody sees half a change."""

import shutil

import pytest

from gateway.settings import Settings
from tests.installing import OLD, furnished
from worker.parts import model_dir
from worker.speech.listing import NOT_STATED, licence, rows
from worker.speech.model_card import DEMO_MODEL
from worker.speech.refusal import Refused
from worker.speech.shelf import UNVERIFIED, VERIFIED, Receipt, Setting, Shelf, bundled

ESCAPE = "\x1b[2J"


@pytest.fixture
def shelf(tmp_path):
    return furnished(tmp_path)


@pytest.fixture
def bare(tmp_path):
    return Shelf(tmp_path / "bare")


def receipt(check=UNVERIFIED):
    return Receipt("stick.zip", "0" * 4, 7, check, "2026-03-02T09:00:00+00:00")


def arrived(shelf, name):
    """A model's folder on the disk of the shelf, not on it yet."""
    return shutil.copytree(DEMO_MODEL, shelf.incoming / "room" / name)


def test_without_any_other_the_bundled_model_hears(bare):
    assert (bare.chosen(), bare.names(), bare.active()) == (DEMO_MODEL, [], "")


def test_the_model_in_use_hears(shelf):
    assert shelf.chosen() == shelf.folder / OLD


def test_a_model_named_by_the_settings_goes_before_the_one_in_use(shelf):
    shelf.put(arrived(shelf, "other"), receipt())
    assert shelf.chosen("other") == shelf.folder / "other"
    assert shelf.chosen(bundled()) == DEMO_MODEL


def test_a_folder_named_by_the_settings_goes_before_the_one_in_use(shelf, tmp_path):
    assert shelf.chosen(str(tmp_path)) == tmp_path


def test_a_model_that_is_nowhere_is_told_instead_of_hearing_with_another(shelf):
    with pytest.raises(Refused, match="找不到语音模型 gone"):
        shelf.chosen("gone")


def test_a_model_in_use_that_somebody_deleted_is_told_instead_of_hearing_callers_with_the_demonstration(shelf):
    shutil.rmtree(shelf.folder / OLD)
    with pytest.raises(Refused, match=f"找不到语音模型 {OLD}"):
        shelf.chosen()


@pytest.mark.parametrize("name", ["..", "../data", ".incoming", "active", "", "-x", "a/b"])
def test_no_name_leads_out_of_the_shelf_or_to_what_is_no_model(shelf, name):
    shelf.incoming.mkdir(exist_ok=True)
    assert not shelf.has(name)


def test_the_bundled_model_can_be_taken_into_use_again(shelf):
    shelf.activate(bundled())
    assert shelf.chosen() == DEMO_MODEL


def test_a_model_of_a_name_that_is_taken_gets_a_number_and_the_other_stays(shelf):
    before = (shelf.folder / OLD / "am" / "final.mdl").stat().st_ino
    assert [shelf.put(arrived(shelf, OLD), receipt()) for _ in range(2)] == [f"{OLD}-2", f"{OLD}-3"]
    assert (shelf.folder / OLD / "am" / "final.mdl").stat().st_ino == before


def test_a_model_called_as_the_shelfs_own_note_does_not_take_its_place(shelf):
    assert shelf.put(arrived(shelf, "active"), receipt()) == "active-2"
    assert shelf.active() == OLD


def test_whoever_reads_while_the_model_changes_gets_the_old_name_or_the_new_whole(shelf):
    shelf.put(arrived(shelf, "other"), receipt())
    with (shelf.folder / "active").open(encoding="utf-8") as reading:
        shelf.activate("other")
        assert reading.read() == f"{OLD}\n"
    assert shelf.active() == "other"
    assert not list(shelf.folder.glob("*.new"))


def test_two_who_install_at_once_refuse_each_other_and_later_ones_are_let_in(shelf):
    with shelf.locked(), pytest.raises(Refused, match="另一个窗口正在"), Shelf(shelf.folder.parent).locked():
        pass
    with Shelf(shelf.folder.parent).locked():
        pass


def test_a_receipt_that_came_in_the_zip_is_replaced_by_our_own(shelf):
    folder = arrived(shelf, "other")
    (folder / "receipt.json").write_text('{"check": "forged"}', encoding="utf-8")
    assert shelf.receipt(shelf.put(folder, receipt())) == receipt()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"source": 1}'])
def test_a_receipt_that_cannot_be_read_is_none(shelf, text):
    (shelf.folder / OLD / "receipt.json").write_text(text, encoding="utf-8")
    assert shelf.receipt(OLD) is None


def test_the_list_tells_size_licence_rate_kind_and_use_of_each(shelf):
    found = {row.name: row for row in rows(shelf)}
    size = sum(path.stat().st_size for path in DEMO_MODEL.rglob("*") if path.is_file())
    assert found[OLD].in_use
    assert not found[bundled()].in_use
    assert (found[OLD].size, found[OLD].rate, found[OLD].demonstration) == (size, 8000, True)
    assert (found[OLD].verified, found[bundled()].verified) == (False, True)


def test_a_model_whose_sum_was_compared_is_told_as_verified(shelf):
    shelf.sign(shelf.folder / OLD, receipt(VERIFIED))
    assert {row.name: row.verified for row in rows(shelf)}[OLD]


def test_a_broken_model_is_listed_as_broken(shelf):
    (shelf.folder / OLD / "am" / "final.mdl").unlink()
    assert {row.name: row.rate for row in rows(shelf)}[OLD] is None


def test_a_folder_elsewhere_is_listed_where_the_settings_want_it(shelf, tmp_path):
    folder = shutil.copytree(DEMO_MODEL, tmp_path / "elsewhere")
    assert [row.name for row in rows(shelf, str(folder)) if row.in_use] == [str(folder)]


def test_nothing_is_in_use_where_what_is_wanted_is_nowhere(shelf):
    assert not [row for row in rows(shelf, "gone") if row.in_use]


@pytest.mark.parametrize(
    ("paper", "text", "told"),
    [
        ("LICENSE", "\n   Apache License\n Version 2.0\n", "Apache License"),
        ("COPYING.txt", "GNU AFFERO", "GNU AFFERO"),
        ("README", "Chinese model\nLicense: Apache 2.0\n", "License: Apache 2.0"),
        ("README.md", "# Model\n\n## License\n\nCC-BY 4.0\n", "CC-BY 4.0"),
        ("MODEL_CARD.md", "许可：仅供内部使用", "许可：仅供内部使用"),
        ("README", f"Licence {ESCAPE}Apache\x07", "Licence [2JApache"),
        ("README", "license " + "x" * 500, "license " + "x" * 52),
        ("README", "Chinese model", NOT_STATED),
        ("README", "## Licence", NOT_STATED),
        ("LICENSE", "", NOT_STATED),
        ("other.txt", "License: MIT", NOT_STATED),
    ],
)
def test_the_licence_is_what_the_models_own_papers_state(tmp_path, paper, text, told):
    (tmp_path / paper).write_text(text, encoding="utf-8")
    assert licence(tmp_path) == told


def test_a_licence_goes_before_what_a_readme_says_of_it(tmp_path):
    (tmp_path / "README").write_text("License: see the file", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("Apache License", encoding="utf-8")
    assert licence(tmp_path) == "Apache License"


def test_the_two_settings_are_those_of_all_settings():
    for name, field in Setting.model_fields.items():
        assert (field.alias, field.default) == (Settings.model_fields[name].alias, Settings.model_fields[name].default)


def test_the_worker_loads_the_model_in_use_of_its_own_data_folder(shelf, bare):
    data = shelf.folder.parent
    assert model_dir("", data) == shelf.folder / OLD
    assert model_dir("", bare.folder.parent) == DEMO_MODEL
    assert model_dir(str(DEMO_MODEL), data) == DEMO_MODEL


def test_a_command_hears_with_the_model_that_the_environment_names(shelf, monkeypatch):
    monkeypatch.setenv("XIANGYIN_DATA", str(shelf.folder.parent))
    monkeypatch.delenv("XIANGYIN_SPEECH_MODEL", raising=False)
    assert model_dir() == shelf.folder / OLD
    monkeypatch.setenv("XIANGYIN_SPEECH_MODEL", str(DEMO_MODEL))
    assert model_dir() == DEMO_MODEL
    assert model_dir(OLD) == shelf.folder / OLD


def test_a_worker_whose_model_is_nowhere_ends_with_one_sentence(shelf):
    with pytest.raises(SystemExit, match="找不到语音模型 gone：请运行"):
        model_dir("gone", shelf.folder.parent)
