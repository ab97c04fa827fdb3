"""Bring a large file over a line that breaks: go on where it stopped, never mix two files, never try for ever."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

import httpx
from rich.filesize import decimal

from worker.speech.disk import FreeBytes, free_bytes, require_space
from worker.speech.half_file import HalfFile
from worker.speech.refusal import Refused

_ZIP = b"PK\x03\x04"
_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REST = frozenset({206, 416})
_WHY = {401: "要登录才给", 403: "不给", 404: "没有", 410: "已经没有"}
_LOOK_AT_DISK_EVERY = 16 * 2**20
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "xiangyin"}  # ranges are of the file, not of its compression


class Teller(Protocol):
    """Whom a long job tells how it goes."""

    def say(self, sentence: str) -> None: ...

    def progress(self, what: str, done: int, total: int | None) -> None:
        """So many bytes of so many in all are done; None where nobody knows how many there are."""
        ...


@dataclass(frozen=True)
class Patience:
    """How long a line is put up with, and how much it may bring.

    `stall`: seconds without a byte, or with fewer than `trickle` bytes, after which it counts as broken.
    `tries`: tries in a row that get no further (by `trickle` bytes) than any before them. `most`: tries in all.
    `pauses`: seconds after the first, second … of such tries, the last for all that follow. `largest`: bytes that no
    archive of a model has.
    """

    stall: float = 30.0
    trickle: int = 16 * 1024
    tries: int = 5
    most: int = 200
    pauses: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    largest: int = 6 * 10**9


class _Broken(Exception):
    """A try that ended before the file was whole; the next may get further."""


def shown(url: httpx.URL | str) -> str:
    """An address as it may be printed and kept: without a password or a query, which may hold a key."""
    address = httpx.URL(url)
    path = address.raw_path.partition(b"?")[0]
    return f"{address.scheme}://{(address.netloc + path).decode('ascii')}"


def checked(url: str) -> httpx.URL:
    """An address of the web. Raises Refused."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        address = httpx.URL()
    if address.scheme not in {"http", "https"} or not address.host:
        raise Refused("这个网址写得不对，应当以 http:// 或 https:// 开头，请核对。")
    return address


def download(
    url: str, folder: Path, teller: Teller, *, patience: Patience | None = None, free: FreeBytes = free_bytes
) -> HalfFile:
    """The file behind an address, whole in `folder`; what a broken line left there before is gone on with.

    Raises Refused; what has come so far stays for the next command.
    """
    half = HalfFile(folder, url)
    with _client(patience or Patience()) as client:
        _Download(checked(url), half, teller, patience or Patience(), free, client).run()
    return half


def _client(patience: Patience) -> httpx.Client:
    try:
        return httpx.Client(timeout=patience.stall, headers=_HEADERS)
    except (ImportError, ValueError):
        raise Refused(
            "这台机器的代理设置（HTTP_PROXY、ALL_PROXY）用不了，请改成 http:// 的代理或去掉后再试。"
        ) from None


