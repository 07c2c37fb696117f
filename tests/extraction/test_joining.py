from __future__ import annotations

from archiver.article import Article, Body, Evidence
from archiver.extraction.joining import joined
from archiver.extraction.render import to_text

LONG = "The harbour was built in stages, each of them after a storm had shown what was missing from the one before."


def page(*blocks: str, **fields) -> Article:
    html = "\n".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    return Article(title="Harbour", body=Body(to_text(html), html, 1), **fields)


def text(*pages: Article) -> list[str]:
    return joined(pages[0], pages[1:]).body.text.split("\n\n")


def test_the_text_of_all_and_the_fields_of_the_first():
    article = joined(page("One.", subtitle="Dek"), [page("Two."), page("Three.", subtitle="Other")])
    assert article.body.text == "One.\n\nTwo.\n\nThree."
    assert article.body.html == "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>"
    assert article.body.words == 3
    assert article.subtitle == "Dek"


def test_what_a_page_repeats_at_its_beginning_is_left_out():
    assert text(page("Lead.", "One."), page("Lead.", "Two.", "Lead.")) == ["Lead.", "One.", "Two.", "Lead."]


def test_what_all_pages_end_with_stands_at_the_end():
    assert text(page("One.", "Write to us."), page("Two.", "Write to us."), page("Three.", "Write to us.")) == [
        "One.",
        "Two.",
        "Three.",
        "Write to us.",
    ]


def test_a_long_paragraph_stands_once_and_a_short_one_as_often_as_it_is_said():
    assert text(page(LONG, "Yes."), page("Two.", LONG, "Yes.", "Three.")) == [LONG, "Yes.", "Two.", "Yes.", "Three."]


def test_pictures_are_told_apart_by_their_addresses():
    first, second = (
        '<figure><img src="https://a.example/1.jpg"></figure>',
        '<figure><img src="https://a.example/2.jpg"></figure>',
    )
    html = joined(page(first, "One."), [page(first, second, "Two.")]).body.html
    assert html.count("1.jpg") == html.count("2.jpg") == 1


def test_notes_of_one_page_are_not_taken_for_those_of_another():
    note = '<p>{0}<a href="#n1">1</a></p><p id="n1">Note to {0}.</p>'
    html = joined(page(note.format("One")), [page(note.format("Two"))]).body.html
    assert html.count('id="n1"') == html.count('href="#n1"') == 1
    assert html.count('id="page2-n1"') == html.count('href="#page2-n1"') == 1


def test_warnings_of_all_pages_once():
    assert joined(page("One.", warnings=("cut",)), [page("Two.", warnings=("cut", "odd"))]).warnings == ("cut", "odd")


def test_several_thin_pages_are_an_article():
    thin = page("A few words.", verdict="thin", evidence={"verdict": Evidence("rule", "thin", "3 words")})
    article = joined(thin, [page(LONG, LONG.replace("harbour", "quay"), LONG.replace("harbour", "mole"))])
    assert article.verdict == "article"
    assert article.evidence["verdict"].at == "joined from its pages"
    assert joined(thin, [page("And a few more.")]).verdict == "thin"
