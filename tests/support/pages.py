"""The golden pages: a folder per case under `tests/fixtures/pages`.

page.html       the page, written by us, minimal, for one trait of the real web
case.json       {"why": the trait, "url": …, "fetched_at": …}, if need be "headers": [[name, value], …] and "entry": {…}
expected.json   the record without what is the same for every page (see `VOLATILE`)
expected.txt    the record's body.text, easier to review than in JSON
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.entry import FeedEntry

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
VOLATILE = ("schema", "archiver", "capture", "feed", "requested_url")


@dataclass(frozen=True)
class GoldenPage:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def case(self) -> dict[str, Any]:
        case: dict[str, Any] = json.loads((self.folder / "case.json").read_text(encoding="utf-8"))
        return case

    @property
    def html(self) -> bytes:
        return (self.folder / "page.html").read_bytes()

    def expected(self) -> dict[str, Any]:
        expected: dict[str, Any] = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        expected["body"]["text"] = (self.folder / "expected.txt").read_text(encoding="utf-8").rstrip("\n")
        return expected

    def extracted(self) -> dict[str, Any]:
        from archiver.extraction import extract

        case = self.case
        entry: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in case.get("entry", {}).items()
        }
        record = extract(
            self.html,
            url=case["url"],
            fetched_at=case.get("fetched_at"),
            headers=tuple((name, value) for name, value in case.get("headers", ())),
            entry=FeedEntry(**entry) if entry else None,
        ).to_dict()
        return {key: value for key, value in record.items() if key not in VOLATILE}

    def bless(self) -> None:
        record = self.extracted()
        (self.folder / "expected.txt").write_text(record["body"].pop("text") + "\n", encoding="utf-8")
        (self.folder / "expected.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def golden_pages() -> list[GoldenPage]:
    return [GoldenPage(folder) for folder in sorted(PAGES.iterdir()) if folder.is_dir()]