class _Download:
    def __init__(
        self, url: httpx.URL, half: HalfFile, teller: Teller, patience: Patience, free: FreeBytes, client: httpx.Client
    ) -> None:
        self._url = url
        self._half = half
        self._teller = teller
        self._patience = patience
        self._free = free
        self._client = client
        self._host = url.host

    def run(self) -> None:
        """Try until the file is whole. Raises Refused."""
        furthest, idle, tried = self._half.size, 0, 0
        while not self._half.is_whole:
            why = self._try()
            tried += 1
            further = self._half.size >= furthest + self._patience.trickle
            furthest, idle = (self._half.size, 0) if further else (furthest, idle + 1)
            if why and (idle >= self._patience.tries or tried >= self._patience.most):
                raise Refused(self._given_up(why, tried))
            if why:
                self._wait(why, idle)

    def _try(self) -> str:
        """One try; why it broke off, nothing where the file is whole."""
        try:
            self._take(self._answer())
        except _Broken as trouble:
            return str(trouble)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return f"连不上 {self._host}"
        except httpx.TimeoutException:
            return f"线路停住了，{self._patience.stall:g} 秒没有动静"
        except httpx.TransportError:
            return "线路断了"
        return ""

    def _wait(self, why: str, idle: int) -> None:
        self._teller.say(f"{why}，已有 {decimal(self._half.size)}，再试一次……")
        pauses = self._patience.pauses
        if pauses:
            time.sleep(pauses[min(max(idle, 1), len(pauses)) - 1])

    def _given_up(self, why: str, tried: int) -> str:
        kept = f"已下载的 {decimal(self._half.size)} 留着，" if self._half.size else ""
        return (
            f"试了 {tried} 次没有下载完：{why}。{kept}过一会儿再运行同一条命令；"
            "这台机器上不了网的话，在别处下好 zip，用 U 盘拷来，运行 xiangyin model install 加 zip 的路径。"
        )

    def _answer(self) -> httpx.Response:
        """The server's answer, its body still to come, after as many redirections as are allowed."""
        self._host = self._url.host
        request = self._client.build_request("GET", self._url, headers=self._half.range_wanted())
        for _ in range(_REDIRECTS + 1):
            answer = self._client.send(request, stream=True)
            if answer.next_request is None:
                return answer
            answer.close()
            request = self._onward(answer.request.url, answer.next_request)
        raise Refused("这个下载地址转来转去没有尽头，请换一个地址。")

    def _onward(self, before: httpx.URL, request: httpx.Request) -> httpx.Request:
        after = request.url
        if after.scheme not in {"http", "https"} or (before.scheme, after.scheme) == ("https", "http"):
            raise Refused(f"下载地址转到了不加密的地方（{shown(after)}），没有下载；请换一个地址。")
        if after.host != self._host:
            self._host = after.host
            self._teller.say(f"下载地址转到了另一台主机 {after.host}。")
        return request

    def _take(self, answer: httpx.Response) -> None:
        try:
            blocks = self._blocks(answer)
            require_space(self._half.folder, max(0, (self._half.total or 0) - self._half.size), free=self._free)
            self._keep(blocks)
        finally:
            answer.close()
        self._half.end_here()
        if not self._half.is_whole:
            raise _Broken("线路断了")

    def _blocks(self, answer: httpx.Response) -> Iterator[bytes]:
        """The bytes that go to the end of our half: the rest of it, or all of a file of which nothing is here yet."""
        status = answer.status_code
        if status == httpx.codes.OK:
            return self._from_the_beginning(answer)
        if status in _PASSING:
            raise _Broken(f"对方服务器暂时出错（{status}）")
        if status not in _REST:
            raise Refused(f"{self._host} {_WHY.get(status, '不给')}这个文件（{status}），请核对名字或网址。")
        if not self._half.continues(answer):
            self._half.drop()
            raise _Broken("对方的文件换过了，从头再下")
        return answer.iter_raw()

    def _from_the_beginning(self, answer: httpx.Response) -> Iterator[bytes]:
        """What is here is given up only for what begins as a zip does: not for the page of a hotel's or town's gate."""
        blocks = answer.iter_raw()
        head = b""
        while len(head) < len(_ZIP) and (block := next(blocks, b"")):
            head += block
        if not head.startswith(_ZIP):
            raise Refused("拿到的不是 zip，多半是一张网页：请核对网址，或看看这台机器上网是不是要先登录认证。")
        length = answer.headers.get("Content-Length", "0")
        if int(length) > self._patience.largest:
            raise Refused(f"对方的文件有 {decimal(int(length))}，没有这么大的语音模型，请核对网址。")
        if self._half.size:
            self._teller.say("对方不能接着下，或者文件换过了，从头再下。")
        self._half.begin(answer.headers)
        return chain([head], blocks)

    def _keep(self, blocks: Iterator[bytes]) -> None:
        watch, looked = _Watch(self._patience), self._half.size
        with self._half.open() as file:
            for block in blocks:
                file.write(block)
                self._half.size += len(block)
                self._teller.progress("下载", self._half.size, self._half.total)
                watch.came(len(block))
                if self._half.size - looked > _LOOK_AT_DISK_EVERY:
                    looked = self._half.size
                    self._still_in_bounds()

    def _still_in_bounds(self) -> None:
        require_space(self._half.folder, 0, free=self._free)
        if self._half.size > self._patience.largest:
            raise Refused(f"已经来了 {decimal(self._half.size)} 还没有完，没有这么大的语音模型，请核对网址。")


class _Watch:
    """Notices a line that is not silent but brings next to nothing."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._since = time.monotonic()
        self._bytes = 0

    def came(self, count: int) -> None:
        """Raises _Broken."""
        self._bytes += count
        if time.monotonic() - self._since <= self._patience.stall:
            return
        if self._bytes < self._patience.trickle:
            raise _Broken(f"线路太慢，{self._patience.stall:g} 秒只来了 {decimal(self._bytes)}")
        self._since, self._bytes = time.monotonic(), 0
