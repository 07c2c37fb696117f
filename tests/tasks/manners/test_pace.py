"""The pace of hosts, with a clock of our own."""

from __future__ import annotations

import pytest

from archiver.errors import NotYet
from archiver.fetch import fetch
from archiver.settings import Settings
from archiver.store import Store
from archiver.tasks.manners.pace import FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, Pace
from tests.support.articles import article_page
from tests.support.servers import Response, Route, redirect, serve

NOW = 1_800_000_000.0
DAY = 24 * 60 * 60
URL = "https://a.example/page"


class Clock:
    """Tells the time; it passes only when somebody sleeps. `on_sleep` is called once, while he does."""

    def __init__(self):
        self.now = NOW
        self.slept = []
        self.on_sleep = lambda: None

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.on_sleep, call = lambda: None, self.on_sleep
        call()
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as opened:
        opened.hosts.forget_old(NOW)
        yield opened


@pytest.fixture
def pace(store, clock):
    return Pace(store, None, clock=clock, sleep=clock.sleep)


def refuse(pace, seconds, url=URL):
    pace.answered(url, asks_to_wait=True, seconds=seconds)


def test_requests_to_a_host_are_a_pace_apart(pace, clock):
    for _ in range(3):
        pace.take(URL, 30)
    pace.take("https://b.example/", 30)
    assert clock.slept == [1, 1]


def test_another_run_goes_by_the_same_pace(pace, store, clock, tmp_path):
    pace.take(URL, 30)
    with Store.open(store.root, create=True) as other:
        Pace(other, None, clock=clock, sleep=clock.sleep).take(URL, 30)
    assert clock.slept == [1]


def test_the_turn_is_reserved_before_the_waiting(pace, store, clock):
    pace.take(URL, 30)
    moments = []

    def other_run():
        with Store.open(store.root, create=True) as other:
            moments.append(other.hosts.reserve("a.example", clock(), 1.0, clock() + 30).at)

    clock.on_sleep = other_run
    pace.take(URL, 30)
    assert moments == [NOW + 2]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.10:8080", "localhost", "dev.localhost", "[::1]:80", "[::ffff:127.0.0.1]"]
)
def test_on_loopback_no_pace_is_kept(pace, clock, host):
    for _ in range(3):
        pace.take(f"http://{host}/", 30)
    assert clock.slept == []


def test_a_pace_that_was_set_is_kept_on_loopback_too(store, clock):
    pace = Pace(store, 0.25, clock=clock, sleep=clock.sleep)
    for url in (URL, "http://127.0.0.1/"):
        pace.take(url, 30)
        pace.take(url, 30)
    assert clock.slept == [0.25, 0.25]


def test_a_turn_beyond_the_time_limit_is_an_error_that_says_when(pace, clock):
    for _ in range(3):
        pace._hosts.reserve("a.example", NOW, 1.0, NOW + 30)
    with pytest.raises(NotYet, match=r"may be asked at 2027-01-15 08:00:03 UTC .*--timeout") as raised:
        pace.take(URL, 2)
    assert (clock.slept, raised.value.wait_seconds, raised.value.host) == ([], 3, "a.example")


def test_a_host_that_asks_to_wait_is_waited_for_where_that_is_short(pace, clock):
    refuse(pace, 20)
    pace.take(URL, 30)
    assert clock.slept == [20]


def test_a_host_that_asks_to_wait_longer_is_an_error_that_says_when(pace, clock):
    refuse(pace, 3600)
    with pytest.raises(NotYet, match="asked to be left alone until 2027-01-15 09:00:00 UTC"):
        pace.take(URL, 30)
    clock.now += 3600
    pace.take(URL, 30)
    assert clock.slept == []


def test_a_host_that_asks_somebody_else_to_wait_meanwhile_is_left_alone(pace, clock):
    pace.take(URL, 30)
    clock.on_sleep = lambda: refuse(pace, 10)
    pace.take(URL, 30)
    assert clock.slept == [1, 9]


@pytest.mark.parametrize(("asked", "kept"), [(1, 1), (120, 120), (DAY, DAY), (10 * DAY, DAY)])
def test_what_a_host_asks_for_is_clamped(pace, store, asked, kept):
    refuse(pace, asked)
    assert store.hosts.not_before("a.example", NOW) == NOW + kept


@pytest.mark.parametrize("nothing", [None, 0, -5])
def test_a_host_that_does_not_say_how_long_is_left_alone_twice_as_long_each_time(pace, store, clock, nothing):
    waits = []
    for _ in range(12):
        refuse(pace, nothing)
        waits.append(store.hosts.not_before("a.example", clock.now) - clock.now)
        clock.now = NOW + sum(waits)
    assert waits[:3] == [FIRST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2, FIRST_WAIT_SECONDS * 4]
    assert waits[-1] == LONGEST_WAIT_SECONDS
    pace.answered(URL, asks_to_wait=False, seconds=None)
    refuse(pace, nothing)
    assert store.hosts.not_before("a.example", clock.now) == clock.now + FIRST_WAIT_SECONDS


def test_each_request_of_a_fetch_takes_its_turn(store, clock, monkeypatch, tmp_path):
    monkeypatch.setattr("archiver.tasks.manners.pace.is_loopback", lambda host: host == "127.0.0.3")
    pace = Pace(store, None, clock=clock, sleep=clock.sleep)
    settings = Settings(home=tmp_path, allow_private=("127.0.0.0/8",))
    routes: dict[str, Route] = {}
    with serve({"/a": Response(article_page())}, address="127.0.0.2") as there, serve(routes) as here:
        routes |= {"/": redirect(here.url("/2")), "/2": redirect(there.url("/a"))}
        fetch(here.url("/"), settings, turns=pace)
        fetch(there.url("/a"), settings, turns=pace)
    assert clock.slept == [1, pytest.approx(1)]
    assert store.hosts.reserve("127.0.0.1", NOW, 1.0, NOW + 9).at == NOW + 2


def test_a_refusal_on_the_way_counts_for_the_host_that_gave_it(store, clock, tmp_path):
    pace = Pace(store, None, clock=clock, sleep=clock.sleep)
    settings = Settings(home=tmp_path, allow_private=("127.0.0.0/8",))
    routes: dict[str, Route] = {}
    busy = Response(status=429, headers=(("Retry-After", "3600"),))
    with serve({"/a": busy, "/b": Response(article_page())}, address="127.0.0.2") as there, serve(routes) as here:
        routes |= {"/": redirect(there.url("/a")), "/2": Response(article_page())}
        with pytest.raises(Exception, match="429"):
            fetch(here.url("/"), settings, turns=pace)
        with pytest.raises(NotYet, match=f": redirected to {there.url('/a')}: ") as raised:
            fetch(here.url("/"), settings, turns=pace)
        assert raised.value.subject == here.url("/")
        fetch(here.url("/2"), settings, turns=pace)
        assert there.targets == ["/a"]
