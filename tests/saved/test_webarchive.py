from __future__ import annotations

import plistlib
from datetime import UTC, datetime

import pytest

from archiver.capture import SavedPage
from archiver.errors import InvalidInput
from archiver.saved import formats, webarchive
from tests.saved.test_warc import PAGE

CHANGED_AT = datetime(2020, 5, 1, tzinfo=UTC)
URL = "https://example.org/harbour"


def archive(form=plistlib.FMT_BINARY, **main: object) -> bytes:
    """What Safari saves; `main` changes its main resource."""
    resource = {
        "WebResourceData": PAGE,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": URL,
        "WebResourceFrameName": "",
    } | main
    picture = {"WebResourceData": b"\x89PNG", "WebResourceMIMEType": "image/png", "WebResourceURL": f"{URL}.png"}
    return plistlib.dumps({"WebMainResource": resource, "WebSubresources": [picture]}, fmt=form, sort_keys=False)


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_the_page_with_its_address(form):
    content = archive(form)
    assert formats.is_webarchive(content)
    assert webarchive.page(content, CHANGED_AT) == SavedPage(URL, CHANGED_AT, PAGE, "text/html; charset=UTF-8")


@pytest.mark.parametrize("address", ["file:///Users/ann/page.html", "about:blank", "", 7])
def test_an_address_that_is_none(address):
    page = webarchive.page(archive(WebResourceURL=address, WebResourceTextEncodingName=""), CHANGED_AT)
    assert (page.url, page.content_type) == (None, None)


@pytest.mark.parametrize("main", [{"WebResourceMIMEType": "image/png"}, {"WebResourceData": b" "}, {"WebResourceData": "text"}])
def test_without_a_page(main):
    with pytest.raises(InvalidInput, match="holds no page"):
        webarchive.page(archive(**main), CHANGED_AT)


@pytest.mark.parametrize(
    "content",
    [
        archive()[:-40],
        archive()[:200],
        b"bplist00",
        archive(plistlib.FMT_XML)[:-40],
        plistlib.dumps([1]),
        plistlib.dumps({"a": 1}),
    ],
)
def test_damage_is_told(content):
    with pytest.raises(InvalidInput, match="is damaged"):
        webarchive.page(content, CHANGED_AT)
