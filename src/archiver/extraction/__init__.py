"""HTML in, `Article` out. Pure: knows no network, disk, clock or terminal. `extract` and `examine` are its doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.extraction.examination import examine, extract

__all__ = ["examine", "extract"]


def __getattr__(name: str) -> Any:
    """The doors, imported when first asked for: who only renders a record needs no rules for pages."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from archiver.extraction import examination

    return getattr(examination, name)
