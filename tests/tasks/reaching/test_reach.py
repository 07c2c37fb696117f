"""From a URL to its article, over real sockets."""

from __future__ import annotations

import dataclasses

import pytest

from archiver.capture import Capture
from archiver.errors import AddressRefused, Disallowed
from archiver.settings import Settings
from archiver.store import Store
from archiver.tasks.archiving.archive_page import archive_capture
from archiver.tasks.archiving.decide import Decision
from archiver.tasks.archiving.read_page import read_capture
from archiver.tasks.manners.pace import Pace
from archiver.tasks.reaching.reach import Reach
from archiver.tasks.site_rules import SiteRules
from tests.support.articles import article_page, paragraphs
from tests.support.servers import Response, redirect, serve

ROBOTS = "/robots.txt"


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as store:
        yield store


@pytest.fixture
def reach(store, tmp_path):
    def reached(url: str, *, rules: str | None = None, obey_robots: bool = False, trusted_host=None, near=None, **changed):
        settings = dataclasses.replace(Settings(home=tmp_path), **changed)
        if rules is not None:
            (tmp_path / "127.0.0.1.txt").write_text(rules)
        site_rules = SiteRules([(tmp_path, "yours")]) if rules is not None else None
        walk = Reach(store, settings, Pace(store, None), site_rules)
        return walk.article(url, obey_robots=obey_robots, trusted_host=trusted_host, near=near)

    return reached


def said(number: int) -> str:
    """What page `number` of an article says."""
    lines = (f"Sentence {count} of part {'abcdefgh'[number]} tells of the harbour and its walls." for count in range(12))
    return f"<p>{' '.join(lines)}</p>"


def part(number: int, *, title: str = "How the Old Harbour Was Built", links: str = "", head: str = "") -> Response:
    """Page `number` of an article."""
    page = article_page(title).replace(paragraphs(), f"{said(number)}\n<nav class='pager'>{links}</nav>")
    return Response(page.replace("</head>", f"{head}</head>"))


def numbers(path: str, *which: int) -> str:
    return " ".join(f'<a href="{path}?page={number}">{number}</a>' for number in which)


def pages(site) -> list[str]:
    return [target for target in site.targets if target != ROBOTS]


def text(capture) -> str:
    return read_capture(capture).body.text


# -- from a later page to the first


@pytest.mark.parametrize(
    ("back", "first"),
    [
        (numbers("/story", 1), "/story?page=1"),
        ('<a rel="prev" href="/story">Back</a>', "/story"),
        ('<a href="/story">1</a>', "/story"),
        ('<a href="/story?page=3">1</a><a href="/other">1</a><a href="/story">1</a>', "/story"),
    ],
)
def test_a_later_page_is_led_back_to_the_first_and_joined(reach, back, first):
    routes = {
        first: part(1, links=numbers("/story", 2, 3)),
        "/story?page=2": part(2, links=back + numbers("/story", 3)),
        "/story?page=3": part(3, links=numbers("/story", 1, 2)),
    }
    with serve(routes) as site:
        capture = reach(site.url("/story?page=2"))
        assert pages(site) == ["/story?page=2", first, "/story?page=3"], "what was fetched is not fetched again"
        whole = reach(site.url(first))
    assert [page.page_url for page in capture.pages] == [page.page_url for page in whole.pages]
    assert (capture.requested_url, capture.page_url) == (site.url("/story?page=2"), site.url(first))
    assert text(capture) == text(whole)


