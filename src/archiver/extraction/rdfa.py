"""RDFa: `property` attributes of the page's main item, in the terms of schema.org, Dublin Core or SKOS, as claims.

https://www.w3.org/TR/rdfa-core/ read as pages write it: a term is a whole address, has a prefix that RDFa knows from the
outset or an element around declares, or is bare within a `vocab` of schema.org.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from archiver.extraction import microdata
from archiver.extraction.rules.claim_ranks import MICRODATA_FIELDS, RDFA_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from archiver.extraction.claims import Claims
    from archiver.extraction.page import Page

_SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org[/#]?")
_MAX_CLIMB = 100  # the vocabulary may be declared for the whole page
_DUBLIN_CORE = frozenset({"dc", "dc11", "dct", "dcterms"})


def collect(page: Page, claims: Claims) -> None:
    """Adds the claims of the page's RDFa to `claims`."""
    for node in claims.marks.terms[: microdata.MAX_PROPERTIES]:
        for term in (node.attributes.get("property") or "").split():
            name = _schema_name(term, node)
            field = MICRODATA_FIELDS.get(name) if name else None
            source = f"microdata {name}"
            if name is None:
                name = _known_name(term)
                field, source = RDFA_FIELDS.get(name), f"rdfa {name}"
            if field and not _belongs_elsewhere(node):
                microdata.add(page, node, field, source, f"[property={term}]", claims)


def _schema_name(term: str, node: LexborNode) -> str | None:
    """The name of a term of schema.org; None for one of another vocabulary, or of none."""
    prefix, colon, name = term.partition(":")
    if not colon:
        if term not in MICRODATA_FIELDS:  # nearly none of the bare ones are
            return None
        vocabulary = next((given["vocab"] for given in _around(node) if "vocab" in given), None)
        return term if _SCHEMA_ORG.fullmatch(vocabulary or "") else None
    if prefix == "schema":
        return name
    if name.startswith("//"):
        whole = _SCHEMA_ORG.match(term)
        return term[whole.end() :] if whole else None
    return name if name in MICRODATA_FIELDS and _SCHEMA_ORG.fullmatch(_declared(f"{prefix}:", node)) else None


def _declared(prefix: str, node: LexborNode) -> str:
    """The address that the nearest element around `node` declares `prefix` for; "" where none does."""
    for given in _around(node):
        words = (given.get("prefix") or "").split()
        if prefix in words[:-1]:
            return words[words.index(prefix) + 1]
    return ""


def _known_name(term: str) -> str:
    """`term` in small letters, with one prefix for the four of Dublin Core."""
    prefix, colon, name = term.lower().partition(":")
    return f"dc:{name}" if colon and prefix in _DUBLIN_CORE else term.lower()


def _around(node: LexborNode) -> Iterator[dict[str, str | None]]:
    """The attributes of `node` and of the elements around it."""
    element: LexborNode | None = node
    for _ in range(_MAX_CLIMB):
        if element is None:
            return
        yield element.attributes
        element = element.parent


def _belongs_elsewhere(node: LexborNode) -> bool:
    """Whether the nearest item around `node` is another thing than the article."""
    kinds = next((given["typeof"] for given in islice(_around(node), 1, microdata.MAX_CLIMB) if given.get("typeof")), None)
    return any(kind.endswith(microdata.OTHER_ITEMS) for kind in (kinds or "").lower().split())
