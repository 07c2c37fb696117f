"""Saying the same of several articles, as `star` and `read` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.cli.terminal import SHOWN_ID_DIGITS, message_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.remarks import Remarks
    from archiver.store import Store


def remark_all(store: Store, names: tuple[str, ...], change: Callable[[Remarks], Remarks], said: str | None) -> None:
    """Changes the remarks on each of the articles that `names` stand for, and says so on stderr, unless `said` is None.

    Raises:
        NotInArchive, AmbiguousId: one of the names stands for none or several; nothing was changed.
        StoreError: those before it were changed.
    """
    for article_id in dict.fromkeys([store.find(name) for name in names]):
        store.remark(article_id, change)
        if said:
            message_line(f"{said} {article_id[:SHOWN_ID_DIGITS]}")
