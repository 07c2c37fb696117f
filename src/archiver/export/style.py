"""How pages and books look: one small style sheet. Text and ground have a contrast of 4.5 or more (WCAG 2.2, AA).

`COLOURS` is for every page that the program writes, the page of statistics too.
"""

from __future__ import annotations

LIGHT = {"ground": "#fdfdfb", "text": "#1d1d1b", "dim": "#595955", "link": "#0b57a4", "line": "#d8d8d2", "box": "#f1f1ec"}
DARK = {"ground": "#17181a", "text": "#e4e4e0", "dim": "#a9a9a4", "link": "#8fbcf5", "line": "#3a3b3e", "box": "#232427"}
PAPER = {**LIGHT, "ground": "#ffffff"}

_TEXT = """\
blockquote{margin:1em 0;padding-inline-start:1em;border-inline-start:.2em solid var(--line)}
pre,code,kbd,samp{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}
pre{padding:.8em;overflow-x:auto;background:var(--box);white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;max-width:100%}
th,td{padding:.3em .6em;border:1px solid var(--line);text-align:start;vertical-align:top}
figure{margin:1em 0}
figcaption{color:var(--dim);font-size:.9em}
img{max-width:100%;height:auto}
a{color:var(--link)}
h1,h2,h3,h4,h5,h6{line-height:1.25;break-after:avoid}
.facts,.note{color:var(--dim)}
"""


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


COLOURS = f"""\
:root{{color-scheme:light dark;{_variables(LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}
@media print{{:root{{color-scheme:light;{_variables(PAPER)}}}}}
"""
"""The variables that pages take their colours from: in light and dark, and on paper."""

PAGE = f"""\
{COLOURS}@media print{{nav{{display:none}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--ground);color:var(--text);font:1.1rem/1.6 Georgia,"Noto Serif",serif;overflow-wrap:break-word}}
main{{max-width:42rem;margin:0 auto;padding:1.5rem 1rem 4rem}}
a:focus-visible{{outline:.15em solid var(--link);outline-offset:.15em}}
.articles{{padding:0;list-style:none}}
.articles li{{padding:.7em 0;border-bottom:1px solid var(--line)}}
.articles .facts{{display:block;font-size:.9em}}
{_TEXT}"""
"""For a page of an article, and for the index."""

BOOK = "".join(line + "\n" for line in _TEXT.splitlines())
for _name, _colour in LIGHT.items():
    BOOK = BOOK.replace(f"var(--{_name})", "inherit" if _name in {"text", "dim"} else _colour)
"""For a book: colours of text are the reader's own, and variables are resolved, which old readers do not know."""
