"""`archiver import` of saved pages: folders, zip files, and files of many pages."""

from __future__ import annotations

import io
import json
import os
import zipfile

import pytest

from tests.cli.test_fetch import files, records
from tests.cli.test_fetch_files import mhtml
from tests.reading_lists.test_reading_lists import POCKET_HTML
from tests.saved.test_comments import SINGLE_FILE
from tests.saved.test_tree import unpacked, zipped
from tests.saved.test_wacz import wacz
from tests.saved.test_warc import Written
from tests.saved.test_webarchive import archive as webarchive
from tests.support.articles import article_page


def titled(number: int, head: str = "") -> str:
    return article_page(f"Story number {number} of the harbour").replace("</head>", f"{head}</head>")


def canonical(number: int, address: str) -> bytes:
    return titled(number, f'<link rel="canonical" href="{address}">').encode()


def crawl() -> bytes:
    written = Written()
    written.response(titled(7).encode(), url="https://example.org/7")
    written.response(titled(8).encode(), url="https://example.org/8")
    return written.file.getvalue()


FILES = {
    "one.html": (SINGLE_FILE.format(url="https://example.org/1") + titled(1)).encode(),
    "two.html": f"<!-- saved from url=(0021)https://example.org/2 -->\n{titled(2)}".encode(),
    "two_files/frame.html": b"<p>An advertisement",
    "deep/er/three.htm": canonical(3, "https://example.org/3"),
    "deep/four.html": titled(4, '<meta property="og:url" content="https://example.org/4">').encode(),
    "deep/five.mhtml": mhtml(),
    "six.webarchive": webarchive(WebResourceURL="https://example.org/6", WebResourceData=titled(6).encode()),
    "crawl.warc.gz": crawl(),
    "example.org/mirrored.html": titled(9).encode(),
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "notes.txt": b"x",
}
ADDRESSES = {f"https://example.org/{name}" for name in (1, 2, 3, 4, "harbour", 6, 7, 8)}


def addresses(archive) -> set[str]:
    return {json.loads(path.read_text())["url"] for path in records(archive)}


@pytest.fixture(params=["folder", "zip"])
def saved(request, tmp_path):
    if request.param == "folder":
        return unpacked(tmp_path / "pages", FILES)
    (tmp_path / "pages.zip").write_bytes(zipped(FILES).getvalue())
    return tmp_path / "pages.zip"


def test_every_saved_page_is_taken_once(archiver, archive, saved):
    ran = archiver("import", saved)
    assert ran.code == 3
    assert addresses(archive) == ADDRESSES
    *failures, summary = ran.err.splitlines()
    assert summary == "8 new, 2 failed; 1 other file passed over"
    remedy = "does not say where it was saved from (give its address: archiver fetch FILE --url ADDRESS)"
    assert f"{saved}/example.org/mirrored.html: {remedy}" in "\n".join(failures)
    assert len(failures) == 2
    before = files(archive)
    again = archiver("import", saved)
    assert again.err.splitlines()[-1] == "8 unchanged, 2 failed; 1 other file passed over"
    assert files(archive) == before, "again it stores nothing"


def test_dry_run_says_what_would_be(archiver, archive, saved):
    ran = archiver("import", saved, "--dry-run")
    assert ran.code == 3
    assert ran.err.splitlines()[-1] == "would be: 8 to be archived, 2 failed; 1 other file passed over"
    assert not archive.exists()


def test_from_standard_input(archiver, archive):
    ran = archiver("import", "-", stdin=zipped({"one.html": FILES["one.html"]}).getvalue())
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "1 new")


def test_two_states_of_a_page_saved_within_one_second(archiver, archive, tmp_path):
    states = [canonical(1, "https://example.org/1"), canonical(1, "https://example.org/1").replace(b"harbour", b"basin")]
    root = unpacked(tmp_path / "pages", {f"{number}.html": state for number, state in enumerate(states)})
    for number in (0, 1):
        os.utime(root / f"{number}.html", (1_500_000_000, 1_500_000_000))
    assert archiver("import", root).code == 0
    before = files(archive)
    assert archiver("import", root).err.splitlines()[-1] == "2 unchanged"
    assert files(archive) == before


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.wacz", "five.mhtml", "one.html", "six.webarchive"])
def test_a_file_of_saved_pages(archiver, archive, tmp_path, name):
    content = FILES.get(name) or FILES.get(f"deep/{name}") or wacz("a", "b")
    (tmp_path / name).write_bytes(content)
    ran = archiver("import", tmp_path / name)
    assert (ran.code, len(records(archive))) == (0, 2 if "crawl" in name else 1), ran.err


def test_a_folder_of_nothing_is_told(archiver, tmp_path):
    (tmp_path / "empty").mkdir()
    ran = archiver("import", tmp_path / "empty")
    assert ran.code == 2
    assert "holds neither an archive nor a saved page" in ran.err
    assert "holds neither" in archiver("import", tmp_path / "empty", "--dry-run").err


def test_an_archive_in_a_zip_file_is_to_be_unpacked(archiver, tmp_path):
    (tmp_path / "x.zip").write_bytes(zipped({"articles/example.org/x.json": b"{}"}).getvalue())
    ran = archiver("import", tmp_path / "x.zip")
    assert (ran.code, "is an archive in a zip file (unpack it first)" in ran.err) == (2, True)


def test_feeds_go_with_an_archive(archiver, saved):
    assert archiver("import", saved, "--feeds").code == 2


POCKET = b"title,url,time_added,tags,status\nA,https://example.org/pocket,1773500000,,unread\n"
OMNIVORE = json.dumps([{"url": "https://example.org/omnivore", "slug": "a", "savedAt": "2024-01-01", "title": "A"}]).encode()


@pytest.mark.parametrize(
    ("held", "address"),
    [
        ({"pocket/part_000000.csv": POCKET, "pocket/annotations/a.json": b"[]"}, "https://example.org/pocket"),
        ({"ril_export.html": POCKET_HTML.encode()}, "https://a.example/1"),
        ({"metadata_0_to_20.json": OMNIVORE, "content/a.html": titled(1).encode()}, "https://example.org/omnivore"),
    ],
    ids=["Pocket", "Pocket, older", "Omnivore"],
)
def test_exports_of_reading_lists(archiver, archive, tmp_path, held, address):
    (tmp_path / "export.zip").write_bytes(zipped(held).getvalue())
    ran = archiver("import", tmp_path / "export.zip", "--queue")
    assert ran.code == 0, ran.err
    assert address in (archive / "queue.jsonl").read_text()
    assert records(archive) == []


def test_a_list_beside_pages(archiver, archive, tmp_path):
    root = unpacked(tmp_path / "pages", {"one.html": FILES["one.html"], "part_000000.csv": POCKET})
    ran = archiver("import", root, "--queue")
    assert ran.code == 0
    assert addresses(archive) == {"https://example.org/1"}
    assert "example.org/pocket" in (archive / "queue.jsonl").read_text()


def test_a_file_in_a_zip_file_that_is_locked_costs_itself(archiver, archive, tmp_path):
    content = bytearray(zipped({"a.html": FILES["two.html"], "one.html": FILES["one.html"]}).getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert zipfile.ZipFile(io.BytesIO(bytes(content))).infolist()[0].flag_bits & 1
    (tmp_path / "x.zip").write_bytes(bytes(content))
    ran = archiver("import", tmp_path / "x.zip")
    assert ran.code == 3
    assert f"{tmp_path}/x.zip/a.html: is locked with a password (unpack it first)" in ran.err
    assert len(records(archive)) == 1
