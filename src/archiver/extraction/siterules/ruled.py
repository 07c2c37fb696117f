"""A rule on one page: what it finds, and which of the page's blocks are the body by it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from archiver.article import Evidence
from archiver.extraction import title as titles
from archiver.extraction.content import Fate, is_title
from archiver.extraction.siterules.rule import FIELDS, SEVERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from archiver.extraction.blocks import Block, Layout
    from archiver.extraction.page import Page
    from archiver.extraction.siterules.rule import Selector, SiteRule
    from archiver.extraction.siterules.search import Match, Search

MAX_STRIPPED = 5_000
MAX_VALUES = 100
MAX_LINE_CHARACTERS = 600
"""What is longer than the longest standfirst may be the text itself."""
_NEVER_STRIPPED = frozenset({"html", "head", "body"})
_SET_BY_RULE = frozenset({Fate.KEPT, Fate.COMPLETED, Fate.LIGHT, Fate.IDLE, Fate.REPEATED})
"""What the body's selector outranks; what has a field of its own, and the title, stay out of a body."""


class Given(NamedTuple):
    """What a rule gives for a field: by which selector, and all that it matched."""

    at: str
    matches: tuple[Match, ...]


class Ruled:
    """What a rule finds on a page; without a rule, nothing.

    Attributes:
        given: by field. A field is missing where none of its selectors matches.
        blocks: those that print only such fields.
        warnings: what could not be tried.
    """

    def __init__(self, rule: SiteRule | None, page: Page, layout: Layout) -> None:
        self.given: dict[str, Given] = {}
        self.blocks: frozenset[int] = frozenset()
        self.warnings: tuple[str, ...] = ()
        self.body_evidence: Evidence | None = None
        self._layout = layout
        self._stripped = _Inside(())
        self._body = _Inside(())
        if rule is None:
            return
        from archiver.extraction.siterules.search import Search  # most pages have no rule

        search = Search(page)
        for name, selectors in rule.fields.items():
            found = first_match(search, name, selectors)
            if found:
                selector, matches = found
                self.given[name] = Given(f"{rule.name}: {selector.written}", matches)
        unwanted = [node for node in search.nodes(rule.strip) if node.tag not in _NEVER_STRIPPED]
        self._stripped = _Inside(unwanted[:MAX_STRIPPED])
        self.warnings = tuple(search.warnings)
        lines = [
            match.node
            for name, one in self.given.items()
            if name != "body" and FIELDS[name] != "address"  # a lead image may stand in the body too
            for match in one.matches
            if match.node and len(match.text) <= MAX_LINE_CHARACTERS
        ]
        self.blocks = _filled(layout, _Inside(lines)) if lines else frozenset()

    def leaves_out(self, node: LexborNode) -> bool:
        """Whether the body has no place for `node`: it is stripped, or outside of what the rule calls the body."""
        return self._stripped.holds(node) or (bool(self._body) and not self._body.holds(node))

    def fates(self, decided: list[Fate], title: str | None) -> list[Fate]:
        """What becomes of each block, where general rules have `decided` on the page's blocks."""
        if "body" in self.given:
            decided = self._chosen(decided, title) or decided
        if self._stripped:
            for index in _filled(self._layout, self._stripped):
                decided[index] = Fate.STRIPPED
        return decided

    def trimmed(self, block: Block) -> Block:
        """`block` without what the rule leaves out inside it."""
        if not (self._stripped or self._body) or not any(map(self.leaves_out, block.nodes)):
            return block
        nodes = [node for node in block.nodes if not self.leaves_out(node)]
        text = " ".join("".join(node.text_content or "" if node.tag == "-text" else " " for node in nodes).split())
        chars = len(text) - text.count(" ")
        return dataclasses.replace(block, nodes=nodes, text=text, chars=chars, link_chars=min(block.link_chars, chars))

    def _chosen(self, decided: list[Fate], title: str | None) -> list[Fate] | None:
        """The fates by the body's selector; None where it gives no text."""
        given = self.given["body"]
        inside = _Inside(match.node for match in given.matches if match.node)
        blocks = [block for block in self._layout.blocks if block.nodes and any(map(inside.holds, block.nodes))]
        shown = [block for block in blocks if not block.element.hidden] or blocks
        title_form = titles.form(title or "")
        fates = [Fate.OUTSIDE] * len(decided)
        for block in blocks:
            fates[block.index] = Fate.UNSHOWN
        for block in shown:
            fate = decided[block.index]
            fates[block.index] = fate
            if fate in _SET_BY_RULE:
                fates[block.index] = Fate.TITLE if is_title(block, title_form) else Fate.RULED
        left = [block for block in shown if fates[block.index] is Fate.RULED]
        if not any(block.text for block in left if not all(map(self._stripped.holds, block.nodes))):
            return None
        self._body = inside
        ruled = fates.count(Fate.RULED)
        self.body_evidence = Evidence("rule", given.at, f"{ruled} block{'s' if ruled != 1 else ''}")
        return fates


def first_match(search: Search, name: str, selectors: Iterable[Selector]) -> tuple[Selector, tuple[Match, ...]] | None:
    """The first selector of field `name` that matches, and what it matches: of most fields, one value."""
    for selector in selectors:
        limit = MAX_VALUES if name in SEVERAL else 1
        found = search.elements(selector) if name == "body" else search.matches(selector, FIELDS[name], limit=limit)
        if found:
            return selector, tuple(found)
    return None


class _Inside:
    """Tells what stands inside, or is, one of some nodes."""

    def __init__(self, nodes: Iterable[LexborNode]) -> None:
        self._known = dict.fromkeys((node.mem_id for node in nodes), True)
        self._any = bool(self._known)

    def __bool__(self) -> bool:
        return self._any

    def holds(self, node: LexborNode) -> bool:
        if not self._any:
            return False
        known, climbed = self._known, []
        one: LexborNode | None = node
        while one is not None and one.mem_id not in known:
            climbed.append(one.mem_id)
            one = one.parent
        answer = one is not None and known[one.mem_id]
        known.update(dict.fromkeys(climbed, answer))
        return answer


def _filled(layout: Layout, inside: _Inside) -> frozenset[int]:
    """The blocks that stand inside with all that they have."""
    blocks: Sequence[Block] = layout.blocks
    return frozenset(block.index for block in blocks if block.nodes and all(map(inside.holds, block.nodes)))
