"""What the small JSON documents of an archive have in common: a schema, and the ID that the file's name says."""

from __future__ import annotations

import json
from typing import Any

from archiver.errors import RecordDamaged, RecordNewer

REMEDY = "correct it with an editor, or move it away"
_SHOWN = 60


def opened(content: bytes, own_id: str, *, schema: int, subject: str) -> dict[str, Any]:
    """The document in the `content` of the file `subject`, with this schema and about what has the ID `own_id`.

    Raises:
        RecordDamaged: it is none, or is about something else, or (`RecordNewer`) has a newer schema.
    """
    try:
        document: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise damaged(f"is no JSON: {error}", subject) from error
    if not isinstance(document, dict):
        raise damaged("is no JSON object", subject)
    found = document.get("schema")
    if found != schema:
        reason = f"its schema is {str(found)[:_SHOWN]}, and this version of archiver knows {schema}"
        if isinstance(found, int) and found > schema:
            raise RecordNewer(reason, subject=subject, remedy="upgrade archiver")
        raise damaged(reason, subject)
    if document.get("id") != own_id:
        raise damaged("its id is not the one that its name says", subject)
    return document


def damaged(reason: str, subject: str) -> RecordDamaged:
    """The error that the file `subject` is damaged."""
    return RecordDamaged(reason, subject=subject, remedy=REMEDY)
