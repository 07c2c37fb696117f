"""`queue.jsonl`: plain lines, edited by hand too; what is not understood stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import StoreError
from archiver.store import Store
from archiver.wanted import Wanted, dumps, loads

PAGE = Wanted(
    "https://a.example/1", "First", ("sea",), "2021-03-04T05:06:07Z", starred=True, note="two\nlines", written_by="Pocket"
)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "archive", create=True) as opened:
        yield opened


def test_what_is_added_waits_in_order(store):
    other = Wanted("https://a.example/2")
    assert store.queue.add([PAGE, other]) == 2
    assert store.queue.pages() == [PAGE, other]
    assert len((store.root / "queue.jsonl").read_text().splitlines()) == 2


def test_added_again_it_waits_once_and_as_it_is_now(store):
    store.queue.add([PAGE])
    assert store.queue.add([Wanted(PAGE.url, "Second")]) == 0
    assert [page.title for page in store.queue.pages()] == ["Second"]


def test_lines_that_are_not_understood_stay(store):
    file = store.root / "queue.jsonl"
    strange = ["half a line", '{"url": 3}', '{"url": "https://a.example/", "later": 1}', "\udcff"]
    file.write_bytes("\n".join([*strange, dumps(PAGE)]).encode("utf-8", "surrogateescape"))
    assert store.queue.pages() == [PAGE]
    store.queue.settle({PAGE.article_id: None})
    assert file.read_bytes().decode("utf-8", "surrogateescape").splitlines() == strange


def test_a_link_in_its_place_is_refused(store, tmp_path):
    (tmp_path / "elsewhere").write_text("")
    (store.root / "queue.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError):
        store.queue.pages()


@given(
    st.builds(
        Wanted,
        st.just("https://a.example/"),
        title=st.none() | st.text(),
        labels=st.lists(st.text()).map(tuple),
        starred=st.booleans(),
        note=st.none() | st.text(),
        attempts=st.integers(0, 9),
    )
)
def test_a_line_reads_back(wanted):
    line = dumps(wanted)
    assert "\n" not in line
    assert loads(line) == wanted


@given(st.text() | st.from_regex(r'\{"url": .*\}'))
def test_any_line_is_a_page_or_none(line):
    wanted = loads(line)
    assert wanted is None or wanted.url
