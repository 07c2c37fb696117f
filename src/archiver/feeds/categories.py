"""The `category` of an OPML outline: strings parted by commas, each a tag or a path with slashes (opml.org/spec2.opml)."""

from __future__ import annotations

import contextlib

from archiver.errors import InvalidInput
from archiver.remarks import Remarks, clean_label


def labels_in(category: str | None) -> tuple[str, ...]:
    """The labels that a `category` names, sorted; the slashes around a path go, and what can be no label is passed over."""
    found = []
    for text in (category or "").split(","):
        with contextlib.suppress(InvalidInput):
            found.append(clean_label(text.strip().strip("/")))
    return Remarks().labelled(found).labels
