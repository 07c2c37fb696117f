from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from archiver import saved
from archiver.capture import Capture
from archiver.errors import ArchiverError, InvalidInput
from archiver.saved.zipped import Zip
from tests.saved.test_warc import PAGE, Written

HEAD = json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})


def crawl(*names: str) -> bytes:
    written = Written()
    for name in names:
        written.response(PAGE, url=f"https://example.org/{name}")
    return written.file.getvalue()


def wacz(*listed: str, archives: dict[str, bytes] | None = None) -> bytes:
    """A WACZ file; `listed` are the pages that somebody looked at."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as held:
        held.writestr("datapackage.json", "{}")
        for name, content in (archives or {"data.warc.gz": crawl("a", "frame", "b")}).items():
            held.writestr(f"archive/{name}", content)
        if listed:
            lines = [
                HEAD,
                *(json.dumps({"url": f"https://example.org/{name}"}) for name in listed),
                "no json",
                "[1]",
                '{"url": 1}',
            ]
            held.writestr("pages/pages.jsonl", "\n".join(lines))
        held.writestr("indexes/index.cdx.gz", b"")
    return file.getvalue()


def read(content: bytes, url: str | None = None):
    return list(saved.pages_in(content, url=url, max_bytes=100_000))


def names(found) -> list[str]:
    return [page.page_url.rpartition("/")[2] for page in found if isinstance(page, Capture)]


def test_the_pages_that_it_lists():
    assert names(read(wacz("a", "b"))) == ["a", "b"]


@pytest.mark.parametrize("listed", [(), ("moved",)])
def test_all_where_it_lists_none_of_them(listed):
    assert names(read(wacz(*listed))) == ["a", "frame", "b"]


def test_one_that_is_named():
    assert names(read(wacz("a", "b"), "https://example.org/b")) == ["b"]
    with pytest.raises(InvalidInput, match="holds no page of"):
        read(wacz("a"), "https://example.org/c")


def test_a_warc_file_in_it_that_is_damaged_costs_itself():
    *pages, error, last = read(wacz(archives={"1.warc.gz": crawl("a") + b"junk", "2.warc.gz": crawl("b")}))
    assert names([*pages, last]) == ["a", "b"]
    assert isinstance(error, ArchiverError)
    assert error.reason.startswith("its archive/1.warc.gz is damaged after record 1")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(wacz("a")[:-60], "is a zip file that is damaged"), (b"PK\x03\x04", "is a zip file that is damaged")],
)
def test_damage_is_told(content, reason):
    with pytest.raises(InvalidInput, match=reason):
        read(content)


def test_another_zip_file_is_for_import():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as held:
        held.writestr("page.html", PAGE)
    with pytest.raises(InvalidInput, match="archiver import takes the pages in it"):
        read(file.getvalue())


def test_a_file_that_cannot_be_unpacked_is_told():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as held:
        held.writestr(zipfile.ZipInfo("page.html", (1980, 0, 0, 0, 0, 0)), PAGE)
    content = bytearray(file.getvalue())
    place = content.index(b"PK\x01\x02")
    assert Zip(io.BytesIO(bytes(content))).changed_at("page.html") == datetime(1980, 1, 1, tzinfo=UTC)
    content[place + 8] |= 1  # encrypted
    with pytest.raises(InvalidInput, match="locked with a password"), Zip(io.BytesIO(bytes(content))).opened("page.html"):
        pass
    content[place + 8] &= 0xFE
    content[place + 10] = 97  # a method that nobody knows
    with pytest.raises(InvalidInput, match="cannot be undone"), Zip(io.BytesIO(bytes(content))).opened("page.html"):
        pass
