"""`archiver feed` and its commands, against sites on loopback."""

from __future__ import annotations

import json

import pytest

from tests.support.articles import article_page
from tests.support.feeds import RSS, feed_site, item, rss
from tests.support.servers import Response, serve

OPML = b"""<opml version="2.0"><body><outline text="Folder">
<outline text="One" xmlUrl="https://one.example/feed" colour="red"/><outline text="Two" xmlUrl="https://two.example/feed"/></outline>
<outline text="Bad" xmlUrl="exec:rm"/></body></opml>"""


@pytest.fixture
def site():
    with feed_site("a", "b") as server:
        yield server


@pytest.fixture
def following(archiver, site):
    assert archiver("feed", "add", site.url()).code == 0
    return archiver


def feeds(archiver):
    return json.loads(archiver("feed", "list", "--json").out)


def test_a_feed_is_followed_by_its_title(archiver, archive, site):
    ran = archiver("feed", "add", site.url(), "--folder", "News/Local", "--since", "2026-01-01", "--backlog", "7")
    assert ran.code == 0
    assert ran.out.rstrip().endswith(site.url())
    assert "following The Quay: 2 entries" in ran.err
    text = (archive / "feeds.opml").read_text()
    for part in ('text="The Quay"', 'text="Local"', 'archiver:since="2026-01-01"', 'archiver:backlog="7"', "htmlUrl="):
        assert part in text
    assert not (archive / "articles").exists()


def test_a_feed_is_followed_once(following, archive, site):
    before = (archive / "feeds.opml").read_bytes()
    ran = following("feed", "add", site.url(), "--title", "Another")
    assert ran.code == 0
    assert "already" in ran.err
    assert (archive / "feeds.opml").read_bytes() == before


def test_a_page_leads_to_its_feed(archiver, site):
    site.routes["/"] = Response(article_page(body='<link rel="alternate" type="application/rss+xml" href="/feed">'))
    assert archiver("feed", "add", site.url("/")).code == 0
    assert [row["url"] for row in feeds(archiver)] == [site.url()]


def test_a_page_with_several_feeds_lists_them(archiver, archive, site):
    links = "".join(f'<link rel="alternate" type="{RSS}" title="F{n}" href="/f{n}">' for n in range(2))
    site.routes["/"] = Response(article_page(body=links))
    ran = archiver("feed", "add", site.url("/"))
    assert ran.code == 2
    assert site.url("/f0") in ran.err
    assert site.url("/f1") in ran.err
    assert not archive.exists()


def test_a_page_with_several_feeds_asks_on_a_terminal(archiver, site, monkeypatch):
    monkeypatch.setattr("archiver.cli.feed_add._may_ask", lambda: True)
    links = "".join(f'<link rel="alternate" type="{RSS}" title="F{n}" href="/f{n}">' for n in range(2))
    site.routes |= {"/": Response(article_page(body=links)), "/f1": Response(rss(title="Second"), content_type=RSS)}
    ran = archiver("feed", "add", site.url("/"), stdin=b"2\n")
    assert ran.code == 0, ran.err
    assert "2. F1: " in ran.err
    assert [row["title"] for row in feeds(archiver)] == ["Second"]


@pytest.mark.parametrize("command", ["add", "check"])
def test_a_page_leads_to_no_private_feed(archiver, site, command):
    with feed_site(address="127.0.0.2") as other:
        link = f'<link rel="alternate" type="{RSS}" href="{other.url()}">'
        site.routes["/"] = Response(article_page(body=link))
        ran = archiver("feed", command, site.url("/"))
        assert other.asked() == []
    assert ran.code == 1
    assert "loopback" in ran.err


def test_a_feed_is_found_where_sites_keep_one(archiver, site):
    site.routes["/"] = Response(article_page())
    assert archiver("feed", "add", site.url("/")).code == 0
    assert [row["url"] for row in feeds(archiver)] == [site.url("/feed")]


def test_a_page_without_a_feed_is_said(archiver, archive, site):
    site.routes["/feed"] = Response(article_page())
    ran = archiver("feed", "add", site.url("/page"))
    assert ran.code == 1
    assert "no feed" in ran.err
    assert not archive.exists()


@pytest.mark.parametrize("rule", ["title", "title=", "colour=red", "title=("])
def test_a_bad_rule_is_refused_before_anything_is_asked(archiver, site, rule):
    assert archiver("feed", "add", site.url(), "--include", rule).code == 2
    assert site.server.requests == []


