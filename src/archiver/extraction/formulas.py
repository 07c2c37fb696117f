"""Formulas, each once: pages print one formula as MathML, as TeX, as an image and as a hundred positioned letters.

TeX is taken where the page has it, because it says everything in one line. MathML alone is written out with sub- and
superscripts, fractions with a slash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TAGS = frozenset({"math", "script", "span", "mjx-container"})
"""What may hold a formula; `read` looks closer."""
_TYPESET = re.compile(r"(?:^|\s)(?:katex|katex-display|mwe-math-element)(?:\s|$)")
"""Class names of KaTeX and MediaWiki around one formula in all its forms."""
_TYPESET_ASIDE = re.compile(r"(?:^|\s)MathJax(?:_Preview|_Display|_SVG)?(?:\s|$)")
"""Class names of MathJax 2, which puts the formula beside its source."""
_TEX_IMAGE = re.compile(r"(?:^|\s)(?:latex|tex|mwe-math-fallback-image-(?:inline|display))(?:\s|$)")
"""Class names of images whose alternative text is TeX: WordPress, older MediaWiki."""
_STYLE = re.compile(r"\s*(?:\{\s*\\(?:display|text)style\b(.*)\}|\\(?:display|text)style\b(.*)|(.*))\s*", re.DOTALL)
_SCRIPTS = {"msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup")}
_UNREAD = frozenset({"annotation", "annotation-xml", "mphantom"})


def read(node: LexborNode, tag: str) -> list[tuple[str, str]] | None:
    """The formula that `node` is, as runs of text with the inline tag each stands in ("" for none); None for no formula.

    An empty list stands for a formula that is read elsewhere: beside its source, the typeset form says nothing.
    """
    if tag == "math":
        return _math(node)
    given = node.attributes
    if tag == "script":
        tex = _text(node) if _is_tex(given.get("type")) else None
        return None if tex is None else _code(tex)
    if tag != "mjx-container":
        hint = given.get("class")
        if not hint:
            return None
        if not _TYPESET.search(hint):
            return [] if _TYPESET_ASIDE.search(hint) and _has_source_beside(node) else None
    math = node.css_first("math")
    return _math(math) if math is not None else None


def tex_of_image(given: dict[str, str | None]) -> str | None:
    """The TeX that an image's alternative text is; None for any other image."""
    tex = given.get("alt")
    return _plain(tex) if tex and _TEX_IMAGE.search(given.get("class") or "") else None


def _math(math: LexborNode) -> list[tuple[str, str]]:
    annotation = math.css_first("annotation[encoding='application/x-tex']")
    tex = _text(annotation) if annotation is not None else math.attributes.get("alttext")
    return _code(tex) if tex and tex.strip() else _written_out(math)


def _code(tex: str) -> list[tuple[str, str]]:
    return [(_plain(tex), "code")] if tex.strip() else []


def _plain(tex: str) -> str:
    """`tex` without the command that only sets its size."""
    found = _STYLE.fullmatch(tex)
    return " ".join(next((part for part in found.groups() if part is not None), "").split()) if found else tex


def _text(node: LexborNode) -> str:
    return "".join(child.text_content or "" for child in node.iter(include_text=True))


def _is_tex(media_type: str | None) -> bool:
    return (media_type or "").strip().lower().startswith("math/tex")


def _has_source_beside(node: LexborNode) -> bool:
    """Whether the formula's source follows: MathJax 2 writes preview, formula, source; displayed ones stand in a box."""
    parent = node.parent
    boxed = parent is not None and parent.tag == "div" and _TYPESET_ASIDE.search(parent.attributes.get("class") or "")
    sibling = parent.next if boxed and parent is not None else node.next
    for _ in range(4):
        if sibling is None:
            return False
        if sibling.tag == "script":
            return _is_tex(sibling.attributes.get("type"))
        sibling = sibling.next
    return False


def _written_out(math: LexborNode) -> list[tuple[str, str]]:
    """MathML in one line."""
    runs: list[tuple[str, str]] = []
    pending: list[tuple[LexborNode | str, str]] = [(math, "")]  # what is still to be written, the next one last
    while pending:
        node, markup = pending.pop()
        if isinstance(node, str):
            runs.append((node, markup))
            continue
        if node.tag == "-text":
            text = " ".join((node.text_content or "").split())
            if text:
                runs.append((text, markup))
            continue
        children = [child for child in node.iter(include_text=True) if child.tag not in _UNREAD and not _is_blank(child)]
        pending += reversed(_parts(node.tag or "", children, markup))
    return runs


def _parts(tag: str, children: list[LexborNode], markup: str) -> list[tuple[LexborNode | str, str]]:
    """What an element of MathML is written as: its children, and signs between them."""
    if tag in _SCRIPTS and len(children) == len(_SCRIPTS[tag]):
        return [(child, markup or place) for child, place in zip(children, _SCRIPTS[tag], strict=True)]
    if tag == "mfrac" and len(children) == 2:
        return [*_bracketed(children[0], markup), ("/", markup), *_bracketed(children[1], markup)]
    if tag == "msqrt":
        return [("√(", markup), *((child, markup) for child in children), (")", markup)]
    if tag == "mtr":
        return [*((child, markup) for child in children), ("; ", markup)]
    return [(child, markup) for child in children]


def _bracketed(node: LexborNode, markup: str) -> list[tuple[LexborNode | str, str]]:
    simple = node.tag in {"mi", "mn"}
    return [(node, markup)] if simple else [("(", markup), (node, markup), (")", markup)]


def _is_blank(node: LexborNode) -> bool:
    return node.tag == "-text" and not (node.text_content or "").strip()
