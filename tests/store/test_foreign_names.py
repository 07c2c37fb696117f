"""An archive that was unpacked on another file system is read: names in other cases, in other Unicode forms."""

from __future__ import annotations

import dataclasses
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from archiver.remarks import Remarks
from archiver.store import Filters, Store, paths
from tests.store.conftest import make_article
from tests.support.records import any_article


def test_upper_case_names_of_records_are_read(tmp_path):
    with Store.open(tmp_path, create=True) as store:
        path = store.save(make_article())
    path.rename(path.with_name(path.name.upper()))
    with Store.open(tmp_path, create=False) as store:
        (row,) = store.rows(Filters())
        assert store.load(row.id) == make_article()
        assert store.path(row.id).name == path.name.upper()
        store.save(make_article(text="The sea fell.", fetched_at="2026-11-24T00:00:00Z"))
        assert len(list(tmp_path.glob("articles/*/*"))) == 1


def test_a_record_that_its_reader_renamed_is_read_in_either_form(tmp_path):
    for form in ("NFC", "NFD"):
        with Store.open(tmp_path / form, create=True) as store:
            path = store.save(make_article())
        path.rename(path.with_name(unicodedata.normalize(form, f"Möwen und Ström-{path.stem[-16:]}.json")))
        with Store.open(tmp_path / form, create=False) as store:
            (row,) = store.rows(Filters())
            assert store.load(row.id) == make_article()
            store.remark(row.id, Remarks(starred=True).united)
            assert [found.starred for found in store.rows(Filters())] == [True]


@given(any_article())
def test_names_do_not_depend_on_case_or_form(article):
    """No two of our names fall together, and none changes, on a file system that folds case or decomposes."""
    name = str(paths.article_file(dataclasses.replace(article, id="0123456789abcdef")))
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert unicodedata.normalize(form, name) == name
    assert name == name.casefold()
    assert len(name.rpartition("/")[2].encode()) <= 120


@given(st.text(alphabet="0123456789abcdef", min_size=16, max_size=16))
def test_every_name_gives_its_id_back_in_any_case(article_id):
    record = f"articles/example.org/2026-03-14-tides-{article_id}.json"
    for name in (record, record.upper().replace("ARTICLES", "articles")):
        assert paths.id_of(name) == article_id
    assert paths.remarked_id(str(paths.remarks_file(article_id))) == article_id
    assert paths.aliased_id(str(paths.alias_file(article_id))) == article_id
    assert paths.captured_id(f"{article_id}-20261123T081400Z.warc.gz".lower()) == article_id
