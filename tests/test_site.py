"""The documents build into a site, and what leads nowhere in them is an error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def built(tools, site):
    return subprocess.run(
        [sys.executable, tools / "tools" / "site.py", site], capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def test_the_site_builds_without_a_warning(tmp_path):
    ran = built(ROOT, tmp_path / "site")
    assert ran.returncode == 0, ran.stderr
    pages = {path.stem for path in (tmp_path / "site").glob("*.html")}
    assert {path.stem for path in (ROOT / "docs").glob("*.md")} <= pages
    assert {"changelog", "benchmarks"} <= pages
    assert 'href="search.html"' in (tmp_path / "site" / "changelog.html").read_text(encoding="utf-8")


def test_what_leads_nowhere_is_an_error(tmp_path):
    for folder in ("benchmarks", "docs", "tools"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tools" / "site.py").write_bytes((ROOT / "tools" / "site.py").read_bytes())
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n[Other](docs/other.md)\n")
    (tmp_path / "benchmarks" / "README.md").write_text("# Benchmarks\n")
    (tmp_path / "docs" / "other.md").write_text("# Other\n\n[Changes](../CHANGELOG.md) [Code](../tools/site.py)\n")
    (tmp_path / "docs" / "index.md").write_text(
        "# Index\n\n[1](nowhere.md)\n\n[2](other.md#nothing)\n\n```{toctree}\nother\nchangelog\nbenchmarks\n```\n"
    )
    ran = built(tmp_path, tmp_path / "site")
    assert ran.returncode == 1
    warnings = [line for line in ran.stderr.splitlines() if "WARNING" in line]
    assert [line.partition("docs/")[2].partition(": WARNING")[0] for line in warnings] == ["index.md:3", "index.md:5"]
