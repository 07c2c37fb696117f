"""Rules for single sites: how they are written, and what they find on a page. Pure: `tasks/site_rules.py` reads files.

`toml_rules.parse` and `fulltext_rss.parse` give a `SiteRule`; `Ruled` applies one to a page. The formats: docs/site-rules.md.
"""

from archiver.extraction.siterules.rule import Parsed, Problem, SiteRule

__all__ = ["Parsed", "Problem", "SiteRule"]
