"""`archiver stats` as one page: charts and the tables behind them, no script, nothing loaded from anywhere.

The policy in its head has the browser refuse everything but the page's own style, whatever a name may hold; besides,
every name is escaped. Each text has a contrast of 4.5 or more, each bar one of 3 (WCAG 2.2, AA).
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from archiver.cli import stats_blocks, svg
from archiver.export import style

if TYPE_CHECKING:
    from archiver.cli.stats_blocks import Block
    from archiver.store import Filters
    from archiver.tasks.stats import Stats

TITLE = "The archive in numbers"
STYLE = f"""\
{style.COLOURS}@media print{{details{{display:none}}}}
section{{break-inside:avoid}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}}
main{{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}}
h1{{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}}
h2{{font-size:1.1rem;margin:0 0 .5rem}}
dl{{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:0}}
dt,.note,summary{{color:var(--dim);font-size:.9rem}}
dd{{margin:0;font-size:1.15rem}}
.blocks{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:2rem;margin-top:2rem}}
table{{border-collapse:collapse;width:100%}}
th,td{{padding:.15rem .5rem .15rem 0;text-align:start;vertical-align:middle;font-weight:normal}}
thead th{{color:var(--dim);font-size:.9rem}}
tbody th{{max-width:14rem}}
td.bar{{width:45%}}
@media (max-width:30rem){{td.bar{{width:25%}}}}
td:last-child,thead th:last-child{{text-align:end;padding-inline-end:0;font-variant-numeric:tabular-nums;white-space:nowrap}}
details table{{width:auto}}
svg{{display:block;width:100%;height:auto;print-color-adjust:exact}}
svg[role=img]{{max-width:32rem}}
svg.bar{{height:.7rem}}
svg rect{{fill:var(--link)}}
svg text{{fill:var(--dim);font-size:12px;text-anchor:middle}}
svg line{{stroke:var(--dim)}}
.note{{margin:.25rem 0 0}}
summary:focus-visible{{outline:.15em solid var(--link)}}
"""
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def page(stats: Stats, filters: Filters) -> str:
    """The page of the articles that `filters` chose; the same numbers give the same page."""
    facts = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>\n" for name, text in stats_blocks.facts(stats))
    chosen = stats_blocks.chosen(filters)
    told = f'<p class="note">Only {escape(chosen)}</p>\n' if chosen else ""
    lines = "".join(_line(line, number) for number, line in enumerate(stats_blocks.lines_of_time(stats), 1))
    blocks = "".join(map(_block, (*stats_blocks.rankings(stats), stats_blocks.fields(stats), stats_blocks.disk(stats))))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{TITLE}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{TITLE}</h1>
{told}<dl>
{facts}</dl>
<div class="blocks">
{lines}</div>
<div class="blocks">
{blocks}</div>
</main>
</body>
</html>"""


def _line(line: Block, number: int) -> str:
    said = ", ".join(f"{row.name}: {row.value}" for row in line.rows)
    table = _table(line, bars=False)
    chart = svg.columns(line.rows, f"Articles: {line.heading}", said, number)
    details = f"<details><summary>As a table</summary>{table}</details>"
    return f"<section>\n<h2>{escape(line.heading)}</h2>\n{chart}\n{_note(line)}{details}\n</section>\n"


def _block(block: Block) -> str:
    return f"<section>\n<h2>{escape(block.heading)}</h2>\n{_table(block, bars=True)}\n{_note(block)}</section>\n"


def _table(block: Block, *, bars: bool) -> str:
    longest = max((row.length for row in block.rows), default=0)
    middle = '<td class="bar"></td>' if bars else ""
    first, last = (f'<th scope="col">{escape(name)}</th>' for name in (block.first_column, block.last_column))
    head = f"<thead><tr>{first}{middle}{last}</tr></thead>"
    rows = "".join(
        f'<tr><th scope="row"><bdi>{escape(row.name)}</bdi></th>'
        + (f'<td class="bar">{svg.bar(row.length, longest)}</td>' if bars else "")
        + f"<td>{escape(row.value)}</td></tr>\n"
        for row in block.rows
    )
    return f"<table>{head}<tbody>\n{rows}</tbody></table>"


def _note(block: Block) -> str:
    return f'<p class="note">{escape(block.note)}</p>\n' if block.note else ""
