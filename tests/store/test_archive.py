from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver import urls
from archiver.article import Author, Body, CaptureIdentity, Dates
from archiver.capture import SavedPage
from archiver.errors import AmbiguousId, ArchiveUnwritable, InvalidInput, LockHeld, NotInArchive, RecordDamaged, StoreError
from archiver.store import Filters, Store, lock
from tests.store.conftest import URL, make_article, make_capture, make_exchange, titles

ID = urls.article_id(URL)


def test_what_was_saved_is_loaded(store):
    article = make_article()
    path = store.save(article)
    assert path == store.root / f"articles/news.example.org/2026-11-20-tides-of-the-north-{ID}.json"
    assert store.load(ID) == article
    assert store.path(ID) == path
    assert titles(store) == ["Tides of the north"]


def test_an_archive_that_is_not_there_reads_as_empty(tmp_path):
    with Store.open(tmp_path / "none", create=False) as store:
        assert titles(store) == []
        assert list(store.search("x", Filters())) == []
        with pytest.raises(NotInArchive):
            store.find(URL)
        with pytest.raises(StoreError):
            store.save(make_article())
    assert not (tmp_path / "none").exists()


def test_a_later_record_makes_the_earlier_a_version_and_keeps_the_file_name(store):
    first, second = make_article(), make_article(title="Another title", text="It fell.", fetched_at="2026-11-24T00:00:00Z")
    path = store.save(first)
    before = path.read_bytes()
    assert store.save(second) == path
    assert store.load(ID) == second
    (version,) = store.versions(ID)
    assert version.name == "20261123T081400Z.json"
    assert version.read_bytes() == before
    assert store.newest_version(ID) == first
    assert titles(store) == ["Another title"]


def test_versions_of_one_second_do_not_overwrite_each_other(store):
    for number in range(4):
        store.save(make_article(text=f"Text {number}."))
    assert [json.loads(path.read_text())["body"]["text"] for path in store.versions(ID)] == ["Text 0.", "Text 1.", "Text 2."]


def test_the_tenth_version_of_one_second_comes_after_the_second(store):
    texts = [f"Text {number}." for number in range(13)]
    for text in texts:
        store.save(make_article(text=text))
    assert [json.loads(path.read_text())["body"]["text"] for path in store.versions(ID)] == texts[:-1]
    assert store.newest_version(ID).body.text == "Text 11."


def test_a_save_waits_for_the_disk_no_more_often_than_its_order_needs(store, monkeypatch):
    """Each file once, and once the folder of its name; the index not at all, which comes back from the records."""
    store.save_capture(make_capture(), ID)
    store.save(make_article("https://news.example.org/2026/other"))  # the folders are there, and the index
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    store.save_capture(make_capture(), ID)
    assert len(flushed) == 2
    store.save(make_article())
    assert len(flushed) == 4


def test_saving_the_same_record_again_makes_no_version(store):
    store.save(make_article())
    store.save(make_article())
    assert store.versions(ID) == ()


def with_key(path, **keys):
    path.write_text(json.dumps(json.loads(path.read_text()) | keys, ensure_ascii=False, indent=2) + "\n")


def test_keys_of_the_users_own_go_along_with_the_article(store):
    path = store.save(make_article())
    with_key(path, rating={"stars": "★"}, shelf=["a"])
    store.save(make_article())
    assert not store.versions(make_article().id), "it says the same"
    store.save(make_article(text="It fell."))
    document = json.loads(path.read_text())
    assert (document["rating"], document["shelf"], document["body"]["text"]) == ({"stars": "★"}, ["a"], "It fell.")
    (version,) = store.versions(make_article().id)
    assert json.loads(version.read_text())["shelf"] == ["a"]


def test_what_a_later_version_said_of_another_capture_stays_with_that(store):
    path = store.save(make_article())
    with_key(path, mood="calm", archiver="99.0")
    store.save(make_article(text="It fell."))
    assert "mood" not in json.loads(path.read_text())
    (version,) = store.versions(make_article().id)
    assert json.loads(version.read_text())["mood"] == "calm"


