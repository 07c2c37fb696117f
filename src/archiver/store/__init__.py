"""The archive directory. `Store` is its door; nothing else of this package is for use outside it but `indexing.glimpse`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.store.archive import Store
    from archiver.store.indexing.rows import Filters, Hit, Row

__all__ = ["Filters", "Hit", "Row", "Store"]


def __getattr__(name: str) -> Any:
    """The door and what goes through it, each imported when first asked for: a shell that completes needs a glimpse only."""
    if name == "Store":
        from archiver.store.archive import Store

        return Store
    if name in __all__:
        from archiver.store.indexing import rows

        return getattr(rows, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