def test_rules_of_one_field_are_alternatives(archiver, archive, site):
    archiver("feed", "add", site.url(), "--include", "title=a", "--include", "title=b")
    assert 'includeTitle="(?:a)|(?:b)"' in (archive / "feeds.opml").read_text()


def test_a_password_is_not_shown(archiver, site):
    url = site.server.url("/feed", credentials="me:secret")
    ran = archiver("feed", "add", url)
    assert ran.code == 0
    listed = archiver("feed", "list", "--json")
    assert "secret" not in ran.out + ran.err + listed.out
    assert "Authorization" not in listed.out
    assert archiver("sync").code == 0
    assert all(request.header("Authorization") for request in site.server.requests if request.path == "/feed")


def test_a_password_gets_into_nothing_but_the_file_of_feeds(archiver, archive, site):
    archiver("feed", "add", site.server.url("/feed", credentials="me:secret"))
    archiver("sync")
    holders = [path.name for path in archive.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]
    assert holders == ["feeds.opml"]


def test_the_list_tells_how_it_stands(following, site):
    (new,) = feeds(following)
    assert (new["state"], new["title"], new["host"], new["polled_at"]) == ("new", "The Quay", "127.0.0.1", None)
    following("sync")
    (polled,) = feeds(following)
    assert polled["state"] == "followed"
    assert polled["polled_at"]
    assert polled["news_at"]
    assert polled["due_at"] > polled["polled_at"]


def test_what_was_in_the_archive_before_is_no_news(following, site):
    following("fetch", site.url("/a"), site.url("/b"))
    following("sync")
    assert feeds(following)[0]["news_at"] is None


def test_an_empty_list_is_empty(archiver, archive):
    assert archiver("feed", "list", "--json").out == "[]\n"
    assert archiver("feed", "list").out == ""
    assert not archive.exists()


@pytest.mark.parametrize(("form", "first"), [("csv", "id,url,title"), ("ids", ""), ("jsonl", "{"), ("tsv", "")])
def test_the_list_comes_in_every_format(following, form, first):
    ran = following("feed", "list", "--format", form)
    assert ran.code == 0
    assert ran.out.startswith(first)
    assert len(ran.out.splitlines()) == (2 if form == "csv" else 1)


def test_the_table_fits_hostile_titles(following, archive):
    opml = archive / "feeds.opml"
    opml.write_text(opml.read_text().replace("The Quay", "[bold]x[/] &#x9b;31m"))
    ran = following("feed", "list", "--format", "table")
    assert ran.code == 0
    assert "[bold]x[/]" in ran.out
    assert "\x9b" not in ran.out


@pytest.mark.parametrize("name", ["url", "title", "id", "beginning"])
def test_a_feed_has_several_names(following, site, name):
    (row,) = feeds(following)
    names = {"url": site.url(), "title": "the quay", "id": row["id"], "beginning": row["id"][:6]}
    assert following("feed", "pause", names[name]).code == 0
    assert feeds(following)[0]["state"] == "paused"


def test_a_paused_feed_is_not_polled_until_it_is_resumed(following, site):
    following("feed", "pause", site.url())
    site.asked()
    assert following("sync").code == 0
    assert site.server.requests == []
    following("feed", "resume", site.url())
    following("sync")
    assert site.server.requests != []


def test_removing_a_feed_keeps_its_articles(following, archive, site):
    following("sync")
    assert following("feed", "remove", site.url(), "--yes").code == 0
    assert feeds(following) == []
    assert len(list(archive.glob("articles/*/*.json"))) == 2
    assert following("feed", "remove", site.url(), "--yes").code == 4


def test_removing_asks_and_needs_a_terminal_for_that(following, site):
    assert following("feed", "remove", site.url()).code == 2
    assert len(feeds(following)) == 1


def test_feeds_are_imported_with_their_folders(archiver, archive, tmp_path):
    (tmp_path / "x.opml").write_bytes(OPML)
    ran = archiver("feed", "import", tmp_path / "x.opml")
    assert ran.code == 3
    assert "exec:rm" in ran.err
    assert "2 added, 0 followed already, 1 refused" in ran.err
    assert [(row["title"], row["folder"]) for row in feeds(archiver)] == [("One", "Folder"), ("Two", "Folder")]
    assert 'colour="red"' in (archive / "feeds.opml").read_text()


