"""Citation styles."""

from __future__ import annotations

import sys

import pytest

from archiver.article import Dates
from archiver.errors import InvalidInput
from archiver.export.reference import references
from archiver.export.styles import ALIASES, styled
from tests.support.exports import article

ONE = article(1, title="Tea & <b>Oak</b>")


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("apa", "de la Cruz, A., & Smith, J. (2026, March 14). Tea & <b>Oak</b>. The Coast Review. https://example.org/1"),
        ("mla", "de la Cruz, Ana, and Jo Smith. “Tea & <b>Oak</b>”. The Coast Review, 14 Mar. 2026"),
        ("chicago", "de la Cruz, Ana, and Jo Smith. 2026. “Tea & <b>Oak</b>”. The Coast Review"),
    ],
)
def test_a_style_is_set(style, begins):
    (entry,) = styled(references([ONE]), style, html=False)
    assert entry.startswith(begins)


@pytest.mark.parametrize("style", ALIASES)
def test_html_is_safe(style):
    (entry,) = styled(references([ONE]), style, html=True)
    assert "Tea &amp; &lt;b&gt;Oak&lt;/b&gt;" in entry
    assert "<b>" not in entry


def test_no_date_is_none():
    (entry,) = styled(references([article(dates=Dates())]), "apa", html=False)
    assert "(n.d.)" in entry


def test_a_bibliography_is_sorted():
    first, second = styled(references([article(1, title="B"), article(2, title="A")]), "apa", html=False)
    assert (". A." in first, ". B." in second) == (True, True)


@pytest.mark.parametrize("style", ["nope", "../../etc/passwd", ""])
def test_a_style_that_is_none(style):
    with pytest.raises(InvalidInput, match="apa, mla"):
        styled(references([ONE]), style, html=False)


def test_without_the_packages_it_says_how_to_get_them(monkeypatch):
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(InvalidInput, match=r"pip install 'archiver\[cite\]'"):
        styled(references([ONE]), "apa", html=False)
