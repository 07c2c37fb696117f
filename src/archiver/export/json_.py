"""JSON: the array of what JSON lines gives line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from archiver.export.jsonl import document
from archiver.export.model import encoded

if TYPE_CHECKING:
    from archiver.export.model import Selection, Wishes


def write(selection: Selection, output: BinaryIO, _wishes: Wishes) -> None:
    """Writes the array, one article after the other."""
    before = b"["
    for exported in selection:
        output.write(before + b"\n" + encoded(json.dumps(document(exported), ensure_ascii=False, indent=2)))
        before = b","
    output.write(b"[]\n" if before == b"[" else b"\n]\n")
