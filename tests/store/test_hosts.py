"""When each host may be asked next: kept for every run, given to one at a time, and nothing that anything depends on."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from archiver.store.hosts import CLOCK_SECONDS, FILE_NAME, KEPT_SECONDS, Hosts, Turn

NOW = 1_800_000_000.0
A = "a.example"


@pytest.fixture
def hosts(tmp_path):
    opened = Hosts(tmp_path)
    yield opened
    opened.close()


def reserve(hosts, host=A, *, now=NOW, pace=1.0, within=100.0):
    return hosts.reserve(host, now, pace, now + within).at - NOW


def test_turns_are_a_pace_apart_whoever_takes_them(hosts, tmp_path):
    other = Hosts(tmp_path)  # as another process would
    assert [reserve(hosts), reserve(other), reserve(hosts), reserve(other)] == [0, 1, 2, 3]
    other.close()
    again = Hosts(tmp_path)
    assert reserve(again, now=NOW + 0.5) == 4
    again.close()


def test_hosts_have_turns_of_their_own(hosts):
    assert [reserve(hosts), reserve(hosts, "b.example")] == [0, 0]


def test_a_host_that_was_left_alone_long_enough_may_be_asked_at_once(hosts):
    reserve(hosts)
    assert reserve(hosts, now=NOW + 60) == 60
    assert reserve(hosts, now=NOW + 60) == 61


def test_a_turn_that_comes_too_late_is_not_taken(hosts):
    for _ in range(3):
        reserve(hosts)
    assert reserve(hosts, within=2.5) == 3
    assert reserve(hosts, within=3) == 3, "nobody took it"
    assert reserve(hosts) == 4


def test_after_a_slow_answer_the_host_is_left_alone_for_a_pace(hosts):
    assert reserve(hosts) == 0
    hosts.answered(A, NOW + 5, 1.0)
    assert [reserve(hosts, now=NOW + 5), reserve(hosts, now=NOW + 5)] == [6, 7]
    hosts.answered(A, NOW + 6.1, 1.0)
    assert reserve(hosts, now=NOW + 6.1) == 8, "turns that were given stand"


def test_without_a_pace_nothing_is_reserved(hosts):
    assert [reserve(hosts, pace=0), reserve(hosts, pace=0), reserve(hosts)] == [0, 0, 0]


def test_a_host_that_asked_to_wait_has_no_turn_before(hosts):
    hosts.refused(A, NOW, lambda _: 30)
    assert hosts.reserve(A, NOW, 0, NOW) == Turn(NOW + 30, refused=True)
    assert reserve(hosts) == 30
    assert hosts.reserve(A, NOW, 1, NOW) == Turn(NOW + 31, refused=False)
    assert hosts.not_before(A, NOW) == NOW + 30


def test_a_shorter_wait_does_not_take_back_a_longer_one(hosts):
    hosts.refused(A, NOW, lambda _: 30)
    hosts.refused(A, NOW, lambda _: 5)
    assert hosts.not_before(A, NOW) == NOW + 30


def test_refusals_are_counted_until_the_host_answers(hosts):
    told: list[int] = []

    def wait(before):
        told.append(before)
        return 1.0

    for _ in range(3):
        hosts.refused(A, NOW, wait)
    hosts.answered(A, NOW, 0)
    hosts.refused(A, NOW, wait)
    assert told == [0, 1, 2, 0]


def test_no_wait_is_longer_than_what_is_kept(hosts):
    hosts.refused(A, NOW, lambda _: 1e12)
    assert hosts.not_before(A, NOW) == NOW + KEPT_SECONDS


def test_what_was_noted_before_the_clock_was_set_back_is_void(hosts):
    hosts.refused(A, NOW, lambda _: 3600)
    assert reserve(hosts, now=NOW - CLOCK_SECONDS / 2) == 3600
    assert reserve(hosts, now=NOW - 7200) == -7200


def test_what_is_old_is_dropped(hosts, tmp_path):
    reserve(hosts, "old.example")
    reserve(hosts, "new.example", now=NOW + KEPT_SECONDS)
    hosts.forget_old(NOW + KEPT_SECONDS + 1)
    db = sqlite3.connect(tmp_path / FILE_NAME)
    assert db.execute("SELECT host FROM hosts").fetchall() == [("new.example",)]
    db.close()


def test_no_more_robots_txt_are_kept_than_are_useful(hosts, monkeypatch):
    monkeypatch.setattr("archiver.store.hosts.MAX_ROBOTS", 3)
    for number in range(5):
        hosts.keep_robots(f"http://{number}.example", "", NOW + number)
    kept = [number for number in range(5) if hosts.robots(f"http://{number}.example", NOW, NOW + 10) is not None]
    assert kept == [2, 3, 4]


def test_robots_txt_that_is_too_old_counts_for_nothing(hosts):
    hosts.keep_robots("http://a.example", "x", NOW)
    assert hosts.robots("http://a.example", NOW, NOW) == "x"
    assert hosts.robots("http://a.example", NOW + 1, NOW + 1) is None
    hosts.forget_old(NOW + KEPT_SECONDS + 1)
    assert hosts.robots("http://a.example", NOW, NOW) is None


def test_threads_and_connections_never_get_the_same_turn(tmp_path):
    opened = [Hosts(tmp_path) for _ in range(2)]
    turns: list[float] = []
    threads = [
        threading.Thread(target=lambda mine=mine: turns.extend(reserve(mine, within=1000) for _ in range(20)))
        for mine in opened * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in opened:
        one.close()
    assert sorted(turns) == list(range(80))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_file_begins_anew(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    for _ in range(2):
        hosts = Hosts(tmp_path)
        last = reserve(hosts)
        hosts.close()
    assert last == 1


def test_another_programs_database_makes_room(tmp_path):
    db = sqlite3.connect(tmp_path / FILE_NAME)
    db.execute("CREATE TABLE hosts (host, moment)")
    db.close()
    hosts = Hosts(tmp_path)
    assert [reserve(hosts), reserve(hosts)] == [0, 1]
    hosts.close()


def test_the_file_may_be_damaged_while_it_is_open(hosts, tmp_path):
    reserve(hosts)
    hosts._db.execute("DROP TABLE hosts")
    assert [reserve(hosts), reserve(hosts)] == [0, 1]


def test_where_nothing_can_be_written_the_turns_are_kept_for_this_run(tmp_path):
    hosts = Hosts(tmp_path / "there is no such directory")
    assert [reserve(hosts), reserve(hosts)] == [0, 1]
    hosts.close()