def test_importing_twice_changes_nothing(archiver, archive, tmp_path):
    (tmp_path / "x.opml").write_bytes(OPML)
    archiver("feed", "import", tmp_path / "x.opml")
    before = (archive / "feeds.opml").read_bytes()
    archiver("feed", "import", tmp_path / "x.opml")
    assert (archive / "feeds.opml").read_bytes() == before


def test_what_is_no_opml_is_refused(archiver, archive, tmp_path):
    (tmp_path / "x.opml").write_text("hello")
    ran = archiver("feed", "import", tmp_path / "x.opml")
    assert ran.code == 1
    assert "x.opml: is no OPML" in ran.err
    assert not archive.exists()


def test_what_is_exported_can_be_imported(following, archive, tmp_path):
    assert following("feed", "export", "--output", tmp_path / "out.opml").code == 0
    assert (tmp_path / "out.opml").read_bytes() == (archive / "feeds.opml").read_bytes()
    assert following("feed", "export").out == (tmp_path / "out.opml").read_text()


def test_a_damaged_file_of_feeds_is_named_and_left_alone(following, archive, site):
    opml = archive / "feeds.opml"
    opml.write_text("<opml><body>&</body></opml>")
    for arguments in (["feed", "list"], ["sync"], ["feed", "add", site.url()]):
        ran = following(*arguments)
        assert ran.code == 1
        assert "feeds.opml: is not well-formed" in ran.err
    assert opml.read_text() == "<opml><body>&</body></opml>"


def test_check_explains_a_feed(archiver, archive, site):
    site.items[0] = site.items[0].replace("<item>", "<item>&nbsp;")
    ran = archiver("feed", "check", site.url())
    assert ran.code == 0
    for part in (
        "format         rss",
        "The Quay",
        "not well-formed",
        "known by link",
        "a sync would fetch 2 of 2",
        'ETag           "',
    ):
        assert part in ran.out
    assert not archive.exists()


def test_check_knows_what_was_done(following, site):
    following("sync")
    site.publish("c")
    ran = following("feed", "check", "the quay")
    assert "a sync would fetch 1 of 3" in ran.out
    assert ran.out.count("known     ") == 2


def test_check_says_what_is_no_feed(archiver, site):
    site.routes["/feed"] = site.routes["/page"] = Response(article_page())
    ran = archiver("feed", "check", site.url("/page"))
    assert ran.code == 1
    assert "HTML page" in ran.err


def test_a_title_may_stand_for_one_feed_only(following, site):
    site.routes["/other"] = Response(rss(item("/x")), content_type=RSS)
    following("feed", "add", site.url("/other"))
    ran = following("feed", "pause", "The Quay")
    assert ran.code == 4
    assert "several" in ran.err


def test_bare_feed_shows_its_commands(archiver):
    ran = archiver("feed")
    assert "Commands:" in ran.out + ran.err


def test_a_host_that_asked_to_wait_is_not_asked_for_its_feed(archiver, archive):
    busy = Response(status=503, headers=(("Retry-After", "3600"),))
    with serve({"/busy": busy}) as server:
        archiver("fetch", server.url("/busy"))
        for command in ("add", "check"):
            ran = archiver("feed", command, server.url("/feed"))
            assert (ran.code, "asked to be left alone until" in ran.err) == (1, True), command
        assert server.targets == ["/busy"]


def test_a_feed_that_cannot_be_had_makes_no_archive(archiver, archive):
    with serve({}) as server:
        assert archiver("feed", "add", server.url("/feed")).code == 1
    assert not archive.exists()


def test_tags_for_its_articles_stand_in_the_category(archiver, archive, site):
    assert archiver("feed", "add", site.url(), "--tag", "to read", "--tag", "Harbour", "--tag", "harbour").code == 0
    assert 'category="Harbour,to read"' in (archive / "feeds.opml").read_text()
    assert [row["labels"] for row in feeds(archiver)] == [["Harbour", "to read"]]


def test_what_can_be_no_tag_is_refused_before_anything_is_asked(archiver, archive, site):
    assert archiver("feed", "add", site.url(), "--tag", "a,b").code == 2
    assert not site.asked()
    assert not archive.exists()
