"""The golden pages of site rules: a folder per case under `tests/fixtures/site_rules`, as `pages.py` has them, and the rule.

case.json also names the rule's file, which lies beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.extraction.siterules import fulltext_rss, toml_rules
from tests.support.pages import VOLATILE, GoldenPage

if TYPE_CHECKING:
    from archiver.extraction.siterules import Parsed, SiteRule

RULES = Path(__file__).parents[1] / "fixtures" / "site_rules"


def parsed(text: str, name: str = "quay-gazette.example.toml") -> Parsed:
    return toml_rules.parse(text, name) if name.endswith(".toml") else fulltext_rss.parse(text, name)


def rule_of(text: str, name: str = "quay-gazette.example.toml") -> SiteRule:
    found = parsed(text, name)
    assert found.rule is not None, found.problems
    return found.rule


@dataclass(frozen=True)
class RuledPage(GoldenPage):
    @property
    def rule_file(self) -> Path:
        return self.folder / str(self.case["rule"])

    @property
    def rule(self) -> SiteRule:
        return rule_of(self.rule_file.read_text(encoding="utf-8"), self.rule_file.name)

    def extracted(self) -> dict[str, Any]:
        return self.extracted_by(self.rule)

    def extracted_by(self, rule: SiteRule | None) -> dict[str, Any]:
        from archiver.extraction import extract

        record = extract(self.html, url=self.case["url"], fetched_at=self.case["fetched_at"], rule=rule).to_dict()
        return {key: value for key, value in record.items() if key not in VOLATILE}


def ruled_pages() -> list[RuledPage]:
    return [RuledPage(folder) for folder in sorted(RULES.iterdir()) if folder.is_dir()]


def ruled_page(name: str) -> RuledPage:
    return RuledPage(RULES / name)
