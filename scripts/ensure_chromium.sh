#!/bin/sh
# The browser of the tests: Debian's Chromium, and the libraries that WeasyPrint makes PDF with (the tests
# make some). Installed where they are missing and we may.
# With --swedish also Chromium's own words in Swedish, for the guides' pictures: without them dates and file fields
# stand there in English, which is no reason to take none.
set -eu

find_chromium() {
    [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
    command -v chromium >/dev/null 2>&1
}

# install PACKAGE...: fails where there is no apt-get, or we may not.
install() {
    as_root=""
    if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
    command -v apt-get >/dev/null 2>&1 && $as_root true >/dev/null 2>&1 || return 1
    export DEBIAN_FRONTEND=noninteractive
    { $as_root apt-get update -qq && $as_root apt-get install -y -qq "$@"; } >/dev/null
}

find_chromium || {
    echo "Installing Chromium for the browser tests ..."
    install chromium fonts-liberation libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || true
}

find_chromium || {
    echo "The browser tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path." >&2
    exit 1
}

# A Chromium from elsewhere brings its own languages.
if [ "${1:-}" = --swedish ] && [ -z "${CHROMIUM:-}" ] && [ ! -e /usr/lib/chromium/locales/sv.pak ]; then
    install chromium-l10n || echo "Without chromium-l10n (Debian) the pictures show dates in English." >&2
fi
