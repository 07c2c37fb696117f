"""The archive directory. `Store` is its door; nothing else of this package is for use outside it."""

from archiver.store.archive import Store
from archiver.store.indexing.rows import Filters, Hit, Row

__all__ = ["Filters", "Hit", "Row", "Store"]
