"""Saved pages in folders and zip files."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from datetime import UTC, datetime

import pytest

from archiver.capture import SavedPage
from archiver.errors import ArchiverError, InvalidInput
from archiver.saved import companions
from archiver.saved.tree import FolderTree, SavedFiles, ZipTree, holds_pages
from tests.saved.test_comments import SINGLE_FILE
from tests.saved.test_warc import PAGE

FILES = {
    "story.html": PAGE,
    "story_files/frame.html": PAGE,
    "story_files/a.png": b"\x89PNG",
    "2019/Old Story.htm": PAGE,
    "2019/Old Story-Dateien/ad.htm": PAGE,
    "2019/files/deep/mail.MHTML": PAGE,
    "2019/files/packed.html.gz": gzip.compress(PAGE),
    "photos_files/index.html": PAGE,
    "hts-cache/new.html": PAGE,
    ".git/x.html": PAGE,
    "__MACOSX/._story.html": b"\0",
    "._story.html": b"\0",
    "notes.txt": b"x",
    "all.tar.gz": b"x",
}
PAGES = [
    "story.html",
    "2019/Old Story.htm",
    "2019/files/packed.html.gz",
    "2019/files/deep/mail.MHTML",
    "photos_files/index.html",
]


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, (2020, 5, 1, 10, 0, 0)), content)
    return held


def unpacked(root, files: dict[str, bytes]):
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


@pytest.fixture(params=["folder", "zip"])
def tree(request, tmp_path):
    return FolderTree(unpacked(tmp_path, FILES)) if request.param == "folder" else ZipTree(zipped(FILES), "pages.zip")


def test_the_files_that_hold_pages(tree):
    files = SavedFiles(tree)
    assert list(files.names()) == PAGES
    assert files.others["other files"] == 3


def test_without_some(tree):
    files = SavedFiles(tree, ("story.html", "2019", "notes.txt"))
    assert list(files.names()) == ["photos_files/index.html"]
    assert files.others["other files"] == 2


def test_the_pages_in_them(tree):
    files = SavedFiles(tree)
    for name in PAGES[:3]:
        [page] = files.pages(name, 100_000)
        assert isinstance(page, SavedPage)
        assert page.payload == PAGE
        assert (page.started_at == datetime(2020, 5, 1, 10, tzinfo=UTC)) is isinstance(tree, ZipTree)


def test_links_are_not_followed(tmp_path):
    root, outside = unpacked(tmp_path / "pages", {"a.html": PAGE}), unpacked(tmp_path / "outside", {"b.html": PAGE})
    (root / "folder").symlink_to(outside)
    (root / "link.html").symlink_to(outside / "b.html")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.html")
    files = SavedFiles(FolderTree(root))
    assert list(files.names()) == ["a.html"]
    assert files.others["links"] == 4
    with pytest.raises(InvalidInput, match="cannot be read"), files.tree.opened("link.html"):
        pass


def test_a_folder_that_cannot_be_read_costs_itself(tmp_path, monkeypatch):
    tree = FolderTree(unpacked(tmp_path, {"a/x.html": PAGE, "b/y.html": PAGE}))
    listing = tree.listing

    def refusing(folder: str):
        if folder == "a":
            raise InvalidInput("cannot be read: Permission denied")
        return listing(folder)

    monkeypatch.setattr(tree, "listing", refusing)
    error, name = SavedFiles(tree).names()
    assert isinstance(error, ArchiverError)
    assert (error.subject, name) == (f"{tmp_path}/a", "b/y.html")


@pytest.mark.parametrize("suffix", companions.SUFFIXES)
def test_what_lies_beside_a_page(suffix):
    assert companions.is_companion(f"Story{suffix}".title(), {"story.html"})
    assert not companions.is_companion(f"Story{suffix}", {"other.html"})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", True),
        ("A.WARC.GZ", True),
        ("a.wacz", True),
        ("a.gz", True),
        ("a.csv.gz", False),
        ("a", False),
        (".a.html", False),
    ],
)
def test_names(name, expected):
    assert holds_pages(name) is expected


def test_names_that_lead_out_of_a_zip_file_are_passed_over():
    held = {"../../x.html": PAGE, "/etc/y.html": PAGE, "a//b.html": PAGE, "c/d.html": SINGLE_FILE.encode()}
    assert list(SavedFiles(ZipTree(zipped(held), "x.zip")).names()) == ["c/d.html"]
