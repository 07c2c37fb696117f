"""What hosts want left alone, against servers on loopback."""

from __future__ import annotations

import gzip
import time

import pytest

from archiver.errors import ConnectionFailed, Disallowed, FetchError, HttpStatus, NotYet
from archiver.fetch import MAX_ROBOTS_BYTES, fetch
from archiver.settings import Settings
from archiver.store import Store
from archiver.tasks.manners.pace import Pace
from archiver.tasks.manners.robots import KEPT_SECONDS, LONGEST_DELAY_SECONDS, Obedient, Robots, parsed
from tests.support.articles import article_page
from tests.support.servers import Response, Route, redirect, serve, serve_raw

PRIVATE = "User-agent: *\nDisallow: /private\nAllow: /private/open\n"


class Clock:
    """The real time, and what was added to it."""

    def __init__(self):
        self.ahead = 0.0

    def __call__(self):
        return time.time() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, timeout_seconds=5, allow_private=("127.0.0.0/8",))


@pytest.fixture
def robots(store, settings, clock):
    return Robots(store, settings, Pace(store, None, clock=clock), clock=clock)


def text(rules):
    return Response(rules, content_type="text/plain")


def allows(robots, url):
    try:
        robots.demand(url, "127.0.0.1", 5)
    except Disallowed:
        return False
    return True


def test_what_a_host_wants_left_alone_is(robots):
    with serve({"/robots.txt": text(PRIVATE)}) as site:
        paths = ["/", "/private", "/private/x", "/private/open/x", "/public?x=/private", "/robots.txt"]
        assert [allows(robots, site.url(path)) for path in paths] == [True, False, False, True, True, True]
        assert site.targets == ["/robots.txt"]


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: archiver\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        ("User-agent: ARCHIVER\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        ("User-agent: other\nDisallow: /\n", True),
        ("User-agent: other\nUser-agent: archiver\nDisallow: /\n", False),
        ("User-agent: archiver # us\nDisallow: /a$\n", False),
        ("User-agent: arch\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /*/b\nDisallow: /a/\n", True),
        ("User-agent: *\nDisallow:\n", True),
        ("Disallow: /\n", True),
        ("User-agent:\nUser-agent: *\nDisallow: /\n", False),
        ("User-agent: *\n\nDisallow: /\n", False),
        ("<!doctype html><title>Not here</title><p>User-agent: nobody", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("User-agent: *\nDisallow: /\nAllow: /a\n", True),
    ],
)
def test_rules_are_read_as_the_rfc_says(robots, rules, allowed):
    with serve({"/robots.txt": text(rules)}) as site:
        assert allows(robots, site.url("/a")) is allowed


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410])
def test_a_host_without_rules_allows_everything(robots, status):
    with serve({"/robots.txt": Response(status=status)}) as site:
        assert allows(robots, site.url("/a"))
        assert allows(robots, site.url("/b"))
        assert site.targets == ["/robots.txt"]


