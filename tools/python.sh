#!/bin/sh
# Print the newest Python from 3.11 to 3.13 on PATH that can make a virtual environment; install or name what is missing.
# A name on PATH is not enough: version managers leave names that run nothing, so each one is tried.
set -u

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import venv, ensurepip' >/dev/null 2>&1; }
say() { echo "$*" >&2; }

newest=
for name in python3.13 python3.12 python3.11 python3; do
  command -v "$name" >/dev/null 2>&1 && suits "$name" || continue
  makes_venvs "$name" && { echo "$name"; exit 0; }
  [ -n "$newest" ] || newest=$name
done

if [ -z "$newest" ]; then
  say "需要 Python 3.11、3.12 或 3.13。Debian 12 / Ubuntu 24.04 以上自带；其他系统请先安装，例如：apt install python3 python3-venv"
  say "Python 3.11, 3.12 or 3.13 is needed; Debian 12 and Ubuntu 24.04 have one."
  exit 1
fi

version=$("$newest" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say "· 安装 python$version-venv……"
  apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >&2
  makes_venvs "$newest" && { echo "$newest"; exit 0; }
fi
say "$newest 缺少 venv 模块，请安装：apt install python$version-venv（或 python3-venv）"
say "$newest cannot make virtual environments: install python$version-venv (or python3-venv)."
exit 1
