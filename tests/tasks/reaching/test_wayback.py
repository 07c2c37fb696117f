from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from archiver.capture import Capture
from archiver.errors import FetchError, HttpStatus, NameNotFound
from archiver.settings import Settings
from archiver.store import Store
from archiver.tasks.archiving.archive_page import archive_capture
from archiver.tasks.archiving.decide import Decision
from archiver.tasks.archiving.read_page import read_capture
from archiver.tasks.manners.pace import Pace
from archiver.tasks.reaching.reach import Reach
from archiver.tasks.reaching.wayback import Copy, _spread
from tests.support.articles import article_page, paragraphs
from tests.support.servers import Response, serve
from tests.support.wayback import Archive

PARKED = Response("<title>example</title><h1>example.org</h1><p>The domain example.org is for sale. Buy it now.</p>")
GONE = "http://gone.invalid/2009/story"


def taken(title: str = "How the Old Harbour Was Built", **original: str) -> Response:
    headers = tuple((f"X-Archive-Orig-{name.replace('_', '-')}", value) for name, value in original.items())
    return Response(article_page(title), headers=(*headers, ("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT")))


def reread(store, article):
    """The record that the article's capture gives, read again."""
    capture = store.capture(article)
    assert isinstance(capture, Capture)
    again = read_capture(capture)
    assert again.capture is not None
    return dataclasses.replace(again, capture=article.capture)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as store:
        yield store


@pytest.fixture
def archive():
    held = Archive()
    with held.running():
        yield held


@pytest.fixture
def walk(store, archive, tmp_path):
    base = archive.url("")
    settings = Settings(
        home=tmp_path, wayback=True, wayback_url=base, wayback_available_url=f"{base}/wayback/available", timeout_seconds=10
    )

    def make(**changed):
        return Reach(store, dataclasses.replace(settings, **changed), Pace(store, None))

    return make


def test_a_page_that_is_gone_is_had_from_its_copy(walk, archive, store):
    archive.copies[GONE] = {"20160304101500": taken(), "20090101000000": taken("An older title of it")}
    capture = walk().article(GONE)
    outcome = archive_capture(capture, store)
    article, base = outcome.article, archive.url("")
    assert (article.url, article.requested_url, article.source.host) == (GONE, GONE, "gone.invalid")
    assert article.capture is not None
    assert article.capture.snapshot is not None
    assert article.capture.snapshot.taken_at == "2016-03-04T10:15:00Z"
    assert article.capture.snapshot.url == f"{base}/web/20160304101500id_/{GONE}"
    assert article.capture.fetched_at > "2026"
    assert article.dates.modified is None  # the archive's own Last-Modified is not the page's
    assert reread(store, article) == article
    later, copied = article.warnings
    assert "later than the day of fetching" in later  # the made page's own date: that of the copy is what counts
    assert copied == "the page is gone (no such host): this is the copy that 127.0.0.9 has of it"


