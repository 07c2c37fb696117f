"""JSON lines: on each line an article's record, with the user's remarks as one more key."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from archiver import record
from archiver.export.model import encoded

if TYPE_CHECKING:
    from archiver.export.model import Exported, Selection, Wishes


def write(selection: Selection, output: BinaryIO, _wishes: Wishes) -> None:
    """Writes a line for each article."""
    output.writelines(encoded(json.dumps(document(exported), ensure_ascii=False) + "\n") for exported in selection)


def document(exported: Exported) -> dict[str, Any]:
    """The record as JSON values, and in `remarks` what the user says: `labels`, `starred`, `read`, `note`."""
    values: dict[str, Any] = record.to_dict(exported.article)
    return values | {"remarks": dataclasses.asdict(exported.remarks)}
