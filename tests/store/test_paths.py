from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.article import Dates, Source
from archiver.store import paths
from tests.store.conftest import make_article

ID = "7f3a9c2e510b4d66"
LEGAL = re.compile(r"[a-z0-9][a-z0-9TZ._-]*")
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def assert_legal(path: PurePosixPath) -> None:
    assert not path.is_absolute()
    for part in path.parts:
        assert LEGAL.fullmatch(part), part
        assert not part.endswith((".", "-"))
        assert not DEVICE.fullmatch(part), part
        assert len(part.encode()) <= 120


def test_a_record_is_named_after_date_title_and_id():
    article = make_article(title="Review Finds: Łódź isn't Straße", dates=Dates(published="2017-03-18T09:30:00Z"), id=ID)
    assert str(paths.article_file(article)) == f"articles/news.example.org/2017-03-18-review-finds-lodz-isnt-strasse-{ID}.json"


def test_a_long_title_is_cut_between_words():
    slug = paths.slug("word " * 1000)
    assert len(slug) <= paths.MAX_SLUG_CHARACTERS
    assert slug.endswith("-word")


def test_a_title_without_latin_letters_leaves_the_id():
    assert paths.article_file(make_article(title="量子力学", id=ID)).name == f"2026-11-20-{ID}.json"


@pytest.mark.parametrize("host", ["con", "aux.example.org", "LPT1", "nul.", "..", "", "a/b", "[::1]", "x" * 300, "a:b", "."])
def test_every_host_gives_a_legal_folder(host):
    assert_legal(PurePosixPath(paths.host_folder(host)))


def test_long_hosts_that_differ_late_have_different_folders():
    assert paths.host_folder("a" * 200 + ".b") != paths.host_folder("a" * 200 + ".c")


@given(title=st.text(), host=st.text(), published=st.text())
def test_record_names_are_legal_everywhere_and_stay_inside(title, host, published):
    article = make_article(id=ID, title=title, source=Source(host=host), dates=Dates(published=published))
    name = paths.article_file(article)
    assert_legal(name)
    assert name.parts[0] == "articles"
    assert len(name.parts) == 3
    assert paths.id_of(str(name)) == ID


@pytest.mark.parametrize(
    "title", ["CON", "aux.html", "NUL", "a.", "a ", "a:b", "LPT1", "../../x", "-rf", "~", "$(id)", "é" * 500]
)
def test_titles_that_some_system_cannot_bear_give_legal_names(title):
    assert_legal(paths.article_file(make_article(id=ID, title=title)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/Story", "https://example.org/story"),
        ("https://example.org/caf\u00e9", "https://example.org/cafe\u0301"),
        ("https://example.org/a.", "https://example.org/a"),
        ("https://example.org/stra\u00dfe", "https://example.org/strasse"),
    ],
)
def test_addresses_that_differ_have_files_that_differ_on_every_system(one, other):
    first, second = paths.article_file(make_article(one)), paths.article_file(make_article(other))
    assert str(first).casefold() != str(second).casefold()


def test_a_path_below_the_archive_is_short():
    article = make_article(id=ID, title="word " * 1000, source=Source(host="h" * 500))
    assert len(str(paths.article_file(article))) <= 205
    assert (
        len(str(paths.QUARANTINE / "2026-11-25-1" / paths.article_file(article))) <= 230
    )  # Windows: 260 with the archive's own


@given(fetched_at=st.text() | st.datetimes().map(lambda moment: moment.isoformat()), attempt=st.integers(0, 99))
def test_names_of_versions_and_captures_are_legal_everywhere(fetched_at, attempt):
    version = paths.version_file(ID, fetched_at, attempt)
    assert_legal(version)
    assert paths.id_of(str(version)) == ID
    capture = paths.capture_file(ID, fetched_at, attempt)
    assert_legal(capture)
    assert paths.is_capture(str(capture))


def test_times_are_written_in_utc():
    assert str(paths.version_file(ID, "2018-08-08T11:12:44+02:00")) == f"versions/{ID}/20180808T091244Z.json"
    assert str(paths.capture_file(ID, "2026-11-23T08:14:00Z")) == f"captures/2026/11/{ID}-20261123T081400Z.warc.gz"


@pytest.mark.parametrize("article_id", [None, "", "../../etc/passwd", "7F3A9C2E510B4D66", ID + "0", ID + "\n"])
def test_what_is_no_id_names_no_file(article_id):
    with pytest.raises(ValueError, match="not an article ID"):
        paths.article_file(make_article(id=article_id))
    with pytest.raises(ValueError, match="not an article ID"):
        paths.version_file(article_id, None)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "captures/../../x", "articles/a/b.json", "captures\\..\\x", "captures", "captures/\0"]
)
def test_a_record_cannot_name_a_capture_elsewhere(name):
    assert not paths.is_capture(name)


def test_a_capture_is_known_by_its_name():
    assert paths.capture_id(str(paths.capture_file(ID, "2026-11-23T08:14:00Z", 2))) == ID
    assert paths.capture_id(str(paths.capture_file(ID, None))) == ID
    for name in (f"captures/{ID}-x.warc.gz", f"captures/2026/11/{ID}.json", f"captures/2026/11/x/{ID}-1.warc.gz"):
        assert paths.capture_id(name) is None
