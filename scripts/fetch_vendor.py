"""Fetch the third-party front-end files that pages load, into static/vendor.

Run by hand when a version changes: edit PACKAGES, run `python scripts/fetch_vendor.py`, look at
the difference, commit. `npm pack` brings the published archive; its sha512 must be the one written
here, so that what we ship is what we once looked at. Nothing is built and nothing is run.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
# A source map that we do not ship would make the manifest storage refuse the file that names it.
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n*]*(\*/)?\n?")


@dataclass(frozen=True)
class Package:
    """One npm package: what we take of it, where to, and the sha512 of its archive (as npm writes it)."""

    name: str
    version: str
    licence: str
    sha512: str
    files: dict[str, str]  # path in the archive -> path under static/vendor


PACKAGES = [
    Package(
        "bootstrap",
        "5.3.9",
        "MIT",
        "20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==",
        {
            "dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
            "LICENSE": "bootstrap/LICENSE",
        },
    ),
    Package(
        "htmx.org",
        "2.0.11",
        "0BSD",
        "Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
        {"dist/htmx.min.js": "htmx/htmx.min.js", "LICENSE": "htmx/LICENSE"},
    ),
    Package(
        "@fontsource-variable/source-sans-3",
        "5.3.0",
        "OFL-1.1",
        "dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
        {
            "files/source-sans-3-latin-wght-normal.woff2": "fonts/source-sans-3-latin.woff2",
            "files/source-sans-3-latin-wght-italic.woff2": "fonts/source-sans-3-latin-italic.woff2",
            "files/source-sans-3-latin-ext-wght-normal.woff2": "fonts/source-sans-3-latin-ext.woff2",
            "LICENSE": "fonts/LICENSE-source-sans-3",
        },
    ),
    Package(
        "@fontsource/hedvig-letters-serif",
        "5.3.0",
        "OFL-1.1",
        "rjKlz3upC//GXpb+IlrwQU4zbz4XBmHydlxYhAp8VQCBPixskrCOuKVR6gS297PMX+k4Dva7BvA2g97IqhK+mQ==",
        {
            "files/hedvig-letters-serif-latin-400-normal.woff2": "fonts/hedvig-serif-latin.woff2",
            "files/hedvig-letters-serif-latin-ext-400-normal.woff2": "fonts/hedvig-serif-latin-ext.woff2",
            "LICENSE": "fonts/LICENSE-hedvig-letters-serif",
        },
    ),
]

README = """\
# Third-party front-end files

Written by `scripts/fetch_vendor.py`; nothing here is edited by hand. The only change made to a file is
that its last `sourceMappingURL` comment is taken out, since we do not ship the map.

| package | version | licence | file | sha256 of the file |
|---|---|---|---|---|
"""


def fetch(package, into):
    """Return the path of the package's archive in `into`; exit if its sha512 is not the one expected."""
    spec = f"{package.name}@{package.version}"
    packed = subprocess.run(
        ["npm", "pack", spec, "--silent", "--pack-destination", str(into)],
        check=True,
        capture_output=True,
        text=True,
    )
    archive = into / packed.stdout.strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        sys.exit(f"{spec}: the archive has sha512 {found}, expected {package.sha512}")
    return archive


def unpack(package, archive):
    """Copy the files we take, and yield a README row for each."""
    with tarfile.open(archive) as tar:
        for source, target in package.files.items():
            data = tar.extractfile(f"package/{source}").read()
            if target.endswith((".css", ".js")):
                data = SOURCE_MAP.sub(b"\n", data)
            path = VENDOR / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            yield f"| {package.name} | {package.version} | {package.licence} | `{target}` | `{digest}` |\n"


def main():
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            rows += unpack(package, fetch(package, Path(folder)))
    (VENDOR / "README.md").write_text(README + "".join(rows))
    print(f"{len(rows)} files in {VENDOR}")


if __name__ == "__main__":
    main()
