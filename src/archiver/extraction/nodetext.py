"""The first characters of a node's text, at a cost that does not depend on how much text follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def beginning(node: LexborNode, max_characters: int) -> str:
    """The node's text, white space collapsed, a space between elements, cut near `max_characters`."""
    pieces: list[str] = []
    characters = 0
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            text = (child.text_content or "").lstrip()[:max_characters]  # templates indent by hundreds of spaces
            pieces += text.split()
            characters += len(text)
            if characters > max_characters:
                break
    return " ".join(pieces)[:max_characters].rstrip()
