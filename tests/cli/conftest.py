"""Running the command line in this process, as `archiver …` would run."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from archiver.cli.main import main
from tests.support.articles import LISTING_PAGE, article_page
from tests.support.servers import Response, Server, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code, what it printed, and what it said."""

    code: int
    out: str
    err: str


Archiver = Callable[..., Ran]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def archiver(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Archiver:
    """archiver("list", "--json") runs the program on this test's archive; `stdin` is what it reads."""
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text("")
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "ARCHIVER_HOME"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--archive", str(archive), *map(str, arguments)])
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def site() -> Iterator[Server]:
    """A small site: two articles, a listing, a document that is no page."""
    routes = {
        "/harbour": Response(article_page()),
        "/lighthouse": Response(article_page("The Lighthouse Keepers' Strike", author="Jo Smith", published="2025-12-01")),
        "/front": Response(LISTING_PAGE),
        "/report.pdf": Response(b"%PDF-1.7 ...", content_type="application/pdf"),
        "/empty": Response(""),
        "/broken": Response("oops", status=500),
    }
    with serve(routes) as server:
        yield server


@pytest.fixture
def filled(archiver: Archiver, site: Server) -> Archiver:
    """`archiver`, on an archive that holds both articles of `site`."""
    ran = archiver("fetch", site.url("/harbour"), site.url("/lighthouse"))
    assert ran.code == 0, ran.err
    return archiver
