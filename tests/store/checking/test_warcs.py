"""What a WARC file says of itself, whole or damaged."""

import gzip

import pytest

from archiver.store import captures
from archiver.store.checking import warcs
from tests.support.archives import capture_of

NAME = "captures/2026/11/7f3a9c2e510b4d66-20261123T081400Z.warc.gz"
CONTENT = captures.encode(capture_of("https://example.org/a", "The Harbour"), NAME).content


@pytest.mark.parametrize("cut", [0, 10, 100])
def test_the_page_is_named_though_the_end_is_missing(cut):
    assert warcs.target(CONTENT[: len(CONTENT) - cut]) == "https://example.org/a"


@pytest.mark.parametrize("content", [b"", b"garbage", gzip.compress(b"garbage")])
def test_what_is_no_capture_names_nothing(content):
    assert warcs.target(content) is None
