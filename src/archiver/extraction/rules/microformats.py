"""Class names that microformats give a meaning."""

from __future__ import annotations

ENTRIES = frozenset({"h-entry", "hentry"})
"""Around an article; blog software has written the old name for twenty years."""

CARDS = frozenset({"h-card", "vcard"})
"""Around what describes a person."""

OTHERS = frozenset({"h-entry", "hentry", "h-cite", "h-feed", "h-event", "h-product", "h-review", "p-comment", "comment"})
"""Around what describes something else than the article, inside it: replies, quoted pages, comments."""

CLASSES = {
    "p-name": "p-name",
    "entry-title": "p-name",
    "dt-published": "dt-published",
    "published": "dt-published",
    "dt-updated": "dt-updated",
    "updated": "dt-updated",
    "p-author": "p-author",
    "vcard": "p-author",  # within an entry hAtom knows no other person than its author
    "p-category": "p-category",
}
"""Class name, of microformats2 or of hAtom -> the property of h-entry that it means."""

SELECTOR = f":is({', '.join(f'.{name}' for name in CLASSES)}, [rel~=tag])"
