"""Builds the documents into a site, each warning an error: `.venv/bin/python tools/site.py [FOLDER]` (Default: site).

What stands in `docs/` reads well as it is, too: links lead to files. Two pages of the site stand elsewhere in the project,
`CHANGELOG.md` and `benchmarks/README.md`; a copy of the tree, in which the links are as the site has them, is what is built.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from pygments.lexers.special import TextLexer  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

ROOT = Path(__file__).resolve().parents[1]
FROM_ELSEWHERE = {"CHANGELOG.md": "changelog.md", "benchmarks/README.md": "benchmarks.md"}
"""Pages of the site that stand outside of `docs/`, and their names beside the others."""

SETTINGS = {
    "project": "archiver",
    "html_title": "archiver",
    "html_theme": "furo",
    "extensions": ["myst_parser"],
    "myst_heading_anchors": 4,
    "highlight_language": "none",
    "exclude_patterns": ["man"],
    "html_show_copyright": False,
    "html_copy_source": False,
    "html_show_sourcelink": False,
}


def build(site: Path) -> int:
    """Writes the site into a folder; the exit code is 0 where nothing was warned of."""
    with tempfile.TemporaryDirectory() as folder, docutils_namespace():
        source = lay_out(Path(folder))
        made = Sphinx(
            source,
            None,
            site,
            Path(folder) / "doctrees",
            "html",
            confoverrides=SETTINGS,
            status=None,
            warningiserror=True,
        )
        made.add_lexer("crontab", TextLexer)
        made.build()
    return int(made.statuscode)


def lay_out(folder: Path) -> Path:
    """Copies what the site is made of; gives the folder of its pages. Files that they link to lie around it as they do here."""
    pages = folder / "docs"
    shutil.copytree(ROOT / "docs", pages)
    for name, page in FROM_ELSEWHERE.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        (pages / page).write_text(_seen_from_docs(text, Path(name).parent), encoding="utf-8")
    for document in pages.rglob("*.md"):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((\.\./[^)#\s]+)", text):
            _bring(folder, (document.parent / target).resolve().relative_to(folder.resolve()))
        for name, page in FROM_ELSEWHERE.items():
            text = text.replace(f"](../{name}", f"]({page}")
        document.write_text(text, encoding="utf-8")
    return pages


def _seen_from_docs(text: str, folder: Path) -> str:
    """A document of `folder` with its relative links as they are in `docs/`."""

    def turned(link: re.Match[str]) -> str:
        path = (folder / link[1]).as_posix()
        return f"]({path.removeprefix('docs/')}" if path.startswith("docs/") else f"](../{path}"

    return re.sub(r"\]\((?!\w+:|#|/)([^)#\s]+)", turned, text)


def _bring(folder: Path, name: Path) -> None:
    """Has a file that a page links to where the link leads."""
    if (ROOT / name).is_file() and not (folder / name).exists():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def main() -> int:
    """The exit code: 0 when the site stands, else 1."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    code = build(site.resolve())
    print(f"the site is in {site}" if not code else "the site has faults: see the lines above")
    return code


if __name__ == "__main__":
    sys.exit(main())
