"""What the shell offers while a person types."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def offered(archiver, archive, monkeypatch):
    """offered("show", "7f") is what the shell offers for the last word, each with what is said of it."""

    def ask(*words: str) -> dict[str, str]:
        line = ["archiver", "--archive", str(archive), *words]
        monkeypatch.setenv("_ARCHIVER_COMPLETE", "zsh_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(line))
        monkeypatch.setenv("COMP_CWORD", str(len(line) - 1))
        out = archiver().out.split("\n")[:-1]
        monkeypatch.delenv("_ARCHIVER_COMPLETE")
        return dict(zip(out[1::3], out[2::3], strict=True))

    return ask


@pytest.fixture
def ids(filled):
    return {row["title"]: row["id"] for row in json.loads(filled("list", "--json").out)}


def test_commands_are_offered(offered):
    assert set(offered("sh")) == {"show"}


def test_ids_are_offered_with_their_titles(offered, ids):
    for title, article_id in ids.items():
        assert offered("show", article_id[:6]) == {article_id[:10]: title}
    assert set(offered("why", "z")) == set()


def test_an_index_is_made_where_there_is_none(archive, offered, ids):
    for path in archive.glob("index.sqlite3*"):
        path.unlink()
    assert set(offered("show", "").values()) == set(ids)


def test_tags_are_offered(filled, offered, ids):
    filled("tag", next(iter(ids.values())), "Tides", "harbour")
    assert set(offered("list", "--tag", "ti")) == {"Tides"}
    assert set(offered("tag", "x", "h")) == {"harbour"}


def test_feeds_are_offered(archive, offered):
    archive.mkdir()
    (archive / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline text="Example News" type="rss" xmlUrl="https://a.example/feed"/></body></opml>'
    )
    assert offered("sync", "Exa") == {"Example News": "https://a.example/feed"}
    assert set(offered("sync", "https://a")) == {r"https\://a.example/feed"}, "zsh parts what is said by a colon"


def test_an_archive_that_cannot_be_read_offers_nothing(archive, offered):
    archive.mkdir()
    (archive / "feeds.opml").mkdir()
    assert offered("sync", "Exa") == {}
    assert offered("show", "7f") == {}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_asks_the_program(archiver, shell):
    out = archiver("completion", shell).out
    assert f"_ARCHIVER_COMPLETE={shell}_complete" in out
