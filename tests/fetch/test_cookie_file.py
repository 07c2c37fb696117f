from __future__ import annotations

import pytest

from archiver.errors import InvalidInput
from archiver.fetch import cookie_file
from archiver.fetch.cookie_file import load

GOOD = "site.example\tFALSE\t/\tFALSE\t0\tname\tvalue\n"


@pytest.mark.parametrize(
    "line",
    [
        "name=value",
        "site.example FALSE / FALSE 0 name value",
        "\tFALSE\t/\tFALSE\t0\tname\tvalue",
        "site.example\tFALSE\t/\tFALSE\tsoon\tname\tvalue",
        "site.example\tFALSE\t/\tFALSE\tnan\tname\tvalue",
    ],
)
def test_a_line_that_is_no_cookie_is_named(tmp_path, line):
    path = tmp_path / "cookies.txt"
    path.write_text(f"# a comment\n{GOOD}{line}\n")
    with pytest.raises(InvalidInput, match=r"cookies\.txt: line 3 is no cookie \(.*Netscape"):
        load(path)


def test_an_empty_value_may_have_lost_its_tab(tmp_path):
    path = tmp_path / "cookies.txt"
    path.write_text("site.example\tFALSE\t/\tFALSE\t0\tname\n")
    assert [(cookie.name, cookie.value) for cookie in load(path).of_host("site.example")] == [("name", "")]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        load(tmp_path / "none.txt")


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(cookie_file, "MAX_FILE_BYTES", 10)
    (tmp_path / "cookies.txt").write_text(GOOD)
    with pytest.raises(InvalidInput, match="too large"):
        load(tmp_path / "cookies.txt")


def test_a_file_that_changed_is_read_again(tmp_path):
    path = tmp_path / "cookies.txt"
    path.write_text(GOOD)
    assert list(load(path).of_host("site.example"))
    path.write_text("# none any more\n")
    assert not list(load(path).of_host("site.example"))
