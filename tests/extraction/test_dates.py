"""Published, modified, reviewed: labels, agreement, and what is no date of the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.article import Dates
from tests.support.small_pages import extracted

PUBLISHED_TIME = '<meta property="article:published_time" content="{}">'
MODIFIED_TIME = '<meta property="article:modified_time" content="{}">'


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Last updated: 8 Aug 2018 (Originally: 18 Mar 2017)", "en"),
        ("Published: March 18, 2017 | Updated: August 8, 2018", "en"),
        ("Veröffentlicht am 18.03.2017, aktualisiert am 08.08.2018", "de"),
        ("Publié le 18 mars 2017 | Mis à jour le 8 août 2018", "fr"),
        ("Publicado el 18 de marzo de 2017 | Actualizado el 8 de agosto de 2018", "es"),
        ("Pubblicato il 18 marzo 2017 | Aggiornato il 8 agosto 2018", "it"),
        ("Gepubliceerd op 18 maart 2017 | Bijgewerkt op 8 augustus 2018", "nl"),
        ("Опубликовано 18 марта 2017 | Обновлено 8 августа 2018", "ru"),
        ("公開日:2017年3月18日 更新日:2018年8月8日", "ja"),
        ("发布时间：2017年3月18日 更新时间：2018年8月8日", "zh"),
    ],
)
def test_labels_tell_published_from_modified(line: str, lang: str):
    dates = extracted(below=f"<p>{line}</p>", lang=lang).dates
    assert (dates.published, dates.modified) == ("2017-03-18", "2018-08-08")


def test_label_in_a_block_of_its_own():
    dates = extracted(
        below="<div>Published</div><div>18 March 2017</div><div>Last reviewed</div><div>8 August 2018</div>"
    ).dates
    assert (dates.published, dates.reviewed) == ("2017-03-18", "2018-08-08")


def test_printed_label_wins_over_what_machines_are_told():
    article = extracted(head=PUBLISHED_TIME.format("2018-08-08"), below="<p>Originally published: 18 March 2017</p>")
    assert article.dates.published == "2017-03-18"
    assert [one.value for one in article.evidence["dates.published"].rejected] == ["2018-08-08"]


def test_moment_of_the_printed_day_is_kept():
    article = extracted(head=PUBLISHED_TIME.format("2017-03-18T09:30:00+01:00"), below="<p>Published 18 March 2017</p>")
    assert article.dates.published == "2017-03-18T09:30:00+01:00"
    assert article.evidence["dates.published"].agree == ("p",)


def test_zone_is_never_invented():
    assert extracted(head=PUBLISHED_TIME.format("2017-03-18 09:30")).dates.published == "2017-03-18T09:30:00"


@pytest.mark.parametrize(
    ("stated", "printed", "published"),
    [
        ("2017-03-18T08:21:00-04:00", "2017-03-18 08:21", "2017-03-18T08:21:00-04:00"),
        ("2017-03-18T06:00:12Z", "2017-03-18 07:00", "2017-03-18T07:00:00+01:00"),
        ("2017-03-18T06:00:12Z", "2017-03-18 07:10", "2017-03-18T07:10:00"),
        ("2017-03-18T08:21:00-04:00", "2017-03-18 09:21", "2017-03-18T09:21:00"),
    ],
)
def test_a_printed_moment_is_in_the_zone_that_another_statement_of_it_tells(stated: str, printed: str, published: str):
    dates = extracted(head=PUBLISHED_TIME.format(stated), below=f"<p>Published {printed}</p>").dates
    assert dates.published == published


def test_two_statements_of_one_moment_give_the_readers_day():
    head = PUBLISHED_TIME.format("2017-03-19T02:30:10Z")
    dates = extracted(head=head, below='<p><time datetime="2017-03-18 19:30:10">March 18, 2017</time></p>').dates
    assert dates.published == "2017-03-18T19:30:10-07:00"


def test_modified_before_published_is_dropped():
    dates = extracted(head=PUBLISHED_TIME.format("2017-03-18") + MODIFIED_TIME.format("2016-01-01")).dates
    assert (dates.published, dates.modified) == ("2017-03-18", None)


def test_nothing_after_the_capture_but_a_day_for_zones():
    assert extracted(head=PUBLISHED_TIME.format("2024-06-03")).dates.published is None
    assert extracted(head=PUBLISHED_TIME.format("2024-06-02")).dates.published == "2024-06-02"


def test_a_publication_that_is_still_to_come_is_told():
    head = PUBLISHED_TIME.format("2024-06-03")
    (warning,) = extracted(head=head).warnings
    assert "the publication date 2024-06-03 is later than the day of fetching" in warning
    assert "article:published_time" in warning
    assert not extracted(head=PUBLISHED_TIME.format("2024-06-02")).warnings
    assert extracted(head=head, below="<p>Published: March 18, 2017</p>").warnings == (warning,)


def test_a_day_to_come_that_may_be_something_elses_is_not_told():
    assert not extracted(below="<p>The fair opens on 3 June 2031 in the old town.</p>").warnings


def test_without_a_capture_time_no_date_is_in_the_future():
    assert extracted(head=PUBLISHED_TIME.format("2040-06-03"), fetched_at=None).dates.published == "2040-06-03"


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/2017/03/18/boats",
        "https://x.example/boats-2017-03-18",
        "https://x.example/20170318/b",
        "https://x.example/2017/mar/18/b",
    ],
)
def test_day_in_the_address(url: str):
    article = extracted(url=url)
    assert article.dates.published == "2017-03-18"
    assert article.evidence["dates.published"].from_ == "url"


@pytest.mark.parametrize(
    "behind",
    [
        "<p>Copyright 2017 Quay Gazette</p>",
        "<p>© 18 March 2017</p>",
        "<p>Birk, W. (2017). Boats. Retrieved on 18 March 2017</p>",
        "<p>The festival takes place on 18 March 2017 at the old pier, and everybody who owns a hat is welcome to come.</p>",
        '<div class="comments"><p>Published 18 March 2017</p></div>',
        "<nav><p>Published 18 March 2017</p></nav>",
    ],
)
def test_no_publication_date(behind: str):
    assert extracted(behind=behind).dates.published is None


def test_address_tells_when_a_system_writes_each_change_into_both_fields():
    head = PUBLISHED_TIME.format("2018-08-08T10:00:00Z") + MODIFIED_TIME.format("2018-08-08T10:00:00Z")
    dates = extracted(head=head, url="https://x.example/2017/03/18/boats").dates
    assert (dates.published, dates.modified) == ("2017-03-18", "2018-08-08T10:00:00Z")


def test_the_only_printed_date_is_also_the_publication_date_at_the_latest():
    article = extracted(below="<p>Updated 18 March 2017</p>")
    assert (article.dates.published, article.dates.modified) == ("2017-03-18", "2017-03-18")


def test_date_line_is_not_part_of_the_body():
    assert "2017" not in extracted(below="<p>18 March 2017</p>").body.text


def test_a_numeric_date_is_read_as_another_claim_reads_it():
    assert extracted(below="<p>03/10/2023</p>").dates.published == "2023-03-10"
    url = "https://quay-gazette.example/2023/october/03/boats"
    assert extracted(below="<p>03/10/2023</p>", url=url).dates.published == "2023-10-03"


def test_an_unsure_date_behind_a_printed_change_is_not_the_publication():
    line = "<p>Updated 18 March 2017</p>"
    assert extracted(head='<meta name="date" content="2018-08-08">', below=line).dates.published == "2017-03-18"
    assert extracted(head=PUBLISHED_TIME.format("2018-08-08"), below=line).dates.published == "2018-08-08"


def test_the_address_gives_the_readers_day_only_where_some_zone_has_it():
    head = PUBLISHED_TIME.format("2020-07-09T{}:04:04Z")
    url = "https://quay-gazette.example/2020/07/08/boats"
    assert extracted(head=head.format("02"), url=url).dates.published == "2020-07-08"
    assert extracted(head=head.format("12"), url=url).dates.published == "2020-07-09T12:04:04Z"


def test_of_many_dates_in_one_kind_of_markup_the_one_under_the_headline_counts():
    teasers = "".join(f'<div><time datetime="2025-12-1{day}">December 1{day}</time></div>' for day in range(3))
    line = '<div><time datetime="2017-03-18">March 18, 2017</time></div>'
    assert extracted(above=teasers, below=line).dates.published == "2017-03-18"


def test_a_day_before_a_printed_change_in_one_line_is_the_publication():
    assert extracted(behind="<p>18 March 2017. Updated: 8 August 2018</p>").dates == Dates("2017-03-18", "2018-08-08", None)


def test_other_articles_dates_in_one_kind_of_markup_are_not_believed():
    teasers = "".join(f'<p itemprop="datePublished">2020-01-0{day}</p>' for day in (1, 2, 3))
    assert extracted(behind=teasers, below="<p>18 March 2017</p>").dates.published == "2017-03-18"


# --- what cannot be


@pytest.mark.parametrize(
    "value",
    [
        "0000-00-00",
        "0000-00-00 00:00:00",
        "99999-01-01",
        "2017-02-30",
        "30 February 2017",
        "0",
        "0000000000",
        "9999999999",
        "9" * 5000,
        "NaN",
        "null",
        "{{ post.date }}",
        "today",
        "now",
        "Invalid Date",
        "2024-07-01",
        "2199-01-01T00:00:00Z",
    ],
)
def test_an_impossible_or_future_value_is_no_date_and_never_the_day_of_the_capture(value: str):
    assert extracted(head=PUBLISHED_TIME.format(value) + MODIFIED_TIME.format(value)).dates == Dates()


def test_an_impossible_value_does_not_hide_a_possible_one():
    article = extracted(head=PUBLISHED_TIME.format("0000-00-00"), below="<p>18 March 2017</p>")
    assert article.dates.published == "2017-03-18"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2017-03-18T09:30:00+9999", "2017-03-18T09:30:00"),
        ("2024-03-10T02:30:00-05:00", "2024-03-10T02:30:00-05:00"),
        ("٢٠١٧-٠٣-١٨", "2017-03-18"),
        ("1489829400", "2017-03-18T09:30:00Z"),
        ("1489829400000", "2017-03-18T09:30:00Z"),
        ("Sat, 18 Mar 2017 09:30:00 +0100", "2017-03-18T09:30:00+01:00"),
        ("1970-01-02", "1970-01-02"),
    ],
)
def test_odd_values_are_kept_as_far_as_they_make_sense(value: str, iso: str):
    assert extracted(head=PUBLISHED_TIME.format(value)).dates.published == iso


@pytest.mark.parametrize(
    "fetched_at", [None, "", "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z"]
)
def test_a_capture_time_that_cannot_be_is_as_if_none_were_given(fetched_at: str | None):
    dates = extracted(head=PUBLISHED_TIME.format("2017-03-18"), below="<p>Updated 3 days ago</p>", fetched_at=fetched_at).dates
    assert dates == Dates(published="2017-03-18")


# --- which of several


def test_a_line_with_both_dates_says_the_label_before_its_date():
    for line in ("18 March 2017 | Updated 8 August 2018", "18 March 2017, last updated: 8 August 2018"):
        dates = extracted(below=f"<p>{line}</p>").dates
        assert (dates.published, dates.modified) == ("2017-03-18", "2018-08-08")


def test_a_modified_date_is_not_reported_as_published_when_both_are_stated():
    head = MODIFIED_TIME.format("2018-08-08T10:00:00Z") + PUBLISHED_TIME.format("2017-03-18T09:30:00Z")
    dates = extracted(head=head).dates
    assert (dates.published, dates.modified) == ("2017-03-18T09:30:00Z", "2018-08-08T10:00:00Z")


def test_a_stated_change_alone_is_no_publication():
    dates = extracted(head=MODIFIED_TIME.format("2018-08-08")).dates
    assert (dates.published, dates.modified) == (None, "2018-08-08")


def test_a_printed_day_is_not_sharpened_where_machines_are_told_another():
    article = extracted(head=PUBLISHED_TIME.format("2018-08-08T09:30:00Z"), below="<p>Published 18 March 2017</p>")
    assert article.dates.published == "2017-03-18"


def test_same_day_of_change_and_publication_is_kept():
    head = PUBLISHED_TIME.format("2017-03-18T09:30:00Z") + MODIFIED_TIME.format("2017-03-18T11:00:00Z")
    dates = extracted(head=head).dates
    assert (dates.published, dates.modified) == ("2017-03-18T09:30:00Z", "2017-03-18T11:00:00Z")


def test_the_readers_zone_is_taken_from_a_claim_of_the_same_moment():
    head = PUBLISHED_TIME.format("2017-03-18T23:30:00Z")
    json_ld = '<script type="application/ld+json">{"@type":"Article","datePublished":"2017-03-19T01:30:00+02:00"}</script>'
    assert extracted(head=head + json_ld).dates.published == "2017-03-19T01:30:00+02:00"


def test_a_difference_that_no_zone_has_is_not_taken_for_one():
    head = PUBLISHED_TIME.format("2017-03-18T09:30:00Z")
    dates = extracted(head=head, below='<p><time datetime="2017-03-18 10:47:00">March 18, 2017</time></p>').dates
    assert dates.published == "2017-03-18T09:30:00Z"


def test_the_date_of_another_article_item_is_not_used():
    json_ld = """<script type="application/ld+json">[{"@type":"ItemList","itemListElement":[
        {"@type":"Article","headline":"Ferry","datePublished":"2019-01-01"}]}]</script>"""
    assert extracted(head=json_ld).dates.published is None


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/2017/13/45/b",
        "https://x.example/120170318555/b",
        "https://x.example/2017/03/b",
        "https://x.example/?d=2017-03-18",
    ],
)
def test_no_day_in_the_address(url: str):
    assert extracted(url=url).dates.published is None


def test_evidence_names_every_date_that_was_found_and_nothing_else():
    article = extracted(
        head=PUBLISHED_TIME.format("2017-03-18"), below="<p>Published 18 March 2017</p><p>Last reviewed 8 August 2018</p>"
    )
    dated = {key for key in article.evidence if key.startswith("dates.")}
    assert dated == {"dates.published", "dates.reviewed"}
    assert article.evidence["dates.published"].agree == ("meta[property=article:published_time]",)
    assert article.evidence["dates.reviewed"].value == "8 August 2018"


DATE_LIKE = st.text(alphabet=st.sampled_from("0123456789-/.:TZ+ 年月日"), max_size=30) | st.text(max_size=30)


@given(DATE_LIKE, DATE_LIKE, st.dates().map(str) | DATE_LIKE)
def test_whatever_is_claimed_the_dates_are_in_order_and_not_of_the_future(published: str, modified: str, printed: str):
    head = PUBLISHED_TIME.format(published.replace('"', "")) + MODIFIED_TIME.format(modified.replace('"', ""))
    dates = extracted(head=head, below=f"<p>Reviewed {printed}</p><p>{printed}</p>").dates
    for value in (dates.published, dates.modified, dates.reviewed):
        assert value is None or "1800-01-01" <= value[:10] <= "2024-06-02"
    if dates.published and dates.modified:
        assert dates.published[:10] <= dates.modified[:10]
