"""The small documents of an archive: what is damaged, and what is only newer than this program."""

import json

import pytest

from archiver import remarks, sightings
from archiver.documents import opened
from archiver.errors import RecordDamaged, RecordNewer
from archiver.store import aliases

ID = "00112233445566aa"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", b"[" * 100_000, b'{"schema": 0}', b'{"schema": 1, "id": "other"}'],
)
def test_what_is_no_document_is_damaged(content):
    with pytest.raises(RecordDamaged) as caught:
        opened(content, ID, schema=1, subject="x.json")
    assert not isinstance(caught.value, RecordNewer)
    assert caught.value.subject == "x.json"


@pytest.mark.parametrize("read", [remarks.loads, sightings.loads, aliases.loads])
def test_a_newer_schema_is_no_damage(read):
    content = json.dumps({"schema": 2, "id": ID}).encode()
    with pytest.raises(RecordNewer, match="upgrade archiver"):
        read(content, ID, subject="x.json")
