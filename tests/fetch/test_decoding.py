from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from archiver.errors import BadResponse, TooLarge
from archiver.fetch.decoding import Decoder

TEXT = b"<p>Once upon a time there was a page. " * 5000
MAX_BYTES = 1024 * 1024


def decoded(data: bytes, coding: str | None, *, step: int = 1000, max_bytes: int = MAX_BYTES) -> bytes:
    decoder = Decoder(coding, max_bytes)
    pieces = [piece for start in range(0, len(data), step) for piece in decoder.feed(data[start : start + step])]
    decoder.finish()
    return b"".join(pieces)


def bare_deflate(data: bytes) -> bytes:
    compress = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compress.compress(data) + compress.flush()


def bomb(mebibytes: int) -> bytes:
    """The beginning of gzip data that come to that many MiB of zeros."""
    compress = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    first = compress.compress(bytes(1024 * 1024)) + compress.flush(zlib.Z_FULL_FLUSH)
    return first + (compress.compress(bytes(1024 * 1024)) + compress.flush(zlib.Z_FULL_FLUSH)) * (mebibytes - 1)


@pytest.mark.parametrize("step", [1, 7, 1000, 10**9])
@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (TEXT, None),
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), " X-GZip "),
        (gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), "gzip"),
        (gzip.compress(TEXT) + b"\x00" * 50, "gzip"),
        (gzip.compress(TEXT) + b"\n", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT) + b"trailing", "deflate"),
        (bare_deflate(TEXT), "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
        (gzip.compress(gzip.compress(TEXT)), "gzip,gzip"),
    ],
)
def test_undone(data, coding, step):
    if step == 1 and len(data) > 10_000:
        data, step = TEXT[:3000] if data == TEXT else data, 3
    assert decoded(data, coding, step=step) == (data if coding in (None, "", "identity") else TEXT)


@pytest.mark.parametrize("step", [1, 1000])
def test_plain_bytes_labelled_gzip_are_taken_as_they_are(step):
    assert decoded(TEXT[:3000], "gzip", step=step) == TEXT[:3000]


def test_nothing_comes_to_nothing():
    assert decoded(b"", "gzip") == b""


@pytest.mark.parametrize(
    "data", [gzip.compress(TEXT)[:-1], gzip.compress(TEXT)[:-12], gzip.compress(TEXT)[:200], b"\x1f", b"\x1f\x8b"]
)
def test_cut_short(data):
    with pytest.raises(BadResponse, match="cut short"):
        decoded(data, "gzip")


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (b"\x1f\x8b" + TEXT, "gzip"),
        (gzip.compress(TEXT)[:-8] + bytes(8), "gzip"),
        (gzip.compress(TEXT)[:40] + b"\xff" * 1000, "gzip"),
        (b"<html>" + TEXT, "deflate"),
    ],
    ids=["only the magic", "wrong checksum", "damaged", "plain as deflate"],
)
def test_not_what_the_label_says(data, coding):
    with pytest.raises(BadResponse, match=f"labelled {coding}, but cannot be decoded"):
        decoded(data, coding)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "utf-8", "gzip, br", "\x1b[31m"])
def test_codings_that_were_not_offered(coding):
    with pytest.raises(BadResponse, match="encoded in a way that was not offered") as raised:
        Decoder(coding, MAX_BYTES)
    assert raised.value.reason.isprintable()


def test_too_many_codings():
    with pytest.raises(BadResponse, match=r"too many content encodings \(6\)"):
        Decoder("deflate, gzip, gzip, gzip, gzip, gzip", MAX_BYTES)


def test_as_many_bytes_as_allowed():
    assert len(decoded(gzip.compress(TEXT), "gzip", max_bytes=len(TEXT))) == len(TEXT)
    with pytest.raises(TooLarge):
        decoded(gzip.compress(TEXT), "gzip", max_bytes=len(TEXT) - 1)


@pytest.mark.parametrize("step", [32 * 1024, 10**9])
def test_a_bomb_costs_little_and_ends_at_the_limit(step):
    data = bomb(200)
    decoder = Decoder("gzip", 20 * MAX_BYTES)
    sizes: list[int] = []
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match=r"larger than 20 MB \(raise the setting max_bytes\)"):  # noqa: PT012
            for start in range(0, len(data), step):
                sizes.extend(len(piece) for piece in decoder.feed(data[start : start + step]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(sizes) <= 20 * MAX_BYTES
    assert peak < 2 * MAX_BYTES


def test_a_bomb_inside_another_coding_is_bounded_too():
    """The outer data come to very much, the inner to nothing: they end at once, and what follows would be ignored."""
    data = gzip.compress(gzip.compress(b"") + bytes(50 * MAX_BYTES))
    with pytest.raises(TooLarge):
        decoded(data, "gzip, gzip", max_bytes=20 * MAX_BYTES)
