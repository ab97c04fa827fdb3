"""An address that leads elsewhere or nowhere, and a disk that is too small: said plainly, the old model is used."""

import hashlib

import httpx
import pytest

from tests.crooked_server import (
    CrookedServer,
    answer,
    claiming,
    cut_after,
    page,
    redirect_to,
    without_length,
)
from tests.installing import bring, kept, refused
from tests.model_zip import working
from worker.speech.disk import RESERVE
from worker.speech.downloading import Patience, _Download
from worker.speech.half_file import HalfFile
from worker.speech.refusal import Refused

BODY = working()
HALF = len(BODY) // 2
ENDLESS = b"PK\x03\x04" + b"\0" * 40 * 2**20
PLENTY = 10**12


def digest(body):
    return hashlib.sha256(body).hexdigest()


def test_a_file_that_nobody_has_is_refused_at_once(shelf, listener):
    with CrookedServer(BODY, answer(404)) as server:
        refused(shelf, server.url, listener, "没有这个文件（404）")
    assert len(server.asked) == 1


def test_a_page_instead_of_a_zip_is_told_as_such_and_costs_nothing_that_had_come(shelf, listener):
    with CrookedServer(BODY, cut_after(HALF), page()) as server:
        refused(shelf, server.url, listener, "多半是一张网页")
    assert kept(shelf) == HALF


def test_a_machine_that_reaches_nobody_is_told_of_the_usb_stick(shelf, listener):
    with CrookedServer(BODY) as server:
        address = server.url
    refused(shelf, address, listener, "连不上 127.0.0.1.*U 盘")


def test_an_address_that_leads_to_another_host_is_followed_and_told(shelf, listener):
    with CrookedServer(BODY, host="localhost") as far, CrookedServer(BODY, redirect_to(far.url)) as near:
        done = bring(shelf, near.url, listener)
    assert done.receipt.sha256 == digest(BODY)
    assert listener.heard("另一台主机 localhost")


def test_an_address_that_leads_round_and_round_is_refused(shelf, listener):
    with CrookedServer(BODY, *[redirect_to("/model.zip")] * 20) as server:
        refused(shelf, server.url, listener, "没有尽头")
    assert len(server.asked) == 6


def test_an_address_that_leads_to_a_file_of_this_machine_is_refused(shelf, listener):
    with CrookedServer(BODY, redirect_to("file:///etc/hostname")) as server:
        refused(shelf, server.url, listener, "不加密的地方")


@pytest.mark.parametrize("onward", ["http://far.example/model.zip", "ftp://far.example/model.zip"])
def test_an_address_that_leads_from_a_safe_line_to_an_open_one_is_refused(tmp_path, listener, onward):
    url = httpx.URL("https://near.example/model.zip")
    with httpx.Client() as client:
        download = _Download(url, HalfFile(tmp_path, str(url)), listener, Patience(), lambda _: PLENTY, client)
        with pytest.raises(Refused, match="不加密的地方"):
            download._onward(url, httpx.Request("GET", onward))


def test_a_password_in_an_address_is_used_but_neither_told_nor_kept(shelf, listener):
    with CrookedServer(BODY) as server:
        address = server.url.replace("//", "//clerk:hush@") + "?key=hush"
        done = bring(shelf, address, listener)
    assert server.asked[0]["Authorization"].startswith("Basic ")
    assert "hush" not in f"{listener.said}{done.receipt}"
    assert done.receipt.source == server.url


@pytest.mark.parametrize("address", ["ftp://example/model.zip", "file:///etc/hostname", "http://", "http://a:b/x"])
def test_what_is_no_address_of_the_web_is_refused(shelf, listener, address):
    refused(shelf, address, listener, "网址写得不对")


def test_a_proxy_that_cannot_be_used_is_named(shelf, listener, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    refused(shelf, "http://127.0.0.1:9/model.zip", listener, "代理")


def test_a_file_larger_than_any_model_is_not_begun(shelf, listener):
    with CrookedServer(BODY, claiming(Patience().largest + 1)) as server:
        refused(shelf, server.url, listener, "没有这么大的语音模型", free=lambda _: PLENTY)
    assert not kept(shelf)


def test_a_file_of_unknown_length_that_does_not_end_is_given_up(shelf, listener):
    patience = Patience(largest=17 * 2**20)
    with CrookedServer(ENDLESS, without_length()) as server:
        refused(shelf, server.url, listener, "没有这么大的语音模型", patience=patience, free=lambda _: PLENTY)


def test_a_disk_with_too_little_room_is_told_before_the_download(shelf, listener):
    with CrookedServer(BODY) as server:
        refused(shelf, server.url, listener, "磁盘空间不够.*再腾出", free=lambda _: RESERVE + len(BODY) - 1)
    assert not kept(shelf)


def test_a_disk_that_fills_while_a_file_of_unknown_length_comes_is_not_filled_to_the_brim(shelf, listener):
    left = iter([PLENTY, RESERVE - 1])
    with CrookedServer(ENDLESS, without_length()) as server:
        refused(shelf, server.url, listener, "磁盘空间不够", free=lambda _: next(left))
    assert 16 * 2**20 < kept(shelf) < 18 * 2**20


def test_a_disk_too_full_to_unpack_keeps_the_zip_for_the_next_command(shelf, listener):
    left = iter([PLENTY, RESERVE])
    with CrookedServer(BODY) as server:
        refused(shelf, server.url, listener, "磁盘空间不够", free=lambda _: next(left))
        assert kept(shelf) == len(BODY)
        bring(shelf, server.url, listener)
    assert len(server.asked) == 1
