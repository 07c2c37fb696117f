"""A record's HTML in a terminal: what each kind of markup looks like there."""

import io
from typing import Literal

import pytest
from rich.console import Console

from archiver.cli.typesetting import DEEPEST, Links, justification, typeset

ESCAPE = "\x1b"


def drawn(html: str, *, width: int = 40, plain: bool = False, numbered: bool = True, colour: bool = False) -> str:
    """What stands in the terminal, without the space at the ends of lines."""
    out = io.StringIO()
    system: Literal["standard"] | None = "standard" if colour else None
    console = Console(
        file=out, width=width, color_system=system, force_terminal=colour, markup=False, emoji=False, highlight=False
    )
    console.print(typeset(html, width=width, links=Links(numbered=numbered), plain=plain))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One.</p><p>Two\n  lines.</p>", "One.\n\nTwo lines."),
        ("<p>Roses<br>are red</p>", "Roses\nare red"),
        ("<h2>Tides</h2><p>Text.</p>", "Tides\n\nText."),
        ("<ul><li>One</li><li>Two<ul><li>inner</li></ul></li></ul>", "• One\n• Two\n  ◦ inner"),
        ("<ol start='9'><li>Nine</li><li>Ten</li></ol>", " 9. Nine\n10. Ten"),
        ("<ol start='x'><li>One</li></ol>", "1. One"),
        ("<ul><li><p>A</p><p>B</p></li><li><p>C</p></li></ul>", "• A\n\n  B\n\n• C"),
        ("<blockquote><p>Said.</p><p>Again.</p></blockquote>", "│ Said.\n│\n│ Again."),
        ("<pre><code>a\n  b</code></pre>", "  a\n    b"),
        ("<dl><dt>Ebb</dt><dd>Falling water.</dd></dl>", "Ebb\n  Falling water."),
        ("<figure><img src='' alt='A ship'><figcaption>The ship.</figcaption></figure>", "  [picture: A ship]\n  The ship."),
        ("<p>E = mc<sup>2</sup>, H<sub>2</sub>O, x<sup>ab</sup>, y<sub>k</sub></p>", "E = mc², H₂O, x^(ab), y_k"),
        ("<p><q>Ay</q>, 漢<ruby>字<rt>ji</rt></ruby></p>", "“Ay”, 漢字(ji)"),
        ("<p>A</p><hr><p>B</p>", "A\n\n                 * * *\n\nB"),
        ("<p>[bold]not markup[/bold] :smile:</p>", "[bold]not markup[/bold] :smile:"),
        ("", ""),
    ],
)
def test_what_is_written(html, lines):
    assert drawn(html) == lines


def test_a_line_is_broken_at_the_width():
    text = drawn(f"<p>{'word ' * 30}</p>", width=20)
    assert all(len(line) <= 20 for line in text.splitlines())
    assert text.split() == ["word"] * 30


def test_what_a_terminal_would_act_on_is_escaped():
    text = drawn("<p>a\x1b[31mb\x9b</p><pre>c\x07</pre><p><img src='https://e.org/\x1b' alt='d\x1b'></p>", colour=True)
    for sign in ("\x9b", "\x07", "\x1b[31m"):
        assert sign not in text
    assert "a\\u001b[31mb\\u009b" in text


@pytest.mark.parametrize(
    ("tag", "code"), [("strong", "1"), ("em", "3"), ("ins", "4"), ("del", "9"), ("h2", "1"), ("mark", "7")]
)
def test_emphasis_is_seen(tag, code):
    assert f"{ESCAPE}[{code}mTides" in drawn(f"<{tag}>Tides</{tag}>", colour=True)


def test_code_has_the_colours_of_its_language():
    coloured = drawn('<pre><code class="language-python">def f(): return "a"</code></pre>', colour=True)
    assert coloured.count(f"{ESCAPE}[3") > 1
    assert "def f(): return" in drawn('<pre><code class="language-nosuch">def f(): return "a"</code></pre>')


def test_a_link_is_a_hyperlink():
    text = drawn('<p>See <a href="https://e.org/tides">the tides</a>.</p>', colour=True, numbered=False)
    assert f"{ESCAPE}]8;" in text
    assert "https://e.org/tides" in text


def test_or_a_number_and_the_same_address_has_the_same_number():
    links = Links(numbered=True)
    html = "".join(f'<p><a href="https://e.org/{name}">{name}</a></p>' for name in ("a", "b", "a"))
    out = io.StringIO()
    Console(file=out, width=40, color_system=None).print(typeset(html, width=40, links=links))
    assert [line.rstrip() for line in out.getvalue().splitlines() if line.strip()] == ["a [1]", "b [2]", "a [1]"]
    assert links.addresses == {"https://e.org/a": 1, "https://e.org/b": 2}


def test_an_address_that_is_printed_needs_no_number():
    assert drawn('<p><a href="https://e.org/">https://e.org/</a></p>') == "https://e.org/"


def test_plain_headings_are_underlined_with_signs():
    assert drawn("<h1>Tides</h1><h2>Ebb</h2><h3>Flow</h3>", plain=True) == "Tides\n=====\n\nEbb\n---\n\nFlow"


TABLE = "<table><caption>Gauges</caption><tr><th>Place</th><th>Height</th></tr><tr><td>Hull</td><td>3 m</td></tr></table>"


def test_a_table_stands_in_columns():
    assert drawn(TABLE) == "Gauges\nPlace   Height\n──────────────\nHull    3 m"


def test_a_table_without_room_is_set_row_by_row():
    heads = "".join(f"<th>Head {number}</th>" for number in range(8))
    cells = "".join(f"<td>Value {number}</td>" for number in range(8))
    assert "Head 3  Value 3" in drawn(f"<table><tr>{heads}</tr><tr>{cells}</tr></table>").splitlines()


def test_a_cell_over_several_columns_leaves_those_beside_it_empty():
    text = drawn('<table><tr><td colspan="2">both</td><td>c</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>')
    first, second = text.splitlines()
    assert first.index("c") == second.index("c")


def test_a_table_without_rows_is_nothing():
    assert drawn("<p>a</p><table></table><p>b</p>") == "a\n\nb"


def test_however_deep_lists_nest_text_has_room():
    depth = 50 * DEEPEST
    text = drawn("<ul><li>x" * depth + "</li></ul>" * depth)
    assert text.count("x") == depth
    assert all(len(line) <= 40 for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "side"),
    [("Hello", "default"), ("שלום", "right"), ("مرحبا", "right"), ("12 שלום", "right"), ("漢字", "default"), ("…", "default")],
)
def test_on_which_side_text_begins(text, side):
    assert justification(text) == side


def test_text_written_from_the_right_stands_there():
    assert drawn("<p>שלום</p>", width=10) == "      שלום"
