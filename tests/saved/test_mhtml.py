from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.errors import InvalidInput
from archiver.saved import mhtml
from archiver.saved.formats import is_mhtml

CHANGED_AT = datetime(2020, 1, 1, tzinfo=UTC)
HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/a-very-long-address/that-is-folded/over-two-lines/because-it-is-so
 -long
Subject: A story
Date: Sat, 14 Mar 2026 09:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----edge"

"""
PARTS = """
------edge
Content-Type: {kind}
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/other

<!DOCTYPE html><title>A st=C3=B6ry</title><p>Once upon a ti=
me</p><img src=3D"cid:picture-1@x"><img src=3D"cid:unknown">

------edge
Content-Type: image/png
Content-ID: <picture-1@x>
Content-Transfer-Encoding: base64
Content-Location: https://example.org/picture.png

iVBORw0KGgo=

------edge
Content-Type: text/html
Content-Location: https://ads.example/frame

<p>Buy!</p>

------edge--
"""


def whole(head: str = HEAD, kind: str = "text/html") -> bytes:
    return (head + PARTS.format(kind=kind)).replace("\n", "\r\n").encode()


def test_the_page_its_address_and_its_date():
    page = mhtml.page(whole(), CHANGED_AT)
    assert page.url == "https://example.org/a-very-long-address/that-is-folded/over-two-lines/because-it-is-so-long"
    assert page.started_at == datetime(2026, 3, 14, 9, tzinfo=UTC)
    assert "A störy</title><p>Once upon a time</p>" in page.payload.decode()
    assert b"Buy!" not in page.payload


def test_pictures_are_called_by_their_address_where_it_is_known():
    payload = mhtml.page(whole(), CHANGED_AT).payload
    assert b'<img src="https://example.org/picture.png"><img src="cid:unknown">' in payload


def test_without_a_snapshot_address_that_of_the_part_counts():
    bare = 'Content-Type: multipart/related; boundary="----edge"\n\n'
    page = mhtml.page(whole(bare), CHANGED_AT)
    assert (page.url, page.started_at) == ("https://example.org/other", CHANGED_AT)


def test_the_charset_of_the_part_is_kept():
    assert mhtml.page(whole(kind='text/html; charset="koi8-r"'), CHANGED_AT).content_type == "text/html; charset=koi8-r"
    assert mhtml.page(whole(), CHANGED_AT).content_type is None


def test_start_names_the_page():
    head = 'Content-Type: multipart/related; boundary="e"; start="<b>"\n\n'
    parts = "".join(f"--e\nContent-Type: text/html\nContent-ID: <{name}>\n\n<p>{name}!\n" for name in "ab")
    assert mhtml.page(f"{head}{parts}--e--".encode(), CHANGED_AT).payload.strip() == b"<p>b!"


@pytest.mark.parametrize("content", [b'Content-Type: multipart/related; boundary="e"\n\n', whole(kind="text/plain")[:400]])
def test_without_a_page_it_is_refused(content):
    with pytest.raises(InvalidInput, match="holds no page"):
        mhtml.page(content, CHANGED_AT)


@pytest.mark.parametrize(
    ("content", "found"),
    [(whole(), True), (b"<!doctype html><pre>\nContent-Type: multipart/related\n", False), (b"", False)],
)
def test_is_known_by_its_head(content, found):
    assert is_mhtml(content) == found
