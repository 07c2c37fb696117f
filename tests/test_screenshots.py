"""The pictures of the page of statistics can be taken again."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import screenshots  # noqa: E402

from tests.support.browser import chromium  # noqa: E402


def test_each_picture_is_shown_and_small():
    text = (ROOT / "docs" / "stats.md").read_text(encoding="utf-8")
    for scheme in screenshots.SCHEMES:
        assert f"(pictures/stats-{scheme}.png)" in text
        assert (screenshots.PICTURES / f"stats-{scheme}.png").stat().st_size < 100_000
    assert "tools/screenshots.py" in text


def test_the_archive_is_the_same_each_time(monkeypatch):
    monkeypatch.setattr(screenshots, "ARTICLES", 20)
    assert list(screenshots.articles()) == list(screenshots.articles())


def test_where_there_is_no_browser_that_is_said(monkeypatch, capsys):
    monkeypatch.delenv(screenshots.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    assert screenshots.main() == 1
    assert "no Chromium on the PATH" in capsys.readouterr().out


def test_a_browser_takes_them(monkeypatch, tmp_path):
    monkeypatch.setattr(screenshots, "ARTICLES", 20)
    page = tmp_path / "stats.html"
    page.write_text(screenshots.page_of_statistics(tmp_path / "archive"), encoding="utf-8")
    for scheme in screenshots.SCHEMES:
        screenshots.take(chromium(), page, tmp_path / f"{scheme}.png", scheme)
    light, dark = ((tmp_path / f"{scheme}.png").read_bytes() for scheme in screenshots.SCHEMES)
    assert light[:4] == dark[:4] == b"\x89PNG"
    assert light != dark