def test_the_pages_own_headers_count_and_its_own_time(walk, archive):
    archive.copies[GONE] = {"20260304101500": taken(Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT")}
    page = article_page().replace("2026-03-14", "").replace("<time", "<p>Published 3 days ago</p><i").replace("</time>", "</i>")
    archive.copies[GONE]["20260304101500"] = dataclasses.replace(archive.copies[GONE]["20260304101500"], body=page)
    article = read_capture(walk().article(GONE))
    assert article.dates.published == "2026-03-01"
    assert article.dates.modified is not None
    assert article.dates.modified.startswith("2026-03-02")


def test_the_nearest_to_a_day(walk, archive):
    moments = ("20090101000000", "20120601000000", "20160304101500")
    archive.copies[GONE] = {moment: taken(f"The harbour in {moment[:4]}") for moment in moments}
    assert read_capture(walk().article(GONE, near="2012-07-01")).title == "The harbour in 2012"
    assert read_capture(walk().article(GONE, near="2001-01-01")).title == "The harbour in 2009"
    assert read_capture(walk().article(GONE, near="2025-01-01T09:30:00+02:00")).title == "The harbour in 2016"


def test_copies_of_what_came_behind_the_article_are_passed_over(walk, archive):
    archive.copies[GONE] = {"20090101000000": taken()} | {f"20{year}0101000000": PARKED for year in range(10, 25)}
    capture = walk().article(GONE)
    assert capture.taken_at == datetime(2009, 1, 1, tzinfo=UTC)


def test_what_is_available_is_asked_where_the_index_does_not_answer(walk, archive):
    archive.copies[GONE] = {"20160304101500": taken()}
    archive.knows_index = False
    assert walk().article(GONE).taken_at == datetime(2016, 3, 4, 10, 15, tzinfo=UTC)


def test_no_copy_is_told_in_one_line(walk, archive):
    with pytest.raises(NameNotFound) as raised:
        walk().article(GONE)
    assert str(raised.value).startswith(f"{GONE}: no such host; 127.0.0.9 has no copy of it (")
    archive.copies[GONE] = {"20160304101500": PARKED}
    with pytest.raises(NameNotFound, match=r"no copy that 127\.0\.0\.9 has of it is an article"):
        walk().article(GONE)


def test_an_archive_that_does_not_answer_is_told_in_one_line(walk, archive):
    archive.knows_index = archive.knows_available = False
    with pytest.raises(NameNotFound) as raised:
        walk().article(GONE)
    assert "no such host; 127.0.0.9 could not be asked: the host answered 504 Gateway Timeout" in str(raised.value)


@pytest.mark.parametrize(
    "answer", ["no json", "{}", "[[1, 2], [3]]", '[["timestamp"], ["x", "y", "z", "w"]]', "null", "", "[" * 5000]
)
def test_answers_that_make_no_sense_are_no_copies(walk, archive, answer, monkeypatch):
    monkeypatch.setattr(Archive, "_index", lambda *_: Response(answer))
    monkeypatch.setattr(Archive, "_available", lambda *_: Response(answer))
    with pytest.raises(NameNotFound):
        walk().article(GONE)


def test_only_pages_that_are_gone_are_looked_for(walk, archive):
    with serve({"/a": Response("x", status=500), "/b": Response("x", status=404), "/c": Response(article_page())}) as site:
        for path in "abc":
            archive.copies[site.url(f"/{path}")] = {"20160304101500": taken()}
        with pytest.raises(HttpStatus, match="500"):
            walk().article(site.url("/a"))
        assert walk().article(site.url("/b")).taken_at is not None
        assert walk().article(site.url("/c")).taken_at is None
        with pytest.raises(HttpStatus, match="404"):
            walk(wayback=False).article(site.url("/b"))


def test_a_parked_domain_is_gone_and_stays_where_there_is_no_copy(walk, archive):
    with serve({"/a": PARKED}) as site:
        assert walk().article(site.url("/a")).taken_at is None
        archive.copies[site.url("/a")] = {"20160304101500": taken()}
        capture = walk().article(site.url("/a"))
        assert capture.taken_at is not None
        assert capture.notes == ("the page is gone (its domain is for sale): this is the copy that 127.0.0.9 has of it",)


def test_the_address_of_a_copy_may_be_typed(walk, archive):
    archive.copies[GONE] = {"20160304101500": taken(), "20190101000000": taken("A later title")}
    base = archive.url("")
    capture = walk(wayback=False).article(f"{base}/web/2016/{GONE}")
    assert (capture.page_url, capture.requested_url) == (GONE, f"{base}/web/2016/{GONE}")
    assert capture.taken_at == datetime(2016, 3, 4, 10, 15, tzinfo=UTC)
    for rest in ("", "*/", "2016*/"):
        assert walk().article(f"{base}/web/{rest}{GONE}").taken_at == datetime(2019, 1, 1, tzinfo=UTC)
    assert walk().article(f"{base}/web/20160304101500if_/{GONE.replace('//', '/')}").page_url == GONE


@pytest.mark.parametrize(
    ("url", "copy"),
    [
        (
            "https://web.archive.org/web/20160304101500/http://example.org/a?b=c",
            Copy("http://example.org/a?b=c", "20160304101500"),
        ),
        ("http://web.archive.org/web/2016/example.org/a", Copy("https://example.org/a", "2016")),
        ("https://web.archive.org/web/20161399000000/http://example.org/a", None),
        ("https://web.archive.org/web/2016/javascript:x", None),
        ("https://web.archive.org/about", None),
        ("https://example.org/web/2016/http://example.org/a", None),
    ],
)
def test_which_addresses_name_a_copy(walk, url, copy):
    assert walk()._wayback.named(url) == copy


def test_an_article_in_pages_is_joined_from_copies_of_one_time(walk, archive, store):
    first = article_page(body='<a href="/2009/story?page=2">2</a>')
    second = article_page().replace(
        paragraphs(), "<p>" + "The second wall stood on piles of oak, and still does. " * 9 + "</p>"
    )
    archive.copies[GONE] = {"20160304101500": Response(first)}
    archive.copies[f"{GONE}?page=2"] = {"20160305000000": Response(second), "20230101000000": PARKED}
    capture = walk().article(GONE)
    assert [page.page_url for page in capture.later] == [f"{GONE}?page=2"]
    article = archive_capture(capture, store).article
    assert reread(store, article) == article
    assert "piles of oak" in article.body.text
    assert article.capture is not None
    assert article.capture.pages[0].url == f"{GONE}?page=2"


def test_a_copy_never_replaces_what_came_from_the_page_itself(walk, archive, store):
    routes = {"/a": Response(article_page())}
    with serve(routes) as site:
        archive_capture(walk().article(site.url("/a")), store)
        routes["/a"] = Response("x", status=410)
        archive.copies[site.url("/a")] = {"20160304101500": taken("An older title of it")}
        assert archive_capture(walk().article(site.url("/a")), store).decision is Decision.WORSE
        del routes["/a"]
        assert store.load(str(archive_capture(walk().article(site.url("/a")), store).article.id)).capture.snapshot is None


def test_a_copy_that_cannot_be_had_is_told(walk, archive, monkeypatch):
    archive.copies[GONE] = {"20160304101500": Response("x", status=503)}
    with pytest.raises(FetchError, match=r"the copy that 127\.0\.0\.9 has of it could not be had: the host answered 503"):
        walk().article(GONE)


def test_copies_are_tried_ever_further_back():
    copies = [Copy("x", str(number)) for number in range(12)]
    assert [copy.moment for copy in _spread(copies)] == ["0", "1", "3", "7", "11"]
    assert list(_spread(copies[:1])) == copies[:1]
    assert list(_spread([])) == []
