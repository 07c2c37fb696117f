"""`archiver export --format warc`, and that file fetched into an empty archive: the same articles."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from tests.cli.test_fetch import records
from tests.support.articles import article_page
from tests.support.servers import Response, redirect, serve
from tests.support.wayback import Archive
from tests.tasks.reaching.test_reach import numbers, part

HERE = ("warc", "warc_bytes", "warc_sha256", "offset")
"""Of a record's `capture`, where it stands in an archive."""


def told(archive) -> dict[str, dict[str, Any]]:
    """The records of an archive and their versions, without what says where their captures stand."""
    found = {}
    for path in sorted([*records(archive), *archive.glob("versions/*/*.json")]):
        record = json.loads(path.read_text())
        record["capture"] = {name: value for name, value in record["capture"].items() if name not in HERE}
        for page in record["capture"].get("pages", ()):
            del page["offset"]
        found[f"{path.parent.parent.name}/{path.name}"] = record
    return found


@pytest.fixture
def copies():
    held = Archive()
    with held.running():
        yield held


@pytest.fixture
def wayback(tmp_path, copies):
    """What to write into the settings so that `copies` is asked."""
    return f'wayback_url = "{copies.url("")}"\nwayback_available_url = "{copies.url("/wayback/available")}"\n'


@pytest.fixture
def routes():
    canonical = '<link rel="canonical" href="/whole">'
    whole = article_page("The Lighthouse Keepers' Strike")
    return {
        "/long": part(1, links=numbers("/long", 2, 3)),
        "/long?page=2": part(2, links=numbers("/long", 1, 3)),
        "/long?page=3": part(3, links=numbers("/long", 1, 2)),
        "/torn": part(4, title="The Breakwater That Was Not", links=numbers("/torn", 2)),
        "/whole": Response(whole),
        "/whole/amp": Response(whole.replace("<html", "<html amp").replace("</head>", f"{canonical}</head>")),
        "/hop": Response('<meta http-equiv="refresh" content="0; url=/ferry"><p>Moved'),
        "/ferry": Response(article_page("The Ferry That Never Sailed")),
        "/moved": redirect("/tide"),
        "/tide": Response(article_page("The Tide Runs Stronger at Night")),
        "/twin": Response(article_page("The Tide Runs Stronger at Night")),
    }


def test_every_way_of_reaching_an_article_comes_back(archiver, archive, tmp_path, copies, wayback, routes):
    (tmp_path / "config.toml").write_text(wayback)
    gone = "http://gone.invalid/2009/story"
    copies.copies[gone] = {"20160304101500": Response(article_page("Oak Piles, Seen at Low Water"))}
    with serve(routes) as site:
        asked = [site.url(path) for path in ("/long", "/torn", "/whole/amp", "/hop", "/moved", "/twin")]
        assert archiver("fetch", *asked).code == 0
    assert archiver("fetch", "--wayback", gone).code == 0
    saved = tmp_path / "saved.html"
    for moment, said in ((1_500_000_000, "harbour"), (1_600_000_000, "basin")):
        saved.write_text(article_page("The Keeper of the Locks").replace("harbour", said))
        os.utime(saved, (moment, moment))
        assert archiver("fetch", saved, "--url", "https://example.org/locks").code == 0
    before = told(archive)
    assert len(before) == 9, "eight articles, one of them with a version"
    file = tmp_path / "all.warc.gz"
    assert archiver("export", "--format", "warc", "--output", file).code == 0

    archive.rename(tmp_path / "first")
    ran = archiver("fetch", file)
    assert ran.code == 0, ran.err
    after = told(archive)
    assert after == before
    again = archiver("fetch", file)
    assert again.err.splitlines()[-1] == "9 unchanged"
    assert told(archive) == before
