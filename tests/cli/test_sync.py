"""`archiver sync`, against sites on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archiver.store.hosts import Hosts
from tests.support.articles import article_page, paragraphs
from tests.support.feeds import RSS, feed_site, item, rss, whole_text
from tests.support.servers import Response, redirect, serve, serve_raw
from tests.support.wayback import Archive

OVERDUE = "2020-01-01T00:00:00Z"
WALL = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setenv("ARCHIVER_PACE_SECONDS", "0.001")


@pytest.fixture
def site():
    with feed_site("a", "b", "c") as server:
        yield server


@pytest.fixture
def following(archiver, site):
    """`archiver`, following the feed of `site`."""
    ran = archiver("feed", "add", site.url())
    assert ran.code == 0, ran.err
    site.asked()
    return archiver


def records(archive):
    return {json.loads(path.read_text(encoding="utf-8"))["title"]: path for path in archive.glob("articles/*/*.json")}


def record(archive, title):
    return json.loads(records(archive)[title].read_text(encoding="utf-8"))


def change_state(archive, sql, name="feeds.sqlite3"):
    """Turns the clock, in effect."""
    db = sqlite3.connect(archive / name)
    with db:
        db.execute(sql)
    db.close()


def make_due(archive):
    change_state(archive, f"UPDATE feeds SET due_at = '{OVERDUE}'")
    change_state(archive, f"UPDATE entries SET due_at = '{OVERDUE}' WHERE due_at IS NOT NULL")
    change_state(archive, "UPDATE hosts SET not_before = 0", "hosts.sqlite3")


def summary(ran):
    return json.loads(ran.out.splitlines()[-1])


def test_what_is_new_is_archived_in_silence(following, archive, site):
    ran = following("sync")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert sorted(records(archive)) == ["Story a", "Story b", "Story c"]


def test_the_record_names_the_feed_and_its_entry(following, archive, site):
    following("sync")
    assert record(archive, "Story a")["feed"] == {"url": site.url(), "entry_id": "id-a", "title": "Story a"}


def test_the_articles_of_a_feed_are_the_same_as_those_of_fetch(following, archive, site, tmp_path):
    following("sync")
    synced = record(archive, "Story b")
    following("fetch", site.url("/b"))
    assert record(archive, "Story b") == synced


def test_a_sites_own_rules_count(following, archive, site, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.toml").write_text('hosts = ["127.0.0.1"]\n[fields]\ntitle = "h1.ours"\n')
    site.routes["/a"] = Response(article_page(body='<h1 class="ours">By rule</h1>'))
    following("sync")
    assert "By rule" in records(archive)


def test_what_the_feed_says_counts_where_the_page_is_silent(following, archive, site):
    said = "<author>Jo Smith</author><category>Tides</category>"
    site.items[:] = [item("/q", title="Quiet", guid="q", published="Tue, 10 Mar 2026 10:00:00 GMT", extra=said)]
    page = article_page("Quiet", author="", published="")
    site.routes["/q"] = Response(page.replace('<p class="byline">By </p>', "").replace('<time datetime=""></time>', ""))
    following("sync")
    kept = record(archive, "Quiet")
    assert kept["authors"][0]["name"] == "Jo Smith"
    assert kept["dates"]["published"].startswith("2026-03-10")
    assert kept["evidence"]["authors"]["from"] == "feed"


def test_a_second_run_right_after_asks_nothing(following, site):
    following("sync")
    site.asked()
    assert following("sync").code == 0
    assert site.server.requests == []


def test_an_unchanged_feed_costs_one_conditional_request(following, archive, site):
    following("sync")
    site.asked()
    make_due(archive)
    assert summary(following("sync", "--summary", "json"))["feeds_unchanged"] == 1
    assert [request.header("If-None-Match") is not None for request in site.server.requests] == [True]


def test_only_new_entries_are_fetched(following, archive, site):
    following("sync")
    site.asked()
    site.publish("d")
    make_due(archive)
    following("sync")
    assert site.asked() == ["/d"]


def test_a_named_feed_is_polled_though_it_is_not_due(following, archive, site):
    following("sync")
    site.publish("d")
    assert following("sync", "the quay").code == 0
    assert "Story d" in records(archive)


def test_a_feed_that_is_not_followed_is_said(following):
    assert following("sync", "https://elsewhere.example/feed").code == 4


def test_with_nothing_to_follow_there_is_nothing_to_do(archiver, archive):
    ran = archiver("sync")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert not archive.exists()


def test_what_is_in_the_archive_is_not_fetched_again(following, archive, site):
    following("fetch", site.url("/b"))
    site.asked()
    following("sync")
    assert site.asked() == ["/a", "/c"]


def test_losing_the_state_loses_no_article_and_fetches_none_again(following, archive, site):
    following("sync")
    site.asked()
    for path in archive.glob("feeds.sqlite3*"):
        path.unlink()
    assert following("sync").code == 0
    assert site.asked() == []
    assert len(records(archive)) == 3


def test_entries_that_vanish_from_the_feed_stay_in_the_archive(following, archive, site):
    following("sync")
    site.items.clear()
    make_due(archive)
    assert following("sync").code == 0
    assert len(records(archive)) == 3


def test_a_page_that_fails_is_one_line_and_is_tried_again(following, archive, site):
    site.routes["/b"] = Response("oops", status=500)
    ran = following("sync")
    assert ran.code == 3
    assert [line for line in ran.err.splitlines() if "/b" in line] == ran.err.splitlines()
    assert sorted(records(archive)) == ["Story a", "Story c"]
    del site.routes["/b"]
    site.asked()
    assert following("sync").code == 0
    assert site.asked() == []  # not yet
    make_due(archive)
    following("sync")
    assert "Story b" in records(archive)


def test_a_failed_page_is_given_up_at_last(following, archive, site):
    site.routes["/b"] = Response("gone", status=404)
    codes = []
    for _ in range(8):
        codes.append(following("sync").code)
        make_due(archive)
    assert codes[0] == 3
    assert codes[-1] == 0


def test_an_entrys_page_that_is_gone_is_had_from_its_copy_where_the_settings_say_so(following, archive, site, monkeypatch):
    site.items[:] = [item("/b", title="Story b", guid="b", published="Tue, 10 Mar 2015 10:00:00 GMT")]
    site.routes["/b"] = Response("gone", status=410)
    copies = Archive()
    copies.copies[site.url("/b")] = {"20150311000000": Response(article_page("Story b")), "20200101000000": Response("x")}
    with copies.running():
        monkeypatch.setenv("ARCHIVER_WAYBACK", "true")
        monkeypatch.setenv("ARCHIVER_WAYBACK_URL", copies.url())
        monkeypatch.setenv("ARCHIVER_WAYBACK_AVAILABLE_URL", copies.url("/wayback/available"))
        ran = following("sync")
    assert (ran.code, ran.err) == (0, "")
    assert record(archive, "Story b")["capture"]["snapshot"]["taken_at"] == "2015-03-11T00:00:00Z"


def test_an_entrys_further_pages_are_joined(following, archive, site):
    text = "<p>" + "The second wall stood on piles of oak, and still does. " * 9 + "</p>"
    first = Response(article_page("Story b", body='<a href="/b?page=2">2</a>'))
    second = Response(article_page("Story b").replace(paragraphs(), text))
    site.routes["/b"] = lambda request: second if request.target.endswith("=2") else first
    following("sync")
    assert "piles of oak" in record(archive, "Story b")["body"]["text"]


def test_the_text_of_the_feed_is_kept_when_the_page_fails(following, archive, site):
    site.items[:] = [item("/w", title="Whole", guid="w", published="Tue, 10 Mar 2026 10:00:00 GMT", extra=whole_text())]
    site.routes["/w"] = Response("oops", status=503)
    ran = following("sync")
    assert (ran.code, ran.err) == (0, "")
    kept = record(archive, "Whole")
    assert kept["verdict"] == "article"
    assert "oak piles" in kept["body"]["text"]
    assert kept["evidence"]["body"]["from"] == "feed"
    assert "could not be had" in kept["warnings"][-1]
    assert kept["dates"]["published"][:10] == "2026-03-10"
    assert kept["url"] == site.url("/w")
    assert kept["capture"]["status"] is None


def test_the_page_takes_the_place_of_the_feeds_text_when_it_can_be_had(following, archive, site):
    site.items[:] = [item("/w", title="Whole", guid="w", extra=whole_text())]
    site.routes["/w"] = Response("oops", status=503)
    following("sync")
    site.routes["/w"] = Response(article_page("Whole", body="<p>Only the page says this much about the harbour.</p>"))
    make_due(archive)
    assert summary(following("sync", "--summary", "json"))["updated"] == 1
    kept = record(archive, "Whole")
    assert "Only the page" in kept["body"]["text"]
    assert kept["capture"]["status"] == 200
    assert not [warning for warning in kept["warnings"] if "feed" in warning]
    assert len(list(archive.glob("versions/*/*.json"))) == 1


def test_that_the_page_came_in_place_of_the_feeds_text_is_told_as_no_edit(following, archive, site):
    site.items[:] = [item("/w", title="Whole", guid="w", extra=whole_text())]
    site.routes["/w"] = Response("oops", status=503)
    following("sync")
    site.routes["/w"] = Response(article_page("Whole", body="<p>Only the page says this much about the harbour.</p>"))
    make_due(archive)
    following("sync")
    event = json.loads(following("history", site.url("/w"), "--json").out)[-1]
    assert (event["note"], event["silent"]) == ("the page, in the place of the feed's own text", False)


def test_a_page_that_is_gone_when_it_is_fetched_again_is_noted(following, archive, site):
    def atom(updated):
        entry = f'<entry><title>A</title><id>a</id><link href="/a"/><updated>{updated}</updated></entry>'
        return Response(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')

    site.routes["/feed"] = atom("2026-03-01T10:00:00Z")
    following("sync")
    site.routes["/feed"] = atom("2026-03-02T10:00:00Z")
    site.routes["/a"] = Response("gone", status=410)
    change_state(archive, f"UPDATE entries SET tried_at = '{OVERDUE}'")
    make_due(archive)
    following("sync")
    (row,) = json.loads(following("list", "--json").out)
    assert row["gone_since"]


def test_an_excerpt_is_not_taken_for_the_text(following, archive, site):
    excerpt = f"<description>{'word ' * 300}… Read more</description>"
    site.items[:] = [item("/x", title="Excerpt", guid="x", extra=excerpt)]
    site.routes["/x"] = Response("oops", status=503)
    assert following("sync").code == 3
    assert records(archive) == {}


def test_a_wall_is_a_failure_and_the_feeds_text_stands_in(following, archive, site):
    site.items[:] = [item("/w", title="Whole", guid="w", extra=whole_text()), item("/v", title="Bare", guid="v")]
    site.routes["/w"] = site.routes["/v"] = Response(WALL)
    ran = following("sync")
    assert ran.code == 3
    assert "/v: fetched, but it is no article: challenge" in ran.err
    assert record(archive, "Whole")["evidence"]["body"]["from"] == "feed"


def test_a_paywall_is_kept_in_silence_and_tried_again(following, archive, site):
    marks = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    site.routes["/b"] = Response(
        f"<html><head><title>Story b</title>{marks}</head><body><article><h1>Story b</h1><p>The first lines.</p></article>"
    )
    ran = following("sync")
    assert (ran.code, ran.err) == (0, "")
    assert record(archive, "Story b")["verdict"] == "paywalled"
    del site.routes["/b"]
    make_due(archive)
    assert following("sync").code == 0
    assert record(archive, "Story b")["verdict"] == "article"


def test_a_link_to_a_recording_is_passed_over_in_silence(following, archive, site):
    site.routes["/b"] = Response(b"ID3....", content_type="audio/mpeg")
    ran = following("sync", "--summary", "json")
    assert ran.code == 0
    assert (summary(ran)["skipped"], ran.err) == (1, "")


def test_a_link_to_the_own_network_is_not_followed(following, site):
    with feed_site(address="127.0.0.2") as other:
        site.items[:] = [item(other.url("/secret"), guid="1"), item("javascript:alert(1)", guid="2")]
        ran = following("sync", "-v")
        assert other.asked() == []
    assert ran.code == 0
    assert "loopback" in ran.err
    assert "no link" in ran.err


def test_a_feed_that_fails_is_one_line_and_left_alone_for_longer(following, archive, site):
    site.routes["/feed"] = Response("oops", status=500)
    ran = following("sync")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    site.asked()
    assert following("sync").code == 0
    assert site.server.requests == []
    row = json.loads(following("feed", "list", "--json").out)[0]
    assert (row["state"], row["failures"]) == ("failing", 1)
    assert "500" in row["note"]


def test_retry_after_is_heeded(following, archive, site):
    site.routes["/feed"] = Response(status=503, headers=(("Retry-After", "36000"),))
    following("sync")
    due = json.loads(following("feed", "list", "--json").out)[0]["due_at"]
    assert due > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 8 * 3600))


@pytest.mark.parametrize(
    "answer", [Response("<!doctype html><p>Log in"), Response(""), Response('{"a": 1}'), Response("<rss", content_type=RSS)]
)
def test_a_feed_that_turns_into_something_else_keeps_what_was(following, archive, site, answer):
    following("sync")
    site.routes["/feed"] = answer
    make_due(archive)
    assert following("sync").code == 1
    assert len(records(archive)) == 3
    del site.routes["/feed"]
    site.publish("d")
    site.asked()
    make_due(archive)
    following("sync")
    assert site.asked() == ["/d"]


def test_a_feed_that_is_gone_is_paused_with_a_note(following, archive, site):
    site.routes["/feed"] = Response(status=410)
    assert following("sync").code == 1
    row = json.loads(following("feed", "list", "--json").out)[0]
    assert row["state"] == "paused"
    assert "410 Gone" in row["note"]
    site.asked()
    make_due(archive)
    assert following("sync").code == 0
    assert site.server.requests == []


def test_a_move_for_good_is_believed_when_it_was_said_three_times(following, archive, site):
    site.routes["/feed"] = redirect("/new", 301)
    site.routes["/new"] = lambda _: Response(rss(*site.items), content_type=RSS)
    for turn in range(3):
        assert site.url() in (archive / "feeds.opml").read_text(), turn
        following("sync")
        make_due(archive)
    assert site.url("/new") in (archive / "feeds.opml").read_text()
    site.asked()
    following("sync")
    assert site.asked() == ["/new"]
    assert len(records(archive)) == 3


def test_a_passing_move_changes_nothing(following, archive, site):
    site.routes["/feed"] = redirect("/new", 302)
    site.routes["/new"] = lambda _: Response(rss(*site.items), content_type=RSS)
    for _ in range(4):
        following("sync")
        make_due(archive)
    assert site.url() in (archive / "feeds.opml").read_text()


def test_most_articles_end_a_run_and_the_next_goes_on(following, archive, site):
    ran = following("sync", "--max-articles", "2", "--summary", "json")
    assert (ran.code, summary(ran)["new"], summary(ran)["waiting"]) == (0, 2, 1)
    assert summary(following("sync", "--summary", "json"))["new"] == 1


def test_validators_count_only_when_every_entry_is_safe(following, archive, site):
    following("sync", "--max-articles", "2")
    make_due(archive)
    site.asked()
    following("sync", "--max-articles", "1")
    make_due(archive)
    following("sync")
    conditional = [request.header("If-None-Match") for request in site.server.requests if request.path == "/feed"]
    assert conditional[0] is None
    assert conditional[1] is not None


def test_no_feed_is_starved(following, archive, site):
    with feed_site("x", "y") as other:
        following("feed", "add", other.url())
        site.publish(*"defghij")
        following("sync", "--max-articles", "4")
        titles = sorted(records(archive))
    assert [title[-1] in "xy" for title in titles] == [False, False, True, True]


def test_most_time_ends_a_run_cleanly(following, archive, site):
    def hang(connection):
        connection.read_request()
        connection.wait()

    with serve_raw(hang, address="127.0.0.3") as hanging:
        opml = archive / "feeds.opml"
        opml.write_text(opml.read_text().replace("</body>", f'<outline text="H" xmlUrl="{hanging.url("/f")}"/></body>'))
        began = time.monotonic()
        ran = following("sync", "--max-time", "2s", "--summary", "json")
        assert time.monotonic() - began < 15
    assert ran.code == 0
    assert summary(ran)["ended_early"]
    assert len(records(archive)) == 3


def test_a_host_that_hangs_keeps_nobody_waiting(following, archive, site):
    """Its second feed is not waited for as long again, and others are done meanwhile."""

    def hang(connection):
        connection.read_request()
        connection.wait()

    with serve_raw(hang, address="127.0.0.3") as hanging:
        outlines = "".join(f'<outline text="H{n}" xmlUrl="{hanging.url(f"/{n}")}"/>' for n in range(20))
        opml = archive / "feeds.opml"
        opml.write_text(opml.read_text().replace("</body>", f"{outlines}</body>"))
        ran = following("sync", "--timeout", "0.5", "--summary", "json")
        assert len(hanging.requests) == 2
    assert ran.code == 3
    assert summary(ran)["feeds_failed"] == 2
    assert len(records(archive)) == 3


def test_a_host_that_asks_to_wait_is_asked_nothing_more(following, archive, site):
    site.routes |= {f"/{name}": Response(status=429) for name in "abc"}
    ran = following("sync", "--summary", "json")
    assert (ran.code, summary(ran)["failed"], summary(ran)["waiting"]) == (3, 1, 2)
    assert len(site.asked()) == 1


def test_a_host_that_asked_to_wait_is_left_alone_by_the_next_run_and_by_fetch(following, archive, site):
    busy = Response(status=429, headers=(("Retry-After", "3600"),))
    site.routes |= {f"/{name}": busy for name in "abc"}
    following("sync")
    site.asked()
    change_state(archive, f"UPDATE feeds SET due_at = '{OVERDUE}'")
    ran = following("sync", "--summary", "json")
    assert (ran.code, ran.err, summary(ran)["feeds"], summary(ran)["waiting"]) == (0, "", 0, 2)
    assert "left for the next run" in following("sync", "-v").err
    assert following("fetch", site.url("/b")).code == 1
    assert site.asked() == []
    make_due(archive)
    site.routes.clear()
    following("sync")
    assert len(records(archive)) == 3


def test_a_feed_that_is_named_and_may_not_be_asked_for_is_told_of(following, archive, site):
    following("fetch", site.url("/a"))
    site.routes["/slow"] = Response(status=503, headers=(("Retry-After", "3600"),))
    following("fetch", site.url("/slow"))
    site.asked()
    ran = following("sync", site.url())
    assert ran.code == 1
    [line] = ran.err.splitlines()
    assert site.url() in line
    assert "asked to be left alone until" in line
    assert site.asked() == []


def test_a_redirect_to_a_host_that_asked_to_wait_costs_that_entry_alone(following, archive, site):
    with serve({}, address="127.0.0.2") as busy:
        site.routes["/a"] = redirect(busy.url("/a"))
        with contextlib.closing(Hosts(archive)) as hosts:
            hosts.refused("127.0.0.2", time.time(), lambda _: 3600.0)
        assert summary(following("sync", "--summary", "json"))["waiting"] == 1
        assert busy.requests == []
    assert sorted(records(archive)) == ["Story b", "Story c"]


def test_what_robots_txt_asks_not_to_fetch_is_passed_over_and_told_of_once(following, archive, site):
    site.routes["/robots.txt"] = Response("User-agent: *\nDisallow: /a\nDisallow: /b\nDisallow: /feed\n")
    ran = following("sync", "--summary", "json")
    assert (ran.code, summary(ran)["new"], summary(ran)["skipped"], summary(ran)["failed"]) == (0, 1, 2, 0)
    [line] = ran.err.splitlines()
    assert "robots.txt" in line
    assert site.asked() == ["/c"]
    make_due(archive)
    ran = following("sync", "--summary", "json")
    assert (ran.code, ran.err, site.asked()) == (0, "", [])


def test_what_robots_txt_asks_not_to_fetch_is_kept_as_the_feed_has_it(following, archive, site):
    site.items[:] = [item("/w", title="Whole", guid="w", extra=whole_text())]
    site.routes["/robots.txt"] = Response("User-agent: *\nDisallow: /\n")
    ran = following("sync", "--summary", "json")
    assert (ran.code, ran.err, summary(ran)["new"], summary(ran)["skipped"]) == (0, "", 1, 0)
    assert record(archive, "Whole")["evidence"]["body"]["from"] == "feed"
    assert site.asked() == []


def test_a_bug_in_reading_one_page_keeps_no_other_from_being_archived(following, archive, site, monkeypatch):
    from archiver.tasks.archiving.read_page import read_capture

    def fails(capture, rules, entry):
        if capture.final_url.endswith("/b"):
            raise ZeroDivisionError("oops")
        return read_capture(capture, rules, entry)

    monkeypatch.setattr("archiver.tasks.archiving.read_page.read_capture", fails)
    ran = following("sync")
    assert ran.code == 3
    assert ran.err == f"archiver: {site.url('/b')}: unexpected error: ZeroDivisionError: oops (a bug; report it)\n"
    assert sorted(records(archive)) == ["Story a", "Story c"]


def test_a_bug_in_planning_one_feed_keeps_no_other_from_being_archived(following, archive, site, monkeypatch):
    from archiver.tasks.syncing.plan import plan

    def fails(feed, known, wish, now):
        if wish.url == site.url():
            raise ZeroDivisionError("oops")
        return plan(feed, known, wish, now)

    monkeypatch.setattr("archiver.tasks.syncing.arrivals.plan", fails)
    with feed_site("x") as other:
        following("feed", "add", other.url())
        ran = following("sync")
    assert ran.code == 3
    assert ran.err == f"archiver: {site.url()}: unexpected error: ZeroDivisionError: oops (a bug; report it)\n"
    assert list(records(archive)) == ["Story x"]


@pytest.mark.parametrize("link", ["http://127.0.0.1:99999/a", "http://[::1/a", "http://a b/", "http://exa%mple.example/"])
def test_a_link_that_is_no_address_is_passed_over(following, archive, site, link):
    site.items[:] = [item(link, guid="x"), item("/a", title="Story a", guid="a")]
    assert following("sync").code in (0, 3)
    assert list(records(archive)) == ["Story a"]
    assert following("sync", site.url()).code in (0, 3)


def test_a_move_to_a_feed_that_is_followed_too_changes_nothing(following, archive, site):
    site.routes["/new"] = lambda _: Response(rss(*site.items, title="New"), content_type=RSS)
    following("feed", "add", site.url("/new"))
    site.routes["/feed"] = redirect("/new", 301)
    for _ in range(5):
        assert following("sync").code == 0
        make_due(archive)
    assert len(json.loads(following("feed", "list", "--json").out)) == 2
    assert len(records(archive)) == 3


def test_a_dry_run_stores_nothing(following, archive, site):
    ran = following("sync", "--dry-run")
    assert ran.code == 0
    assert [line.split("\t")[0] for line in ran.out.splitlines()] == [site.url(f"/{name}") for name in "cba"]
    assert site.asked() == []
    assert records(archive) == {}
    assert following("sync").code == 0
    assert len(records(archive)) == 3


def test_only_one_run_at_a_time(following, archive, site):
    from archiver.store import Store

    with Store.open(archive, create=True) as store, store.following.syncing():
        ran = following("sync")
    assert ran.code == 11
    assert len(ran.err.splitlines()) == 1
    assert "another run is syncing" in ran.err


def test_the_summary_is_one_object(following):
    ran = following("sync", "--summary", "json")
    assert len(ran.out.splitlines()) == 1
    found = summary(ran)
    assert (found["feeds"], found["new"], found["failed"], found["waiting"]) == (1, 3, 0, 0)
    assert found["next_due"] > "2026"


def test_verbose_tells_everything(following, site):
    ran = following("sync", "-v")
    assert len(ran.out.splitlines()) == 3
    assert "3 entries, 3 to fetch" in ran.err
    assert "1 feed polled, 3 new" in ran.err


def test_an_entry_that_changed_is_fetched_again_but_not_soon(following, archive, site):
    def atom(updated):
        entry = f'<entry><title>A</title><id>a</id><link href="/a"/><updated>{updated}</updated></entry>'
        return Response(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')

    site.routes["/feed"] = atom("2026-03-01T10:00:00Z")
    following("sync")
    site.routes["/feed"] = atom("2026-03-02T10:00:00Z")
    site.routes["/a"] = Response(article_page("Story a", body="<p>Correction: the wall stood on pine piles.</p>"))
    site.asked()
    make_due(archive)
    following("sync")
    assert site.asked() == []
    change_state(archive, f"UPDATE entries SET tried_at = '{OVERDUE}'")
    make_due(archive)
    assert summary(following("sync", "--summary", "json"))["updated"] == 1


def test_the_backlog_of_a_new_feed_is_bounded(archiver, archive):
    with feed_site(*(f"n{number:02}" for number in range(30))) as site:
        archiver("feed", "add", site.url(), "--backlog", "5")
        assert summary(archiver("sync", "--summary", "json"))["new"] == 5
        assert sorted(records(archive)) == [f"Story n{number:02}" for number in range(5)]
        site.publish("new")
        make_due(archive)
        assert summary(archiver("sync", "--summary", "json"))["new"] == 1


def test_filters_choose(archiver, archive, site):
    archiver("feed", "add", site.url(), "--include", "title=story [ab]", "--exclude", "url=/b$")
    archiver("sync")
    assert list(records(archive)) == ["Story a"]


def test_since_leaves_older_entries(archiver, archive, site):
    site.items[:] = [
        item("/new", title="New", published="Tue, 10 Mar 2026 10:00:00 GMT"),
        item("/old", title="Old", published="Mon, 10 Mar 2025 10:00:00 GMT"),
    ]
    archiver("feed", "add", site.url(), "--since", "2026-01-01")
    archiver("sync")
    assert site.asked().count("/old") == 0
    assert len(records(archive)) == 1


def test_a_rule_that_cannot_be_applied_is_said(following, archive, site):
    opml = archive / "feeds.opml"
    opml.write_text(opml.read_text().replace("xmlUrl=", 'archiver:includeTitle="(" xmlUrl='))
    ran = following("sync")
    assert ran.code == 1
    assert "regular expression" in ran.err


@pytest.mark.parametrize("turns", [3])
def test_tokens_and_changing_guids_bring_no_article_twice(archiver, archive, site, turns):
    for turn in range(turns):
        site.items[:] = [
            item(f"/s{n}?t={turn}", title=f"S{n}", guid=f"{n}-{turn}", published=f"Tue, 1{n} Mar 2026 10:00:00 GMT")
            for n in range(3)
        ]
        archiver("feed", "add", site.url())
        archiver("sync", site.url())
    assert len(records(archive)) == 3


def test_a_sitemap_index_is_a_feed(archiver, archive, site):
    def sitemap(*paths):
        return Response(f"<urlset>{''.join(f'<url><loc>{site.url(path)}</loc></url>' for path in paths)}</urlset>")

    index = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/s1.xml", "/s2.xml", "/index.xml"))
    site.routes |= {
        "/index.xml": Response(f"<sitemapindex>{index}</sitemapindex>"),
        "/s1.xml": sitemap("/one"),
        "/s2.xml": sitemap("/two", "/three"),
    }
    archiver("feed", "add", site.url("/index.xml"))
    archiver("sync")
    assert sorted(records(archive)) == ["Story one", "Story three", "Story two"]


def test_a_site_that_stops_giving_bylines_is_told(archiver, archive):
    from archiver.tasks.syncing import health

    with feed_site(*(f"n{number}" for number in range(health.LEAST_BEFORE))) as site:
        archiver("feed", "add", site.url())
        assert archiver("sync").err == ""
        change_state(archive, "UPDATE feeds SET next_etag = NULL")
        bare = {f"/m{number}": Response(article_page(f"Story {number}", author="")) for number in range(health.RECENT)}
        site.routes |= {path: Response(str(page.body).replace("By </p>", "</p>")) for path, page in bare.items()}
        site.publish(*(f"m{number}" for number in range(health.RECENT)))
        make_due(archive)
        ran = archiver("sync", "--summary", "json")
        assert ran.code == 0
        assert summary(ran)["drift"] == ["127.0.0.1: byline found in 0 of the last 20, was 100%"]
        assert "feed health" in ran.err
    listed = json.loads(archiver("feed", "health", "--json").out)
    assert [(row["id"], row["field"], row["found"]) for row in listed] == [("127.0.0.1", "byline", 0)]


# -- the installed program


def program(archive, *arguments, **environment):
    """The command line and the environment of cron: next to none."""
    return {
        "args": [sys.executable, "-m", "archiver", "--archive", str(archive), *arguments],
        "cwd": "/",
        "env": {"PYTHONPATH": os.pathsep.join(sys.path), "ARCHIVER_PACE_SECONDS": "0.001", **environment},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }


def test_cron_has_no_home_no_terminal_and_no_language(following, archive, site):
    ran = subprocess.run(**program(archive, "sync"), check=False, timeout=120)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert len(records(archive)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM")
def test_sigterm_ends_a_run_cleanly_and_the_next_goes_on(following, archive, site):
    def slow(request):
        time.sleep(1)
        return Response(article_page(f"Story {request.path[1:]}"))

    site.publish(*"defghijkl")
    site.routes |= {f"/{name}": slow for name in "defghijkl"}
    running = subprocess.Popen(**program(archive, "sync"))
    deadline = time.monotonic() + 60
    while not records(archive) and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"interrupted" in err
    assert b"Traceback" not in err
    site.routes.clear()
    assert following("sync").code == 0
    assert len(records(archive)) == 12
    assert not list(Path(archive, "tmp").glob("*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kills differently")
def test_killing_a_run_at_any_moment_loses_nothing(following, archive, site):
    """The next run ends in the archive of an undisturbed one."""
    site.publish(*"defghijkl")
    for kill_after in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        running = subprocess.Popen(**program(archive, "sync"))
        time.sleep(kill_after)
        running.kill()
        running.communicate()
    assert following("sync", site.url()).code == 0
    assert sorted(records(archive)) == [f"Story {name}" for name in "abcdefghijkl"]
    assert list(archive.glob("versions/*/*")) == []


def labels(archiver):
    return {row["title"]: row["labels"] for row in json.loads(archiver("list", "--json").out)}


@pytest.fixture
def labelling(archiver, site):
    """`archiver`, following the feed of `site` with two tags for its articles."""
    assert archiver("feed", "add", site.url(), "--tag", "tides", "--tag", "coast").code == 0
    return archiver


def test_new_articles_get_the_tags_of_their_feed(labelling, site):
    assert labelling("fetch", site.url("/a")).code == 0
    assert labelling("sync").code == 0
    assert labels(labelling) == {
        "Story a": [],  # it was in the archive before
        "Story b": ["coast", "tides"],
        "Story c": ["coast", "tides"],
    }


def test_the_text_of_a_feed_gets_them_too(labelling, site):
    site.items[:] = [item("/w", title="Whole", guid="w", extra=whole_text())]
    site.routes["/w"] = Response("oops", status=503)
    assert labelling("sync").code == 0
    assert labels(labelling) == {"Whole": ["coast", "tides"]}


def test_an_article_of_two_feeds_gets_the_tags_of_both(labelling, site):
    site.routes["/other"] = Response(rss(item("/a", title="Story a")), content_type=RSS)
    assert labelling("feed", "add", site.url("/other"), "--tag", "ships").code == 0
    site.items[:] = site.items[:0]
    site.publish("a")
    assert labelling("sync").code == 0
    assert labels(labelling) == {"Story a": ["coast", "ships", "tides"]}


def test_a_run_that_ends_before_the_record_leaves_no_article_without_its_tags(labelling, archive, site, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("archiver.store.Store.save", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert labelling("sync").code == 130
    assert not records(archive)
    make_due(archive)
    assert labelling("sync").code == 0
    assert set(map(tuple, labels(labelling).values())) == {("coast", "tides")}
    assert len(records(archive)) == 3


def test_damaged_remarks_keep_no_article_from_being_archived(labelling, archive, site):
    from archiver import urls

    article_id = urls.article_id(site.url("/a"))
    file = archive / "remarks" / article_id[:2] / f"{article_id}.json"
    file.parent.mkdir(parents=True)
    file.write_text("half")
    assert labelling("sync").code == 0
    assert len(records(archive)) == 3
    assert file.read_text() == "half"


def test_tags_that_were_taken_away_do_not_come_back(labelling, archive, site):
    labelling("sync")
    article_id = labelling("list", "--format", "ids").out.split()[0]
    labelling("tag", article_id, "tides", "coast", "--remove")
    make_due(archive)
    change_state(archive, "DELETE FROM entries")
    assert labelling("sync").code == 0
    assert labelling("tag", article_id).out == ""


def test_a_queue_that_brought_a_copy_and_a_failure_failed_in_part(archiver):
    copy = article_page(publisher="Copy").replace("<head>", '<head><link rel="canonical" href="/harbour">')
    with serve({"/harbour": Response(article_page()), "/copy": Response(copy), "/ill": Response(status=500)}) as server:
        archiver("fetch", server.url("/harbour"))
        archiver("import", "-", "--queue", stdin=f"{server.url('/copy')}\n{server.url('/ill')}\n".encode())
        ran = archiver("sync", "--summary", "json")
    assert (ran.code, summary(ran)["unchanged"], summary(ran)["failed"]) == (3, 1, 1)


def test_a_record_that_lost_its_feed_has_it_back_from_the_memory_of_polling(following, archive, site):
    following("sync")
    path = next(archive.glob("articles/*/*story-a*.json"))
    path.write_bytes(path.read_bytes()[:200])
    following("check", "--repair", "--yes")
    assert record(archive, "Story a")["feed"] == {"url": site.url(), "entry_id": None, "title": None}


def test_a_repair_invents_no_feed_for_an_article_that_was_there_before(following, archive, site):
    following("fetch", site.url("/a"))
    following("sync")
    change_state(archive, "UPDATE entries SET tried_at = '2037-01-01T00:00:00Z'")
    path = next(archive.glob("articles/*/*story-a*.json"))
    path.write_bytes(path.read_bytes()[:200])
    following("check", "--repair", "--yes")
    assert record(archive, "Story a")["feed"] is None