def test_redirects_without_end_are_no_rules(robots):
    with serve({"/robots.txt": redirect("/robots.txt")}) as site:
        assert allows(robots, site.url("/a"))
    with serve({f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/robots.txt": redirect("/0")}) as site:
        assert allows(robots, site.url("/a"))
        assert len(site.targets) == 6


def test_rules_may_stand_elsewhere(robots):
    with serve({"/r": text(PRIVATE), "/robots.txt": redirect("/r")}) as site:
        assert not allows(robots, site.url("/private"))


@pytest.mark.parametrize("status", [500, 502])
def test_a_host_whose_rules_cannot_be_had_allows_nothing_for_now(robots, status):
    routes: dict[str, Route] = {"/robots.txt": Response(status=status)}
    with serve(routes) as site:
        with pytest.raises(HttpStatus, match=r"robots\.txt cannot be had, so nothing may be fetched: the host answered 50"):
            robots.demand(site.url("/a"), "127.0.0.1", 5)
        routes["/robots.txt"] = Response(status=404)
        assert allows(robots, site.url("/a")), "it is not remembered"


def test_a_host_that_is_gone_allows_nothing(robots):
    with serve({}) as site:
        url = site.url("/a")
    with pytest.raises(ConnectionFailed, match=r"robots\.txt"):
        robots.demand(url, "127.0.0.1", 5)


def test_a_host_that_hangs_costs_the_time_that_was_given(robots):
    def hangs(connection):
        connection.wait()

    with serve_raw(hangs) as site, pytest.raises(FetchError, match=r"0\.2 s"):
        robots.demand(site.url("/a"), "127.0.0.1", 0.2)


def test_a_host_that_asks_to_wait_for_its_rules_is_left_alone(robots):
    with serve({"/robots.txt": Response(status=429, headers=(("Retry-After", "3600"),))}) as site:
        with pytest.raises(HttpStatus):
            robots.demand(site.url("/a"), "127.0.0.1", 5)
        with pytest.raises(NotYet):
            robots.demand(site.url("/b"), "127.0.0.1", 5)
        assert site.targets == ["/robots.txt"]


def test_rules_are_kept_for_a_day_and_for_every_run(robots, store, settings, clock):
    routes: dict[str, Route] = {"/robots.txt": text(PRIVATE)}
    with serve(routes) as site:
        assert not allows(robots, site.url("/private"))
        routes["/robots.txt"] = text("")
        with Store.open(store.root, create=True) as other:
            later = Robots(other, settings, Pace(other, None, clock=clock), clock=clock)
            assert not allows(later, site.url("/private"))
            clock.ahead = KEPT_SECONDS + 60
            assert allows(later, site.url("/private"))


def test_each_origin_has_rules_of_its_own(robots):
    with serve({"/robots.txt": text(PRIVATE)}) as one, serve({"/robots.txt": text("")}) as other:
        assert not allows(robots, one.url("/private"))
        assert allows(robots, other.url("/private"))


def test_rules_without_end_are_read_as_far_as_is_usual(robots):
    def endless(connection):
        connection.read_request()
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + PRIVATE.encode())
        connection.flood(b"# and so on\n" * 1000)

    with serve_raw(endless) as site:
        assert not allows(robots, site.url("/private"))
        assert allows(robots, site.url("/public"))


def test_a_bomb_is_read_as_far_as_is_usual(robots, store):
    bomb = gzip.compress(PRIVATE.encode() + b"\n" * 50 * MAX_ROBOTS_BYTES)
    with serve({"/robots.txt": Response(bomb, headers=(("Content-Encoding", "gzip"),))}) as site:
        assert not allows(robots, site.url("/private"))
        kept = store.hosts.robots(site.url("").rstrip("/"), 0, time.time())
    assert len(kept) == MAX_ROBOTS_BYTES


@pytest.mark.parametrize(
    "spelt", ["User-agent: a{}", "useragent a{}", "User Agent:a{}", "user  agent\ta{}", "\x85 USER-AGENT : a{}"]
)
def test_a_file_that_names_thousands_of_others_costs_no_more(spelt):
    agents = "\n".join(spelt.format(number) for number in range(5000))
    rules = parsed(f"{agents}\nDisallow: /\nUser-agent: *\nDisallow: /b", "archiver")
    assert len(rules._user_agents) == 2
    assert [rules.can_fetch(path, "archiver") for path in ("/a", "/b")] == [True, False]


@pytest.mark.parametrize(("said", "kept"), [("5", 5), ("0.5", 0.5), ("86400", LONGEST_DELAY_SECONDS), ("nan", 0), ("soon", 0)])
def test_the_pace_that_a_host_asks_for_is_kept(robots, store, clock, said, kept):
    with serve({"/robots.txt": text(f"User-agent: *\nCrawl-delay: {said}\n")}) as site:
        assert allows(robots, site.url("/a"))
    assert store.hosts.delay("127.0.0.1", clock()) == kept
    store.hosts.slow_down("a.example", clock(), kept)
    assert Pace(store, None).of_host("a.example") == max(1, kept)
    assert Pace(store, 0.1).of_host("a.example") == max(0.1, kept)
    assert Pace(store, None).of_host("127.0.0.1") == 0


def test_a_pace_that_is_asked_for_no_more_is_forgotten(robots, store, clock):
    routes: dict[str, Route] = {"/robots.txt": text("User-agent: *\nCrawl-delay: 5\n")}
    with serve(routes) as site:
        allows(robots, site.url("/a"))
        routes["/robots.txt"] = text("")
        clock.ahead = KEPT_SECONDS + 60
        allows(robots, site.url("/a"))
    assert store.hosts.delay("127.0.0.1", clock()) == 0


def test_every_hop_of_a_fetch_goes_by_the_rules_of_its_host(robots, store, settings, clock):
    with serve({"/robots.txt": text(PRIVATE), "/private": Response(article_page())}, address="127.0.0.2") as there:
        routes = {"/a": redirect(there.url("/private")), "/b": Response(article_page())}
        with serve(routes) as here:
            turns = Obedient(robots, Pace(store, None, clock=clock), "127.0.0.1")
            assert fetch(here.url("/b"), settings, turns=turns).final.status == 200
            with pytest.raises(Disallowed, match="redirected to") as raised:
                fetch(here.url("/a"), settings, turns=turns)
            assert raised.value.subject == here.url("/a")
            assert there.targets == ["/robots.txt"]


def test_no_host_that_is_not_public_is_asked_for_its_rules(robots, store, tmp_path):
    strict = Settings(home=tmp_path, timeout_seconds=5)
    pace = Pace(store, None)
    with serve({}, address="127.0.0.2") as there, serve({"/a": redirect(there.url("/x"))}) as here:
        turns = Obedient(Robots(store, strict, pace), pace, "127.0.0.1")
        with pytest.raises(FetchError, match="loopback address"):
            fetch(here.url("/a"), strict, turns=turns)
        assert there.targets == []
