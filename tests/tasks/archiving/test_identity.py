"""Which article a page is: its own, or one that is held under another address."""

from __future__ import annotations

import pytest

from archiver import urls
from archiver.capture import Capture
from archiver.store import Filters
from archiver.tasks.archiving.archive_page import archive_capture
from archiver.tasks.archiving.decide import Decision
from tests.store.conftest import make_exchange
from tests.support.articles import article_page

SITE = "https://coast.example"
STORY, AMP, SHORT = f"{SITE}/2026/harbour", "https://amp.coast.example/harbour", "https://short.example/h"


@pytest.fixture
def store(tmp_path):
    from archiver.store import Store

    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


def fetched(store, url, html=None, *, via=(), minute=0):
    """What becomes of `url`, fetched now, after redirects from `via`."""
    body = (html or article_page()).encode()
    moment = make_exchange().started_at.replace(minute=minute)
    hops = [make_exchange(hop, status=301, body=b"", headers=(("Location", url),), started_at=moment) for hop in via]
    last = make_exchange(url, body=body, started_at=moment)
    return archive_capture(Capture((*via, url)[0], (*hops, last), body), store)


def claiming(url, **fields):
    return article_page(**fields).replace("<head>", f'<head><link rel="canonical" href="{url}">')


def ids(store):
    return [row.id for row in store.rows(Filters())]


def test_every_hop_is_remembered_even_where_nothing_changed(store):
    fetched(store, STORY)
    middle = "https://old.coast.example/harbour"
    outcome = fetched(store, STORY, via=(SHORT, middle))
    assert outcome.decision is Decision.UNCHANGED
    for url in (SHORT, middle):
        assert store.find(url) == urls.article_id(STORY)
        assert store.holds(url)


def test_the_trace_survives_a_later_fetch_by_another_address(store):
    fetched(store, STORY, via=(SHORT,))
    fetched(store, STORY, article_page(title="How the New Harbour Was Built"))
    assert store.find(SHORT) == urls.article_id(STORY)


def test_a_second_fetch_writes_nothing(store):
    fetched(store, STORY, via=(SHORT,))
    before = {path: path.stat().st_mtime_ns for path in store.root.rglob("*.json")}
    fetched(store, STORY, via=(SHORT,))
    assert {path: path.stat().st_mtime_ns for path in store.root.rglob("*.json")} == before


def test_a_copy_that_names_the_article_becomes_a_version(store):
    fetched(store, STORY)
    outcome = fetched(store, AMP, claiming(STORY, publisher="Coast AMP"), minute=1)
    assert outcome.decision is Decision.COPY
    assert ids(store) == [urls.article_id(STORY)]
    assert store.load(urls.article_id(STORY)).url == STORY
    version = store.newest_version(urls.article_id(STORY))
    assert version
    assert version.url == AMP
    assert version.capture
    assert version.capture.warc
    assert (store.root / version.capture.warc).name.startswith(urls.article_id(STORY))
    assert store.holds(AMP)
    assert len(list(store.root.glob("captures/*/*/*"))) == 2


def test_the_same_copy_again_is_unchanged(store):
    fetched(store, STORY)
    fetched(store, AMP, claiming(STORY, publisher="Coast AMP"), minute=1)
    again = fetched(store, AMP, claiming(STORY, publisher="Coast AMP", body="<!-- 2 -->"), minute=2)
    assert again.decision is Decision.UNCHANGED
    assert len(store.versions(urls.article_id(STORY))) == 1
    assert len(list(store.root.glob("captures/*/*/*"))) == 2


def test_another_text_that_claims_the_address_is_an_article_of_its_own(store):
    fetched(store, STORY)
    body = "".join(
        f"<p>The ferry number {number} sailed at dawn with sheep and post for the far island.</p>" for number in range(9)
    )
    page = claiming(STORY, title="The Ferry").replace("The harbour was", "The ferry was")
    start, end = page.index("<time"), page.index("</article>")
    outcome = fetched(store, AMP, page[:start] + body + page[end:])
    assert outcome.decision is Decision.NEW
    assert len(ids(store)) == 2


@pytest.mark.parametrize("claimed", [f"{SITE}/", f"{SITE}/2026", "https://elsewhere.example/x"])
def test_claims_that_are_none_make_two_articles(store, claimed):
    fetched(store, claimed, article_page())
    assert fetched(store, f"{SITE}/2026/other", claiming(claimed)).decision is Decision.NEW
    assert len(ids(store)) == 2


def test_the_page_at_the_claimed_address_takes_the_place_of_the_copy(store):
    fetched(store, AMP, claiming(STORY, publisher="Coast AMP"))
    assert store.find(STORY) == urls.article_id(AMP)
    assert not store.holds(STORY), "nobody has seen what stands there"
    outcome = fetched(store, STORY, minute=1)
    assert outcome.decision is Decision.CHANGED
    assert ids(store) == [urls.article_id(AMP)]
    assert store.load(urls.article_id(AMP)).url == STORY
    assert store.holds(STORY)


def test_what_stands_at_an_alias_and_is_another_article_is_its_own(store):
    fetched(store, STORY, via=(f"{SITE}/latest",))
    page = article_page(title="The Lighthouse").replace("harbour", "lighthouse").replace("storm", "gale").replace("The", "That")
    page = (
        page.replace("wall", "lamp")
        .replace("council", "keeper")
        .replace("tide", "fog")
        .replace("sand", "oil")
        .replace("was", "is")
    )
    assert fetched(store, f"{SITE}/latest", page).decision is Decision.NEW
    assert len(ids(store)) == 2
    assert store.find(f"{SITE}/latest") == urls.article_id(f"{SITE}/latest")


def test_redirects_to_a_front_page_say_nothing(store):
    fetched(store, f"{SITE}/", via=(f"{SITE}/gone",))
    assert not store.aliases.load(urls.article_id(f"{SITE}/gone"))
