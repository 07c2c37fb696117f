"""A whole life of an archive through the command line: everything that it can hold, and a check after every step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.articles import article_page, paragraphs
from tests.support.feeds import RSS, item, rss, whole_text
from tests.support.servers import Response, Route, Server, redirect, serve
from tests.support.wayback import Archive

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Archiver

MOMENT = "20250304000000"


FOLDERS = {"articles", "versions", "captures", "remarks", "aliases", "sightings"}


def kept_in(root: Path) -> dict[Path, bytes]:
    """All that belongs to articles."""
    names = {path.relative_to(root): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in names.items() if name.parts[0] in FOLDERS}


class Town:
    """A site that a test changes, and what is asked of the archive that follows it."""

    def __init__(self, archiver: Archiver, routes: dict[str, Route], server: Server, copies: Archive, root: Path) -> None:
        self.run, self.routes, self.server, self.copies, self.root = archiver, routes, server, copies, root

    def url(self, path: str) -> str:
        return self.server.url(path)

    def does(self, *arguments: object, code: int = 0, stdin: bytes = b"") -> str:
        """What a command prints; the archive is sound after it."""
        ran = self.run(*arguments, stdin=stdin)
        assert ran.code == code, (arguments, ran)
        assert "Traceback" not in ran.err
        checked = self.run("check", "--deep", "--json")
        found = json.loads(checked.out)["findings"]
        assert not [one for one in found if one["severity"] in ("damage", "stray")], (arguments, found)
        return ran.out

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.does("list", "--json", *arguments))
        return found

    def row(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.does("show", self.url(path), "--format", "json"))
        return found

    def kinds(self, path: str) -> list[str]:
        return [event["kind"] for event in json.loads(self.does("history", self.url(path), "--json"))]


def page(title: str, path: str = "", head: str = "", **parts: str) -> Response:
    canonical = f'<link rel="canonical" href="{path}">' if path else ""
    return Response(article_page(title, **parts).replace("<head>", f"<head>{canonical}{head}"))


def part(number: int, last: int = 2) -> Response:
    links = "".join(f'<a href="/long?page={n}">{n}</a> ' for n in range(1, last + 1))
    following = f'<link rel="next" href="/long?page={number + 1}">' if number < last else ""
    text = "".join(
        f"<p>In part {number}, paragraph {n}, the surveyors of the estuary write about the {n}th shoal that they measured, "
        f"its depth at low water in the year {1800 + 20 * number + n}, and who had run aground on it.</p>"
        for n in range(8)
    )
    html = article_page("The Long Survey").replace("<head>", f"<head>{following}")
    return Response(html.replace(paragraphs(), f"{text}<div class='pagination'>{links}</div>"))


@pytest.fixture
def town(archiver, archive, monkeypatch):
    copies = Archive()
    routes: dict[str, Route] = {
        "/harbour": page("The Harbour", "/harbour"),
        "/amp/harbour": page("The Harbour", "/harbour", publisher="Coast AMP"),
        "/print/harbour": page("The Harbour", "/harbour", publisher="Coast Print"),
        "/old": redirect("/harbour"),
        "/lamp": page("The Lamp", body="<p>Oil, then gas, then current.</p>"),
        "/lamp-again": page("The Lamp", body="<p>Oil, then gas, then current.</p>", publisher="The Inland Review"),
        "/robots.txt": Response("", status=404),
    }

    def long(request):
        return part(2 if "page=2" in request.target else 1)

    routes["/long"] = long
    with copies.running(), serve(routes) as server:
        assert copies.server is not None
        monkeypatch.setenv("ARCHIVER_WAYBACK_URL", copies.url())
        monkeypatch.setenv("ARCHIVER_WAYBACK_AVAILABLE_URL", copies.url("/wayback/available"))
        monkeypatch.setenv("ARCHIVER_PACE_SECONDS", "0.001")
        yield Town(archiver, routes, server, copies, archive)


def fill(town: Town) -> None:
    """Articles that came in every way there is."""
    paths = ("/old", "/amp/harbour", "/lamp", "/lamp-again", "/long", "/harbour", "/print/harbour")
    town.does("fetch", *map(town.url, paths))
    town.routes["/feed"] = Response(
        rss(
            item(town.url("/wall"), title="Behind the Wall", extra=whole_text()),
            item(town.url("/news"), title="The News"),
        ),
        content_type=RSS,
    )
    town.routes["/news"] = page("The News", body="<p>Nobody expected it.</p>", publisher="News")
    town.routes["/wall"] = Response("down", status=503)
    town.does("feed", "add", town.url("/feed"), "--tag", "fed")
    town.does("sync")
    saved = town.root.parent / "saved.html"
    saved.write_text(article_page("The Saved", body="<p>It was kept by hand.</p>"))
    town.does("fetch", str(saved), "--url", town.url("/saved"))
    town.copies.copies[town.url("/gone")] = {MOMENT: page("The Gone", body="<p>It is not there any more.</p>")}
    town.does("fetch", "--wayback", town.url("/gone"))


def test_pages_that_are_one_are_one_however_they_came(town):
    fill(town)
    assert sorted(row["title"] for row in town.rows()) == sorted(
        ["The Harbour", "The Lamp", "The Lamp", "The Long Survey", "Behind the Wall", "The News", "The Saved", "The Gone"]
    )
    assert len(town.row("/long")["capture"]["pages"]) == 1
    assert town.row("/old")["id"] == town.row("/print/harbour")["id"] == town.row("/harbour")["id"]
    assert town.row("/wall")["feed"]["url"] == town.url("/feed")
    town.does("fetch", *map(town.url, ("/old", "/amp/harbour", "/lamp", "/lamp-again", "/long", "/harbour", "/news")))
    assert len(town.rows()) == 8


def test_a_page_changes_goes_comes_back_and_is_copied(town):
    fill(town)
    town.routes["/lamp"] = page("The Lamp", body="<p>Oil, then gas, then nothing at all.</p>")
    town.does("fetch", town.url("/lamp"))
    town.does("diff", town.url("/lamp"), code=0)
    town.routes["/lamp"] = Response("gone", status=410)
    town.does("fetch", town.url("/lamp"), code=1)
    assert town.kinds("/lamp")[-1] == "gone"
    town.routes["/lamp"] = page("The Lamp", body="<p>Oil, then gas, then nothing at all.</p>")
    town.does("fetch", town.url("/lamp"))
    assert town.kinds("/lamp")[-1] == "back"
    town.routes["/lamp"] = Response("gone", status=404)
    town.copies.copies[town.url("/lamp")] = {MOMENT: page("The Lamp", body="<p>Oil, then gas, then current.</p>")}
    town.does("fetch", "--wayback", town.url("/lamp"))
    assert "gone" in town.kinds("/lamp")[-2:]
    assert "nothing at all" in town.row("/lamp")["body"]["text"]
    for command in ("why", "show", "diff", "history"):
        town.does(command, town.url("/lamp"))
    town.does("stats")
    assert town.does("search", "nothing", "--format", "ids").split() == [town.row("/lamp")["id"]]


def test_reparsing_all_of_it_changes_nothing(town):
    fill(town)
    town.does("merge", town.url("/lamp"), town.url("/lamp-again"), "--yes")
    before = {path: path.read_bytes() for path in town.root.glob("articles/*/*")}
    out = town.run("reparse", "--all")
    assert out.code == 0, out
    town.does("list")
    assert {path: path.read_bytes() for path in town.root.glob("articles/*/*")} == before


def test_what_was_merged_stays_merged_and_goes_as_one(town):
    fill(town)
    kept = town.row("/lamp")["id"]
    merged = town.row("/lamp-again")["id"]
    town.does("merge", kept, merged, "--yes")
    town.routes["/lamp"] = page("The Lamp", body="<p>First news.</p>")
    town.routes["/lamp-again"] = page("The Lamp", body="<p>Second news.</p>", publisher="The Inland Review")
    town.does("fetch", town.url("/lamp"), town.url("/lamp-again"), "--jobs", "4")
    town.routes["/lamp-again"] = Response("gone", status=410)
    town.does("fetch", town.url("/lamp-again"), code=1)
    assert town.row("/lamp-again")["id"] == kept
    assert len(town.rows()) == 7
    alike = json.loads(town.does("duplicates", "--json"))
    assert merged not in {one[name] for one in alike for name in ("id", "other")}
    town.does("remove", kept, "--yes")
    for one in (kept, merged):
        left = [p for p in town.root.rglob("*") if p.is_file() and one in p.name]
        left += [p for p in town.root.rglob("*.json") if one in p.read_text("utf-8")]
        assert left == []


def test_all_of_it_goes_to_another_archive(town, tmp_path):
    fill(town)
    town.does("merge", town.url("/lamp"), town.url("/lamp-again"), "--yes")
    town.routes["/news"] = Response("gone", status=404)
    town.does("fetch", town.url("/news"), code=1)
    town.does("tag", town.url("/long"), "sea")
    mark = f'<DT><A HREF="{town.url("/q")}" ADD_DATE="1577836800" TAGS="later">Q</A>'
    town.does("import", "-", "--queue", stdin=f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>{mark}</DL>".encode())
    town.routes["/q"] = page("Queued", body="<p>It waited in the queue.</p>")
    town.does("sync")
    assert town.row("/q")["title"] == "Queued"
    [remarks] = [p for p in town.root.glob("remarks/*/*.json") if town.row("/q")["id"] in p.name]
    assert json.loads(remarks.read_text())["added_at"].startswith("2020-01-01")
    parcel = tmp_path / "parcel.tar"
    town.does("export", "--format", "archive", "--output", parcel)
    town.does("export", "--format", "warc", "--output", tmp_path / "all.warc.gz")

    before = kept_in(town.root)
    other = tmp_path / "other"
    ran = town.run("--archive", other, "import", parcel)
    assert ran.code == 0, ran
    assert kept_in(other) == before
    checked = town.run("--archive", other, "check", "--deep")
    assert checked.code == 0, checked
    town.run("--archive", other, "fetch", tmp_path / "all.warc.gz")
    assert town.run("--archive", other, "check", "--deep").code == 0
    assert {name: (other / name).read_bytes() for name in before if name.parts[0] == "articles"}.items() <= before.items()


def test_the_first_page_alone_does_not_take_the_place_of_all(town, monkeypatch):
    town.does("fetch", town.url("/long"))
    whole = town.row("/long")
    monkeypatch.setenv("ARCHIVER_JOIN_PAGES", "false")
    town.does("fetch", town.url("/long"))
    assert town.row("/long") == whole


def test_damage_of_every_kind_to_all_of_it_is_mended(town):
    fill(town)
    town.does("merge", town.url("/lamp"), town.url("/lamp-again"), "--yes")
    before = {row["id"]: (row["title"], row["url"]) for row in town.rows()}
    kept = {path: path.read_bytes() for path in town.root.glob("articles/*/*")}
    for folder in ("articles", "versions", "aliases"):
        for path in sorted((town.root / folder).rglob("*.json")):
            path.write_bytes(path.read_bytes()[:-40])
        assert town.run("check", "--deep").code == 5
        town.does("check", "--repair", "--yes")
    assert {row["id"]: (row["title"], row["url"]) for row in town.rows()} == before
    assert town.row("/wall")["feed"]["url"] == town.url("/feed")
    assert town.row("/wall")["evidence"]["body"]["from"] == "feed"
    assert town.row("/news")["feed"]["url"] == town.url("/feed")
    assert {path: path.read_bytes() for path in town.root.glob("articles/*/*")} == kept
