from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.saved.comments import Saver, find

URL = "https://example.org/2026/a-story?page=1&x=y"
SINGLE_FILE = (
    "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {url} \n"
    " saved date: Sat Mar 14 2026 10:00:00 GMT+0100 (Central European Standard Time)\n-->"
    "<meta charset=utf-8><title>A story</title><p>Once"
)
HTTRACK = "<!-- Mirrored from {url} by HTTrack Website Copier/3.x [XR&CO'2014], Sat, 14 Mar 2026 09:00:00 GMT -->"
AT = datetime(2026, 3, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "saver"),
    [
        (SINGLE_FILE.format(url=URL), Saver(URL, AT)),
        (SINGLE_FILE.format(url=URL).replace("Sat Mar", "Someday Mar"), Saver(URL, None)),
        (f"<!--\n Page saved with SingleFile \n url: {URL}\n-->", Saver(URL, None)),
        (f"<!DOCTYPE html>\r\n<!-- saved from url=({len(URL):04})http{URL[4:]} -->\r\n<html>", Saver(URL, None)),
        (f"<html>\n{HTTRACK.format(url='example.org/2026/a-story')}\n", Saver("https://example.org/2026/a-story", AT)),
        (SINGLE_FILE.format(url="file:///home/ann/page.html"), Saver()),
        ("<!-- saved from url=(0014)about:internet -->", Saver()),
        (f"<p>The comment says <!-- saved from {URL} -->", Saver()),
        ("<!doctype html><p>Once", Saver()),
        ("", Saver()),
    ],
)
def test_a_savers_comment_is_read(page, saver):
    assert find(page.encode()) == saver
