"""Space on the disk, asked for before it is taken: a hotline on a full disk cannot keep what a caller says."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.filesize import decimal

from worker.speech.refusal import Refused

RESERVE = 300 * 10**6
"""Bytes that stay free whatever is installed: recordings are written to the same disk."""

FreeBytes = Callable[[Path], int]

_SAID = {
    errno.ENOSPC: "磁盘满了，请先腾出空间",
    errno.EDQUOT: "磁盘配额用完了，请先腾出空间",
    errno.EIO: "文件读不出来，U 盘或磁盘可能松了或坏了，请换一个再试",
    errno.EACCES: "没有权限，请换成安装乡音的那个用户再试",
    errno.EPERM: "没有权限，请换成安装乡音的那个用户再试",
    errno.EROFS: "这个磁盘是只读的，请换一个数据目录再试",
}


def free_bytes(folder: Path) -> int:
    """What a user without privileges may still write on the disk of a folder."""
    return shutil.disk_usage(folder).free


def require_space(folder: Path, wanted: int, *, free: FreeBytes = free_bytes) -> None:
    """Go on only where `wanted` bytes and the reserve are free on the disk of a folder. Raises Refused."""
    there = free(folder)
    lacking = wanted + RESERVE - there
    if lacking > 0:
        raise Refused(
            f"磁盘空间不够：这一步要 {decimal(wanted)}，另外要给录音留 {decimal(RESERVE)}，现在只剩 {decimal(there)}；"
            f"请再腾出 {decimal(lacking)} 后重来。"
        )


@contextmanager
def trouble_said_plainly() -> Iterator[None]:
    """Whatever the disk or the USB stick refuses becomes a sentence. Raises Refused."""
    try:
        yield
    except OSError as trouble:
        why = _SAID.get(
            trouble.errno or 0, f"读写文件出错（{trouble.strerror or type(trouble).__name__}），请检查磁盘后再试"
        )
        raise Refused(f"{why}。") from trouble
