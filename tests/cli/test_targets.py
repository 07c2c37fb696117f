"""What the command line takes for a file and what for a URL."""

from __future__ import annotations

import pytest

from archiver.cli.targets import as_file, one_page
from archiver.errors import InvalidInput, InvalidUrl
from archiver.settings import Settings


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved.html").write_text("<p>x")
    (tmp_path / "folder").mkdir()


def test_a_file_that_is_there_is_a_file():
    assert as_file("saved.html") is not None


@pytest.mark.parametrize("target", ["https://example.org/a", "example.org/a", "example.org"])
def test_an_address_is_a_url(target):
    assert as_file(target) is None


@pytest.mark.parametrize("target", ["missing.html", "folder", "no such thing", ""])
def test_what_is_neither_is_named_with_a_remedy(target):
    with pytest.raises(InvalidInput) as raised:
        as_file(target)
    assert raised.value.remedy


def test_a_name_that_no_file_can_have_is_no_crash():
    with pytest.raises(InvalidUrl):
        as_file("a\0b")


def test_a_file_too_large_to_be_a_page_is_refused(tmp_path):
    huge = tmp_path / "huge.html"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(InvalidInput, match="larger than"):
        one_page(str(huge), None, Settings(home=tmp_path))