def test_a_record_that_must_not_supersede_is_kept_beside(store):
    store.save(make_article())
    worse = make_article(text="Subscribe!", verdict="paywalled", fetched_at="2026-11-25T00:00:00Z")
    store.save_beside(worse)
    assert store.load(ID) == make_article()
    assert store.newest_version(ID) == worse


def test_a_damaged_version_is_passed_over(store):
    store.save(make_article())
    store.save(make_article(text="Second.", fetched_at="2026-11-24T00:00:00Z"))
    store.save(make_article(text="Third.", fetched_at="2026-11-25T00:00:00Z"))
    store.versions(ID)[-1].write_text("{")
    assert store.newest_version(ID) == make_article()


def test_a_record_without_a_capture_can_be_superseded(store):
    store.save(make_article(capture=None))
    store.save(make_article())
    assert store.newest_version(ID) == make_article(capture=None)


def test_a_record_that_the_index_does_not_know_is_not_overwritten(store):
    path = store.save(make_article())
    store._parts.index._opened.contents.forget(str(path.relative_to(store.root)))
    store.save(make_article(text="New."))
    assert store.newest_version(ID) == make_article()


def test_captures_are_stored_and_give_their_page_back(store):
    page = b"<p>The sea rose.</p>"
    stored = store.save_capture(make_capture(), ID)
    file = store.root / stored.warc
    assert stored.warc == f"captures/2026/11/{ID}-20261123T081400Z.warc.gz"
    assert file.stat().st_size == stored.warc_bytes
    assert hashlib.sha256(file.read_bytes()).hexdigest() == stored.warc_sha256
    capture = stored.within(CaptureIdentity("", 200, None, None, len(page), hashlib.sha256(page).hexdigest()))
    article = make_article(capture=capture)
    assert store.payload(article) == page
    again = store.save_capture(make_capture(final=make_exchange(body=b"x")), ID)
    assert again.warc != stored.warc
    store.discard_capture(stored)
    assert not file.exists()
    assert store.payload(article) is None
    assert (store.root / again.warc).exists()


@pytest.mark.parametrize("warc", ["../outside", "/etc/passwd", "captures/../../outside", None])
def test_a_record_cannot_lead_out_of_the_archive(store, warc):
    (store.root.parent / "outside").write_bytes(b"secret")
    digest = hashlib.sha256(b"secret").hexdigest()
    assert store.payload(make_article(capture=CaptureIdentity("", 200, None, None, 6, digest, warc=warc, offset=0))) is None


def test_a_saved_page_is_stored(store):
    stored = store.save_capture(SavedPage(URL, make_exchange().started_at, b"<p>Saved.</p>"), ID)
    assert (store.root / stored.warc).is_file()


def test_removing_takes_record_versions_and_captures_of_that_article_alone(store):
    other = make_article("https://example.net/other")
    store.save(other)
    store.save_capture(make_capture(), other.id)
    store.save(make_article())
    store.save(make_article(text="New."))
    store.save_capture(make_capture(), ID)
    store.remove(ID)
    left = [path for path in store.root.rglob("*") if path.is_file() and ID in str(path)]
    assert left == []
    assert titles(store) == [other.title]
    assert len(list(store.root.glob("captures/*/*/*"))) == 1
    with pytest.raises(NotInArchive):
        store.remove(ID)


@pytest.mark.parametrize(
    "name", [ID, ID[:5], ID.upper(), f" {ID} ", URL, "http://www.news.example.org/2026/tides/?utm_source=x"]
)
def test_an_article_is_found_by_id_beginning_and_url(store, name):
    store.save(make_article())
    assert store.find(name) == ID


def test_an_article_is_found_by_the_url_that_was_asked_for(store):
    store.save(make_article(requested_url="https://short.example/x"))
    assert store.find("short.example/x") == ID
    assert store.find(URL) == ID


