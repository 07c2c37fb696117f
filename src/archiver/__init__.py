"""archiver keeps articles for good.

The Python API: `extract(html, url=...)` gives an `Article`, and `Archive(path)` is an archive. Importing this package costs
nothing; what a name needs is imported when the name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Archive", "ArchiverError", "Article", "Filters", "__version__", "extract"]

if TYPE_CHECKING:
    from archiver.api import Archive, Filters
    from archiver.article import Article
    from archiver.errors import ArchiverError
    from archiver.extraction import extract

_HOMES = {
    "Archive": "archiver.api",
    "ArchiverError": "archiver.errors",
    "Article": "archiver.article",
    "Filters": "archiver.api",
    "extract": "archiver.extraction",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
