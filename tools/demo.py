"""Sets up the environment, archives a page and reads it back: `python3 tools/demo.py [URL]`.

Without a URL, a sample page that comes with the project is served on loopback and fetched over real HTTP. The archive is
the folder `demo-archive`; give ARCHIVER_HOME to use another.
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from environment import ROOT, prepare, program

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = ROOT / "tests" / "fixtures" / "pages" / "founding-plain" / "page.html"
SAMPLE_PATH = "news/2017/03/18/review-finds-targeting-glutamate-to-treat-depression-holds-promise.html"


def main() -> int:
    """The exit code of `archiver fetch`."""
    archive = os.environ.get("ARCHIVER_HOME") or str(ROOT / "demo-archive")
    prepare()
    if len(sys.argv) > 1:
        return show(archive, sys.argv[1])
    with sample_site() as url:
        return show(archive, url)


def show(archive: str, url: str) -> int:
    """Archives `url`, lists the archive and shows the article."""
    code = run(archive, "fetch", url)
    if code:
        return code
    run(archive, "list")
    run(archive, "show", url)
    print(f"\nThe archive is in {archive}. Go on with: {program('archiver')} --help")
    return 0


def run(archive: str, *arguments: str) -> int:
    """Runs archiver as a person would, after printing the command."""
    print(f"\n$ archiver {' '.join(arguments)}", flush=True)
    environment = os.environ | {"ARCHIVER_HOME": archive, "PAGER": "cat"}
    return subprocess.run([program("archiver"), *arguments], env=environment, check=False).returncode


@contextmanager
def sample_site() -> Iterator[str]:
    """Serves the sample page on loopback; gives its URL."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, SAMPLE_PATH)
        page.parent.mkdir(parents=True)
        page.write_bytes(SAMPLE.read_bytes())
        site = functools.partial(QuietSite, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), site) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/{SAMPLE_PATH}"
            server.shutdown()


class QuietSite(http.server.SimpleHTTPRequestHandler):
    """A file server that prints nothing."""

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


if __name__ == "__main__":
    sys.exit(main())