def test_a_beginning_of_several_is_ambiguous(store):
    for number in range(40):
        store.save(make_article(f"https://example.org/{number}"))
    with pytest.raises(AmbiguousId, match="several articles"):
        store.find("0123456789abcdef"[int(min(urls.article_id("https://example.org/0"))[0], 16)])


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "\0",
        "a\0b",
        "",
        "0" * 16,
        "f" * 99,
        "%",
        "*",
        "x' OR 1=1",
        "\ud800",
        "x" * 10_000,
    ],
)
def test_what_is_not_there_is_not_in_the_archive(store, name):
    store.save(make_article())
    with pytest.raises(NotInArchive):
        store.find(name)
    for ask in (store.load, store.path, store.row, store.remove):
        with pytest.raises(NotInArchive):
            ask(name)
    assert store.newest_version(name) is None


def test_a_part_of_an_id_removes_nothing(store):
    store.save(make_article())
    with pytest.raises(NotInArchive):
        store.remove(ID[:4])
    assert store.load(ID)


def test_lists_are_sorted_and_what_is_unknown_comes_last(store):
    days = {"b": "2026-01-02", "a": "2026-03-01T10:00:00Z", "c": None}
    for hour, (title, day) in enumerate(days.items()):
        fetched = f"2026-11-23T0{hour}:00:00Z"
        store.save(make_article(f"https://{title}.example/", title=title, dates=Dates(published=day), fetched_at=fetched))
    assert titles(store) == ["c", "a", "b"]
    assert titles(store, sort="published") == ["a", "b", "c"]
    assert titles(store, sort="published", reverse=True) == ["b", "a", "c"]
    assert titles(store, sort="title", limit=2) == ["a", "b"]
    assert titles(store, sort="host", reverse=True) == ["c", "b", "a"]


def test_of_two_fetched_in_one_second_the_one_saved_last_is_the_newest(store):
    expected = [str(number) for number in reversed(range(8))]
    for title in reversed(expected):
        path = store.save(make_article(f"https://example.org/{title}", title=title))
        os.utime(path, ns=(0, 10**9 * (int(title) + 1)))
    assert titles(store) == expected
    assert titles(store, reverse=True) == expected[::-1]
    (store.root / "index.sqlite3").unlink()
    store.close()
    assert titles(store) == expected


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(host="example.org"), True),
        (Filters(host="NEWS.example.org."), True),
        (Filters(host="ample.org"), False),
        (Filters(host="ews.example.org"), False),
        (Filters(host="%.org"), None),
        (Filters(author="zoe angstrom"), True),
        (Filters(author="ÅNG"), True),
        (Filters(author="%"), False),
        (Filters(published_since="2026-11-20", published_until="2026-11-20"), True),
        (Filters(published_since="2026-11-21"), False),
        (Filters(published_until="2026-11-19"), False),
        (Filters(fetched_since="2026-11-23", fetched_until="2026-11-23"), True),
        (Filters(fetched_since="2026-11-24"), False),
        (Filters(author="\ud800\0'"), False),
    ],
)
def test_filters_let_through_what_they_say(store, filters, found):
    store.save(make_article())
    if found is None:
        with pytest.raises(InvalidInput):
            titles(store, filters)
    else:
        assert bool(titles(store, filters)) is found
        assert bool(list(store.search("sea", filters))) is found


def test_a_title_counts_more_than_a_body_in_a_search(store):
    store.save(make_article("https://a.example/", title="Other", text="The glacier melts, a glacier. " * 3))
    store.save(make_article("https://b.example/", title="The glacier", text="It melts."))
    hits = list(store.search("glacier", Filters()))
    assert [hit.row.title for hit in hits] == ["The glacier", "Other"]
    assert ("glacier", True) in hits[1].excerpt
    assert hits[1].plain_excerpt.startswith("The glacier melts")
    assert len(list(store.search("glacier", Filters(), limit=1))) == 1


def test_chinese_is_searched_by_words_and_shown_as_written(store):
    store.save(make_article(title="新闻", text="科学家发现了量子纠缠的新现象。"))
    (hit,) = store.search("量子纠缠", Filters())
    assert hit.plain_excerpt == "科学家发现了量子纠缠的新现象。"
    assert ("量子纠缠", True) in hit.excerpt


@pytest.mark.parametrize("words", ['a"b', "NEAR(", "title:", "*", "\0", "x" * 1_000_000, '"', "AND OR NOT", "\ud800"])
def test_any_text_can_be_searched_for(store, words):
    store.save(make_article())
    list(store.search(words, Filters()))


