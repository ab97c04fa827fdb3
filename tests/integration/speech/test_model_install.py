"""A model from a USB stick, or one that is here already, is tried and used; whatever fails, the old one stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crooked_server import CrookedServer, stall_after
from tests.installing import OLD, Listener, bring, furnished, refused, still_as_before, trusting
from tests.model_zip import LOOKS_RIGHT, NAME, packed, working
from worker.speech.catalogue import NAMES, address_of
from worker.speech.engine import VoskRecogniser
from worker.speech.model_card import DEMO_MODEL
from worker.speech.refusal import BadFile, Refused
from worker.speech.shelf import Shelf, bundled
from worker.speech.trial import try_out

BODY = working()


def test_a_model_from_a_usb_stick_is_the_one_that_hears_afterwards(shelf, listener, stick):
    done = bring(shelf, stick(BODY), listener, try_out=try_out)
    assert (done.name, done.tried.rate, shelf.active()) == (NAME, 8000, NAME)
    assert VoskRecogniser(shelf.chosen()).info.rate == 8000
    assert OLD in shelf.names()
    assert listener.heard("听一秒静音")


def test_the_stick_keeps_its_zip_and_the_receipt_names_it_without_its_place(shelf, listener, stick):
    path = stick(BODY)
    done = bring(shelf, path, listener)
    assert path.read_bytes() == BODY
    assert done.receipt.source == "model.zip"


def test_every_long_step_tells_how_far_it_is(shelf, listener, stick):
    bring(shelf, stick(BODY), listener)
    last = {what: (done, total) for what, done, total in listener.seen}
    assert last["核对"] == (len(BODY), len(BODY))
    assert last["解开"][0] == last["解开"][1] > 2 * 10**6


def test_a_zip_whose_model_vosk_cannot_load_is_refused_after_the_trial(shelf, listener, stick):
    refused(shelf, stick(packed(LOOKS_RIGHT)), listener, "Vosk 用不了这个模型", try_out=try_out)


def test_a_zip_that_does_harm_leaves_the_old_model(shelf, listener, stick):
    refused(shelf, stick(packed({**LOOKS_RIGHT, "../../outside": b"x"})), listener, "想写到别处去")
    assert not list(shelf.folder.parent.rglob("outside"))


def test_a_machine_too_small_for_the_new_model_keeps_the_old_one(shelf, listener, stick):
    def out_of_memory(_folder):
        raise Refused("内存不够")

    refused(shelf, stick(BODY), listener, "内存不够", try_out=out_of_memory)


def test_a_trial_that_breaks_in_a_way_nobody_foresaw_leaves_the_old_model(shelf, listener, stick):
    def broken(_folder):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        bring(shelf, stick(BODY), listener, try_out=broken)
    still_as_before(shelf)


def test_a_data_folder_that_cannot_be_written_is_told_plainly(tmp_path, listener, stick):
    (tmp_path / "data").write_bytes(b"a file where the folder should be")
    with pytest.raises(Refused, match=r"读写文件出错.*请检查磁盘"):
        bring(Shelf(tmp_path / "data"), stick(BODY), listener)


@pytest.mark.parametrize(
    ("error", "words"),
    [(28, "磁盘满了"), (5, "U 盘或磁盘可能松了"), (13, "没有权限"), (30, "只读")],
    ids=["full", "pulled out", "forbidden", "read-only"],
)
def test_what_the_disk_refuses_is_told_plainly_and_leaves_the_old_model(shelf, listener, stick, error, words):
    def fails(_folder):
        raise OSError(error, os.strerror(error))

    refused(shelf, stick(BODY), listener, words, free=fails)


def test_a_folder_instead_of_a_zip_is_told_how_it_can_be_used(shelf, listener, tmp_path):
    refused(shelf, tmp_path, listener, "这是一个文件夹.*XIANGYIN_SPEECH_MODEL")


def test_a_name_that_nobody_knows_is_told_with_those_that_are_known(shelf, listener):
    refused(shelf, "vosk-model-of-nobody", listener, "没有叫“vosk-model-of-nobody”的模型.*vosk-model-small-cn-0.22")


def test_the_known_names_lead_to_their_makers_and_are_called_unverified(shelf, listener, monkeypatch):
    with CrookedServer(b"") as nobody:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{nobody.port}")  # so that no test asks the real makers
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{nobody.port}")
    assert NAMES == ("vosk-model-small-cn-0.22", "vosk-model-cn-0.22")
    for name in NAMES:
        with pytest.raises(Refused, match=r"连不上 alphacephei\.com"):
            bring(shelf, name, listener)
        assert f"下载地址：{address_of(name)}（未验证）" in listener.said
    still_as_before(shelf)


def test_a_known_name_that_is_installed_already_asks_nobody(shelf, listener):
    name = NAMES[0]
    (shelf.folder / OLD).rename(shelf.folder / name)
    assert bring(shelf, name, listener).name == name
    assert not listener.heard("下载地址")


def test_a_model_that_is_here_already_is_tried_before_it_is_used_again(shelf, listener, stick):
    bring(shelf, stick(BODY), listener)
    (shelf.folder / OLD / "am" / "final.mdl").unlink()
    with pytest.raises(BadFile):
        bring(shelf, OLD, listener, try_out=try_out)
    assert shelf.active() == NAME


def test_the_bundled_model_can_be_taken_into_use_by_its_name(shelf, listener):
    bring(shelf, bundled(), listener)
    assert shelf.chosen() == DEMO_MODEL


def test_the_same_file_twice_is_installed_once(shelf, listener, stick):
    first = bring(shelf, stick(BODY), listener)
    bring(shelf, OLD, listener)
    again = bring(shelf, stick(BODY), listener)
    assert (again.name, shelf.active(), shelf.names()) == (first.name, NAME, [OLD, NAME])


def test_the_same_file_with_a_sum_this_time_counts_as_verified_from_now_on(shelf, listener, stick):
    first = bring(shelf, stick(BODY), listener)
    again = bring(shelf, stick(BODY), listener, expected=first.receipt.sha256)
    assert (first.receipt.check, again.receipt.check) == ("未验证", "与给的校验值一致")
    assert shelf.receipt(NAME) == again.receipt


def test_the_same_file_over_a_copy_that_broke_is_installed_beside_it(shelf, listener, stick):
    bring(shelf, stick(BODY), listener)
    (shelf.folder / NAME / "am" / "final.mdl").unlink()
    assert bring(shelf, stick(BODY), listener, try_out=try_out).name == f"{NAME}-2"
    assert shelf.active() == f"{NAME}-2"


def test_another_file_of_the_same_name_stands_beside_the_one_in_use(shelf, listener, stick):
    bring(shelf, stick(BODY), listener)
    assert bring(shelf, stick(working(note=b"newer")), listener).name == f"{NAME}-2"


@pytest.mark.parametrize("given", ["0" * 64, "f" * 64])
def test_a_sum_given_with_a_model_that_is_here_is_compared_with_its_receipt(shelf, listener, stick, given):
    bring(shelf, stick(BODY), listener)
    bring(shelf, OLD, listener)
    for name in (OLD, NAME):  # one put there by hand, without a receipt, and one with
        with pytest.raises(Refused, match="校验值不一样"):
            bring(shelf, name, listener, expected=given)


def test_what_is_no_sum_is_refused(shelf, listener, stick):
    refused(shelf, stick(BODY), listener, "不是 SHA-256", expected="abc")


def test_what_a_crash_left_half_unpacked_is_cleared_away(shelf, listener, stick):
    left = shelf.incoming / "unpacked-crash" / NAME
    left.mkdir(parents=True)
    bring(shelf, stick(BODY), listener)
    assert not list(shelf.incoming.iterdir())


def test_two_who_install_at_once_refuse_each_other(shelf, listener, stick):
    def meanwhile(folder):
        with pytest.raises(Refused, match="另一个窗口正在"):
            bring(shelf, stick(BODY), Listener())
        return trusting(folder)

    assert bring(shelf, stick(BODY), listener, try_out=meanwhile).name == NAME


def test_the_command_lists_and_installs_with_nothing_set_but_the_data_folder(xiangyin, stick):
    assert xiangyin("model", "list").output.startswith(f"* {bundled()}  8000 Hz")
    done = xiangyin("model", "install", str(stick(BODY)))
    assert done.exit_code == 0
    assert f"已装好并启用：{NAME}" in done.output
    assert "未验证：没有可比对的校验值" in done.output
    assert "重新启动后才用" in done.output
    listed = xiangyin("model", "list").output.splitlines()
    assert [line for line in listed if line.startswith("*")] == [line for line in listed if NAME in line]
    assert "来源未验证" in listed[1]


def test_the_command_tells_in_one_sentence_why_not_and_what_stays(xiangyin, stick):
    done = xiangyin("model", "install", str(stick(b"<html>")))
    assert done.exit_code == 1
    assert "不是完好的 zip" in done.output
    assert "原来的模型照旧使用" in done.output
    assert "Traceback" not in done.output


def test_the_command_warns_where_a_setting_wants_another_model(xiangyin, stick, monkeypatch):
    monkeypatch.setenv("XIANGYIN_SPEECH_MODEL", str(DEMO_MODEL))
    assert "去掉这个设置才会用新装的" in xiangyin("model", "install", str(stick(BODY))).output


def test_the_list_tells_of_a_model_that_is_gone_and_of_what_is_not_whole_yet(xiangyin, tmp_path):
    shelf = furnished(tmp_path)
    shelf.incoming.mkdir()
    (shelf.incoming / "some.part").write_bytes(b"0" * 5000)
    (shelf.folder / "active").write_text("gone\n", encoding="utf-8")
    told = xiangyin("model", "list").output
    assert "找不到语音模型 gone" in told
    assert "没下完的 5.0 kB" in told


def test_the_installed_model_puts_sound_into_words(xiangyin, stick):
    sound = Path(__file__).parents[3] / "examples" / "tangxi" / "calls" / "road.wav"
    xiangyin("model", "install", str(stick(BODY)))
    assert xiangyin("transcribe", str(sound), "--json").output == (
        xiangyin("transcribe", str(sound), "--json", "--model", bundled()).output
    )


def test_two_commands_at_once_in_two_processes_refuse_each_other(xiangyin, stick, tmp_path):
    command = [Path(sys.executable).with_name("xiangyin"), "model", "install", stick(BODY)]
    with Shelf(tmp_path / "data").locked():
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "另一个窗口正在给这个数据目录装模型" in done.stderr


def test_ctrl_c_ends_the_command_in_one_sentence_and_the_next_goes_on(xiangyin, tmp_path):
    with CrookedServer(BODY, stall_after(len(BODY) // 2)) as server:
        command = [Path(sys.executable).with_name("xiangyin"), "model", "install", server.url]
        pipe = subprocess.PIPE
        # what runs the tests in the background may have told its children not to hear Ctrl-C
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, preexec_fn=_hears_ctrl_c) as running:  # noqa: PLW1509 - needs no lock
            assert server.stalled.wait(60)
            wait_until_here(tmp_path / "data" / "models" / ".incoming", len(BODY) // 2)
            running.send_signal(signal.SIGINT)
            _, told = running.communicate(timeout=60)
        done = xiangyin("model", "install", server.url)
    assert (running.returncode, told) == (130, "已停下，原来的模型照旧使用；再运行同一条命令会接着下。\n")
    assert server.ranges == ["", f"bytes={len(BODY) // 2}-"]
    assert done.exit_code == 0


def wait_until_here(folder, size):
    """Until the other process has put so many bytes there."""
    until = time.monotonic() + 60
    while sum(path.stat().st_size for path in folder.glob("*.part")) < size:
        assert time.monotonic() < until
        time.sleep(0.01)


def _hears_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_DFL)