def test_by_the_canonical_address(reach):
    first = '<link rel="canonical" href="/story">'
    routes = {"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2, head=first)}
    with serve(routes) as site:
        assert [page.page_url for page in reach(site.url("/story?page=2")).pages] == [
            site.url("/story"),
            site.url("/story?page=2"),
        ]


def test_a_later_page_stays_where_the_first_is_another_article(reach):
    routes = {
        "/a": part(1, title="A lighthouse on the moor", links=numbers("/a", 2)),
        "/a?page=2": part(2, links=numbers("/a", 1)),
        "/b": part(1),  # knows of no other page
        "/b?page=2": part(2, links=numbers("/b", 1)),
        "/c?page=2": part(2, links=numbers("/c", 1)),
        "/d": part(1, links=numbers("/d", 2)),
        "/d?page=2": part(1, links='<a href="/d">1</a>'),  # the number means nothing there
        "/e": part(1, links=numbers("/e", 2)),
        "/e?page=1": part(1, links=numbers("/e", 2), head='<link rel="canonical" href="/e">'),
        "/news": part(1, links=numbers("/news", 2)),
        "/news?page=2": part(2, links=numbers("/news", 1)),
    }
    with serve(routes) as site:
        for path in ("/a?page=2", "/b?page=2", "/c?page=2", "/d?page=2", "/e?page=1", "/news?page=2"):
            capture = reach(site.url(path))
            assert (capture.page_url, capture.later, bool(capture.notes)) == (site.url(path), (), path == "/c?page=2")
        [note] = reach(site.url("/c?page=2")).notes
        first = site.url("/c?page=1")
        assert note.startswith(
            f"this is a later page of an article; its first ({first}) could not be had: the host answered 404"
        )
        assert "/news" not in pages(site), "a list is no article"


def test_a_later_page_that_is_not_reached_from_the_first_stays(reach):
    routes = {
        "/story": part(1, links=numbers("/story", 2)),
        "/story?page=2": Response("gone", status=404),
        "/story?page=3": part(3, links='<a href="/story">1</a>'),
    }
    with serve(routes) as site:
        capture = reach(site.url("/story?page=3"))
        assert (capture.page_url, capture.later) == (site.url("/story?page=3"), ())
        assert capture.notes == (f"this is a later page of the article at {site.url('/story')}, whose pages do not lead here",)


def test_a_later_page_whose_article_stands_on_one_page(reach):
    whole = article_page().replace(paragraphs(), "".join(said(number) for number in (1, 2)))
    routes = {
        "/story": part(1, links=numbers("/story", 2) + '<a href="/story/all">View as a single page</a>'),
        "/story?page=2": part(2, links='<a href="/story">1</a>'),
        "/story/all": Response(whole),
    }
    with serve(routes) as site:
        capture = reach(site.url("/story?page=2"))
        assert (capture.page_url, capture.final_url, capture.later) == (site.url("/story"), site.url("/story/all"), ())


def test_a_later_page_stays_where_pages_are_not_joined(reach):
    routes = {"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2, links=numbers("/story", 1))}
    with serve(routes) as site:
        assert reach(site.url("/story?page=2"), join_pages=False).page_url == site.url("/story?page=2")


# -- refreshes


def test_a_page_that_sends_on_is_a_hop(reach):
    hop = Response('<meta http-equiv="refresh" content="0; url=/story"><p>Moved')
    with serve({"/old": hop, "/story": Response(article_page())}) as site:
        capture = reach(site.url("/old"))
        assert [exchange.url for exchange in capture.exchanges] == [site.url("/old"), site.url("/story")]
        assert (capture.requested_url, capture.page_url) == (site.url("/old"), site.url("/story"))


def test_an_article_is_read_whatever_it_says_about_itself(reach):
    page = article_page().replace("</head>", '<meta http-equiv="refresh" content="0;url=/other"></head>')
    with serve({"/story": Response(page)}) as site:
        assert reach(site.url("/story")).page_url == site.url("/story")
        assert pages(site) == ["/story"]


def test_refreshes_end(reach):
    def sending(target: str) -> Response:
        return Response(f'<meta http-equiv="refresh" content="0;url={target}"><p>Wait')

    routes = {f"/{number}": sending(f"/{number + 1}") for number in range(9)}
    with serve({**routes, "/loop": sending("/loop"), "/home": sending("/")}) as site:
        assert reach(site.url("/0")).page_url == site.url("/3")
        assert reach(site.url("/loop")).page_url == site.url("/loop")
        assert reach(site.url("/home")).page_url == site.url("/home")


def test_a_refresh_obeys_robots_and_the_guard(reach):
    hop = Response('<meta http-equiv="refresh" content="0;url=/private/x">')
    refused = Response('<meta http-equiv="refresh" content="0;url=http://127.0.0.2:1/x">')
    rules = Response("User-agent: *\nDisallow: /private", content_type="text/plain")
    with serve({"/a": hop, "/b": refused, ROBOTS: rules}) as site:
        with pytest.raises(Disallowed) as raised:
            reach(site.url("/a"))
        assert raised.value.subject == site.url("/a")
        assert pages(site) == ["/a"]
        with pytest.raises(AddressRefused):
            reach(site.url("/b"))


# -- forms


def test_the_address_in_a_viewers_address_is_fetched(reach, monkeypatch):
    with serve({"/story": Response(article_page())}) as site:
        monkeypatch.setattr("archiver.tasks.reaching.reach.held_address", lambda url: url.replace("/viewer", "/story"))
        capture = reach(site.url("/viewer"))
        assert (capture.requested_url, capture.page_url) == (site.url("/viewer"), site.url("/story"))
        assert pages(site) == ["/story"]


def test_an_address_that_is_held_is_not_trusted(reach):
    with pytest.raises(AddressRefused):
        reach("https://www.google.com/amp/127.0.0.1:1/story")


@pytest.mark.parametrize("form", ["/story/amp", "/story?amp=1", "/story?print=1", "/print/story"])
def test_a_form_of_a_page_is_led_back(reach, form):
    shown = article_page().replace("</head>", '<link rel="canonical" href="/story"></head>')
    with serve({form: Response(shown), "/story": Response(article_page(body="<p>And more, in full.</p>"))}) as site:
        capture = reach(site.url(form))
        assert capture.page_url == site.url("/story")
        assert "And more, in full." in text(capture)
        assert capture.exchanges[0].url == site.url(form)


def test_a_form_stays_where_the_full_page_is_another_or_is_not_had(reach):
    def shown(target: str) -> Response:
        return Response(article_page().replace("</head>", f'<link rel="canonical" href="{target}"></head>'))

    other = Response(article_page("A lighthouse on the moor").replace("harbour", "moor").replace("wall", "lamp"))
    wall = Response("<title>Just a moment...</title><p>Checking your browser")
    with serve({"/a/amp": shown("/a"), "/b/amp": shown("/b"), "/c/amp": shown("/c"), "/b": wall, "/c": other}) as site:
        capture = reach(site.url("/a/amp"))
        assert capture.page_url == site.url("/a/amp")
        assert capture.notes == (
            f"this is the amp form of the page; {site.url('/a')} could not be had: the host answered 404 Not Found",
        )
        assert reach(site.url("/b/amp")).page_url == site.url("/b/amp")
        assert reach(site.url("/c/amp")).page_url == site.url("/c/amp")


def test_a_canonical_address_alone_is_not_followed(reach):
    page = article_page().replace("</head>", '<link rel="canonical" href="/other"></head>')
    with serve({"/story": Response(page)}) as site:
        reach(site.url("/story"))
        assert pages(site) == ["/story"]


# -- pages


def test_an_article_in_three_pages(reach, store):
    routes = {
        "/story": part(1, links=numbers("/story", 2, 3)),
        "/story?page=2": part(2, links=numbers("/story", 1, 3), title="How the Old Harbour Was Built - Page 2"),
        "/story?page=3": part(3, links=numbers("/story", 1, 2)),
    }
    with serve(routes) as site:
        capture = reach(site.url("/story"))
        assert [page.page_url for page in capture.later] == [site.url("/story?page=2"), site.url("/story?page=3")]
        outcome = archive_capture(capture, store)
        said = outcome.article.body.text
        assert said.index("part b") < said.index("part c") < said.index("part d")
        assert outcome.article.title == "How the Old Harbour Was Built"
        assert outcome.article.capture is not None
        assert [page.url for page in outcome.article.capture.pages] == [page.page_url for page in capture.later]
        assert archive_capture(reach(site.url("/story")), store).decision is Decision.UNCHANGED
        held = store.capture(outcome.article)
        assert isinstance(held, Capture)
        assert read_capture(held).body == outcome.article.body


def test_a_change_on_a_later_page_is_a_change(reach, store):
    routes = {"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2)}
    with serve(routes) as site:
        archive_capture(reach(site.url("/story")), store)
        routes["/story?page=2"] = part(3)
        assert archive_capture(reach(site.url("/story")), store).decision is Decision.CHANGED


def test_a_missing_page_is_told_and_never_costs_what_is_held(reach, store):
    routes = {"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2)}
    with serve(routes) as site:
        url = site.url("/story")
        whole = archive_capture(reach(url), store)
        routes["/story?page=2"] = Response("gone", status=500)
        capture = reach(url)
        assert capture.missing == (site.url("/story?page=2"),)
        outcome = archive_capture(capture, store)
    assert outcome.decision is Decision.WORSE
    assert outcome.seen.warnings == (
        f"page 2 of the article ({url}?page=2) could not be had: the host answered 500 Internal Server Error",
    )
    assert store.load(str(whole.article.id)).body == whole.article.body


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (part(2, title="A lighthouse on the moor"), "another title"),
        (part(2, head='<link rel="canonical" href="/another">'), "another canonical address"),
        (part(1), "the same text again"),
        (redirect("/story"), "back to the first page"),
        (Response("<title>Just a moment...</title><p>Checking your browser"), "a wall"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_go_on_is_left_out(reach, second, why):
    with serve({"/story": part(1, links=numbers("/story", 2)), "/story?page=2": second}) as site:
        capture = reach(site.url("/story"))
        assert capture.later == (), why
        assert bool(capture.missing) is (why == "a wall")


def test_further_pages_obey_robots(reach):
    rules = Response("User-agent: *\nDisallow: /*page=", content_type="text/plain")
    with serve({"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2), ROBOTS: rules}) as site:
        capture = reach(site.url("/story"))
        assert pages(site) == ["/story"]
        assert "robots.txt" in capture.notes[0]


def test_the_pages_end_at_a_number_and_a_size(reach, monkeypatch):
    routes = {"/story": part(1, links=numbers("/story", 2))}
    routes |= {f"/story?page={number}": part(number, links=numbers("/story", number + 1)) for number in range(2, 7)}
    with serve(routes) as site:
        assert len(reach(site.url("/story")).later) == 5
        small = reach(site.url("/story"), max_bytes=5000)
        assert 0 < len(small.later) < 5
        assert "left out" in small.notes[0]
        monkeypatch.setattr("archiver.tasks.reaching.going_on.MAX_PAGES", 3)
        capture = reach(site.url("/story"))
        assert len(capture.later) == 2
        assert capture.missing == (site.url("/story?page=4"),)


def test_pages_may_be_left_alone(reach):
    with serve({"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2)}) as site:
        assert reach(site.url("/story"), join_pages=False).later == ()
        assert pages(site) == ["/story"]


def test_all_pages_in_one_are_taken_and_keep_the_address(reach):
    one, two = part(1, links=numbers("/story", 2) + ' <a href="/story/all">View as a single page</a>'), part(2)
    both = Response(str(one.body).replace("</article>", f"{str(two.body).partition('<time')[2].partition('</time>')[2]}"))
    with serve({"/story": one, "/story?page=2": two, "/story/all": both}) as site:
        capture = reach(site.url("/story"))
        assert pages(site) == ["/story", "/story/all"]
        article = read_capture(capture)
        assert article.url == capture.page_url == site.url("/story")
        assert "part b" in article.body.text
        assert "part c" in article.body.text


def test_a_single_page_that_is_none_is_left_for_the_pages(reach):
    one = part(1, links=numbers("/story", 2) + ' <a href="/story/all">View as a single page</a>')
    with serve({"/story": one, "/story?page=2": part(2), "/story/all": part(5)}) as site:
        assert len(reach(site.url("/story")).later) == 1


def test_a_site_rule_leads_to_pages_that_nothing_else_would(reach):
    one = part(1, links='<a class="more" href="/camera">Camera</a>')
    with serve({"/story": one, "/camera": part(2, title="The camera in the test")}) as site:
        assert reach(site.url("/story")).later == ()
        assert len(reach(site.url("/story"), rules="next_page_link: //a[@class='more']").later) == 1


def test_the_password_of_a_page_goes_to_its_further_pages(reach):
    with serve({"/story": part(1, links=numbers("/story", 2)), "/story?page=2": part(2)}) as site:
        reach(site.url("/story", credentials="jo:secret"))
        sent = {request.target: request.header("Authorization") for request in site.requests}
    assert sent["/story?page=2"] == sent["/story"] is not None
    assert sent[ROBOTS] is None


def test_a_fault_of_ours_costs_no_page(reach, monkeypatch):
    def broken(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("archiver.extraction.onward.look", broken)
    with serve({"/story": Response(article_page())}) as site:
        assert "could not be read" in reach(site.url("/story")).notes[0]