TEXTS = st.text(max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(title=TEXTS, byline=TEXTS, name=TEXTS, text=TEXTS, language=TEXTS)
def test_any_article_is_saved_listed_and_loaded(store, title, byline, name, text, language):
    article = make_article(title=title, byline=byline, authors=(Author(name),), body=Body(text, "", 1), language=language)
    store.save(article)
    (row,) = store.rows(Filters())
    assert row.title == title
    assert store.load(ID) == article


def test_nobody_else_can_read_the_archive(store):
    store.save(make_article())
    store.save_capture(make_capture(), ID)
    titles(store)
    modes = {path.relative_to(store.root): stat.S_IMODE(path.stat().st_mode) for path in [store.root, *store.root.rglob("*")]}
    lax = [str(path) for path, mode in modes.items() if mode & 0o077]
    assert lax == []


def test_a_second_writer_waits_and_is_told_who_writes(store, monkeypatch):
    holder = (
        "import sys; from pathlib import Path; from archiver.store import Store\n"
        "with Store.open(Path(sys.argv[1]), create=False).writing():\n  print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(store.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.1)
    with pytest.raises(LockHeld, match=f"process {process.pid} since"):
        store.save(make_article())
    assert titles(store) == []  # readers do not wait
    process.kill()
    process.communicate()
    store.save(make_article())
    assert titles(store) == ["Tides of the north"]


def test_the_lock_may_be_nested_and_sweeps_up_after_the_dead(store):
    (store.root / "tmp").mkdir()
    (store.root / "tmp/123-dead").write_bytes(b"half")
    with store.writing(), store.writing():
        store.save(make_article())
    assert list((store.root / "tmp").iterdir()) == []


def test_a_record_that_cannot_be_read_is_not_superseded(store, notes):
    path = store.save(make_article())
    path.write_bytes(b"{half")
    with pytest.raises(RecordDamaged):
        store.save(make_article(text="New."))
    assert path.read_bytes() == b"{half"


def test_a_damaged_record_can_be_found_and_removed(store):
    store.save(make_article()).write_bytes(b"")
    assert store.find(ID[:6]) == ID
    assert store.row(ID) is None
    with pytest.raises(RecordDamaged):
        store.load(ID)
    store.remove(ID)
    assert titles(store) == []


def test_a_link_in_the_place_of_a_record_is_not_followed(store, tmp_path):
    path = store.save(make_article())
    outside = tmp_path / "outside"
    path.rename(outside)
    path.symlink_to(outside)
    for ask in (store.load, lambda _: store.save(make_article(text="New."))):
        with pytest.raises(StoreError, match="symbolic link"):
            ask(ID)
    assert json.loads(outside.read_text())["title"] == "Tides of the north"


@pytest.mark.parametrize("name", ["articles/news.example.org", "articles", "versions", "captures", f"versions/{ID}"])
def test_nothing_is_changed_behind_a_link(store, tmp_path, name):
    store.save(make_article())
    store.save(make_article(text="New."))
    store.save_capture(make_capture(), ID)
    place, outside = store.root / name, tmp_path / "outside"
    place.rename(outside)
    place.symlink_to(outside)
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    store.close()
    for change in (lambda: store.remove(ID), lambda: store.save(make_article(text="Newer."))):
        with contextlib.suppress(StoreError):
            change()
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before


def test_an_article_without_an_id_is_a_mistake(store):
    with pytest.raises(ValueError, match="not an article ID"):
        store.save(make_article(id=None))


def test_an_archive_that_cannot_be_written_says_so_at_once(tmp_path, monkeypatch):
    (tmp_path / "archive").mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ArchiveUnwritable, match="Permission denied"):
        Store.open(tmp_path / "archive", create=True)


def test_importing_the_store_is_light():
    code = "import sys, archiver.store; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "warcio",
        "filelock",
        "requests",
        "bs4",
        "selectolax",
        "rich",
        "click",
        "sqlite3",
        "archiver.record",
        "archiver.article",
    }
    assert heavy & set(loaded) == set()
