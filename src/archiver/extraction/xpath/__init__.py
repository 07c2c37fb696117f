"""XPath 1.0 over the page's own tree, with a bound on what it may cost (see docs/adr/0009-site-rules.md).

    expression = xpath.parse("//div[@class='story']")
    tree = xpath.Tree(page.tree)
    nodes = xpath.evaluate(expression, tree)

Variables, namespaces and comments are not supported; a prefix before a name is ignored. Names are compared in small letters.
"""

from archiver.extraction.xpath.expressions import Expression, evaluate
from archiver.extraction.xpath.functions import string
from archiver.extraction.xpath.grammar import BadExpression, Unsupported, parse
from archiver.extraction.xpath.paths import Named
from archiver.extraction.xpath.tree import Attribute, Node, TooCostly, Tree, Value

__all__ = [
    "Attribute",
    "BadExpression",
    "Expression",
    "Named",
    "Node",
    "TooCostly",
    "Tree",
    "Unsupported",
    "Value",
    "evaluate",
    "parse",
    "string",
]
