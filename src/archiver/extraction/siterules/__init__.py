"""Rules for single sites: how they are written, and what they find on a page. Pure; `tasks/site_rules.py` reads the files.

`toml_rules.parse` and `fulltext_rss.parse` give a `SiteRule`; `Ruled` applies one to a page. docs/site-rules.md has the formats.
"""

from archiver.extraction.siterules.rule import Parsed, Problem, SiteRule

__all__ = ["Parsed", "Problem", "SiteRule"]
