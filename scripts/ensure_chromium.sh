#!/bin/sh
# The browser of the tests: Debian's Chromium, and the libraries that WeasyPrint makes PDF with (the tests
# make some). Installed where they are missing and we may.
set -eu

find_chromium() {
    [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
    command -v chromium >/dev/null 2>&1
}

find_chromium && exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
if command -v apt-get >/dev/null 2>&1 && $as_root true >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    export DEBIAN_FRONTEND=noninteractive
    { $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium fonts-liberation \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; } >/dev/null || true
fi

find_chromium || {
    echo "The browser tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path." >&2
    exit 1
}
