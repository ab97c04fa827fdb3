#!/bin/sh
# Chromium for the browser tests, from the system's packages where that is possible; without it those tests skip and say so.
set -u
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "· 安装 chromium（只有浏览器测试要用）……"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } \
    >/dev/null 2>&1 || echo "chromium 没有装上，浏览器测试会跳过。"
fi
exit 0
