"""EPUB 3.3 (W3C): all articles as one book, a chapter for each, with contents.

The book is written chapter by chapter, so its size is no matter of memory. Times are fixed, and its identifier and date come
from the articles in it: the same articles give the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from archiver.export import facts, markup, style
from archiver.export.html import heading, language
from archiver.export.model import encoded

if TYPE_CHECKING:
    from archiver.export.model import Exported, Selection, Wishes

IMAGE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What every reading system shows (EPUB 3.3, section 3.2)."""
MAX_CREATORS = 50
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_DATE = "1980-01-01T00:00:00Z"
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


class Chapter(NamedTuple):
    """What the book's contents and manifest need to know of a chapter."""

    file: str
    title: str
    language: str


def write(selection: Selection, output: BinaryIO, wishes: Wishes) -> None:
    """Writes the book."""
    with zipfile.ZipFile(output, "w") as archive:
        _Book(archive, wishes).write(selection)


class _Book:
    """A book being written."""

    def __init__(self, archive: zipfile.ZipFile, wishes: Wishes) -> None:
        self._archive = archive
        self._wishes = wishes
        self._chapters: list[Chapter] = []
        self._images: dict[str, str] = {}  # the names of files, and their media types
        self._asked: dict[str, str | None] = {}
        self._authors: dict[str, None] = {}
        self._modified = _NO_DATE
        self._digest = hashlib.sha256()

    def write(self, selection: Selection) -> None:
        """Writes everything, in the order in which a reader of the file wants it."""
        self._put("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        self._put("META-INF/container.xml", encoded(_CONTAINER))
        self._put("EPUB/style.css", encoded(style.BOOK))
        for exported in selection:
            self._add(exported)
        title = self._title()
        if not self._chapters:
            self._chapters.append(Chapter("empty.xhtml", title, 'lang="en" dir="ltr"'))
            self._put("EPUB/empty.xhtml", encoded(_xhtml(title, "<h1>No articles</h1>", 'lang="en" dir="ltr"')))
        self._put("EPUB/nav.xhtml", encoded(self._contents(title)))
        self._put("EPUB/package.opf", encoded(self._package(title)))

    def _add(self, exported: Exported) -> None:
        article = exported.article
        text = markup.written(markup.body_html(article), self._place)
        chapter = Chapter(f"a-{article.id}.xhtml", facts.title(article), language(article))
        content = encoded(_xhtml(chapter.title, f"<header>\n{heading(exported)}</header>\n{text}", chapter.language))
        self._put(f"EPUB/{chapter.file}", content)
        self._digest.update(content)
        self._chapters.append(chapter)
        for author in article.authors[:MAX_CREATORS]:
            if (name := facts.line(author.name)) and len(self._authors) < MAX_CREATORS:
                self._authors[name] = None
        if article.capture:
            self._modified = max(self._modified, facts.second(article.capture.fetched_at) or _NO_DATE)

    def _place(self, url: str) -> str | None:
        """The file of the image at `url`."""
        if self._wishes.picture is None:
            return None
        if url not in self._asked:
            found = self._wishes.picture(url)
            self._asked[url] = None
            if found is not None and found.media_type in IMAGE_TYPES:
                name = f"images/{hashlib.sha256(found.content).hexdigest()[:16]}{found.suffix}"
                if name not in self._images:
                    self._images[name] = found.media_type
                    self._put(f"EPUB/{name}", found.content, zipfile.ZIP_STORED)
                self._asked[url] = name
        return self._asked[url]

    def _title(self) -> str:
        only = self._chapters[0].title if len(self._chapters) == 1 else f"{len(self._chapters)} articles"
        return facts.line(self._wishes.title) or only

    def _contents(self, title: str) -> str:
        rows = "".join(
            f'<li><a href="{chapter.file}" {_with_xml(chapter.language)}>{escape(chapter.title)}</a></li>\n'
            for chapter in self._chapters
        )
        listed = f'<nav epub:type="toc" id="toc">\n<h1>{escape(title)}</h1>\n<ol>\n{rows}</ol>\n</nav>'
        return _xhtml(title, listed, 'lang="en" dir="ltr"')

    def _package(self, title: str) -> str:
        languages = Counter(chapter.language.split('"')[1] for chapter in self._chapters)
        told = [f"<dc:language>{tag}</dc:language>" for tag, _ in languages.most_common()]
        told += [f"<dc:creator>{escape(name)}</dc:creator>" for name in self._authors]
        items = [f'<item id="c{n}" href="{c.file}" media-type="application/xhtml+xml"/>' for n, c in enumerate(self._chapters)]
        images = self._images.items()
        items += [f'<item id="i{n}" href="{name}" media-type="{kind}"/>' for n, (name, kind) in enumerate(images)]
        spine = "\n".join(f'<itemref idref="c{n}"/>' for n in range(len(self._chapters)))
        lines = "\n".join
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">urn:uuid:{uuid.UUID(bytes=self._digest.digest()[:16], version=5)}</dc:identifier>
<dc:title>{escape(title)}</dc:title>
{lines(told)}
<meta property="dcterms:modified">{self._modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{lines(items)}
</manifest>
<spine>
{spine}
</spine>
</package>
"""

    def _put(self, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> None:
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.create_system = 3  # on every system the same
        entry.external_attr = 0o644 << 16
        entry.compress_type = compression
        self._archive.writestr(entry, content)


def _with_xml(lang: str) -> str:
    """The attributes of `html.language`, for XHTML: with `xml:lang`."""
    return f"xml:{lang.partition(' ')[0]} {lang}"


def _xhtml(title: str, content: str, lang: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {_with_xml(lang)}>
<head>
<title>{escape(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{content}
</body>
</html>
"""
