from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import InvalidInput, RecordDamaged
from archiver.remarks import MAX_LABEL_CHARACTERS, MAX_NOTE_BYTES, Remarks, clean_label, dumps, loads

ID = "7f3a9c2e51aabbcc"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def read(document, **changes):
    return loads(json.dumps({"schema": 1, "id": ID} | document | changes).encode(), ID, subject="x.json")


def test_labels_are_a_sorted_set_whatever_their_case():
    remarks = Remarks().labelled(["tides", "Coast"]).labelled(["TIDES", "ebb"])
    assert remarks.labels == ("Coast", "ebb", "tides")
    assert remarks.unlabelled(["COAST", "nowhere"]).labels == ("ebb", "tides")


def test_the_order_of_saying_makes_no_difference():
    one = Remarks().labelled(["b", "a"]).labelled(["c"])
    other = Remarks().labelled(["c", "a"]).labelled(["b"])
    assert dumps(one, ID) == dumps(other, ID)


@pytest.mark.parametrize(
    ("text", "label"), [("  two\n words ", "two words"), ("Cafe\u0301", "Café"), ("a/b", "a/b"), ("שלום", "שלום")]
)
def test_a_label_is_one_line(text, label):
    assert clean_label(text) == label


@pytest.mark.parametrize("text", ["", " \n", "a,b", "x" * (MAX_LABEL_CHARACTERS + 1), "bell\x07", "\udc80"])
def test_what_is_no_label_is_refused(text):
    with pytest.raises(InvalidInput) as refused:
        clean_label(text)
    str(refused.value).encode()


def test_nothing_said_is_no_file():
    assert dumps(Remarks(), ID) is None
    assert dumps(Remarks().noted(" \n"), ID) is None


@given(labels=st.lists(TEXT, max_size=5), starred=st.booleans(), was_read=st.booleans(), note=TEXT)
def test_what_is_written_reads_back(labels, starred, was_read, note):
    clean = []
    for label in labels:
        try:
            clean.append(clean_label(label))
        except InvalidInput:
            continue
    remarks = Remarks((), starred, was_read).labelled(clean).noted(note)
    content = dumps(remarks, ID)
    assert (Remarks() if content is None else loads(content, ID, subject="x")) == remarks


def test_keys_we_do_not_know_stay():
    held = json.dumps({"schema": 1, "id": ID, "starred": True, "rating": 5, "odd": "\ud800"}).encode()
    written = dumps(Remarks(), ID, held=held)
    assert written is not None
    assert json.loads(written) == json.loads(held) | {
        "labels": [],
        "starred": False,
        "read": False,
        "note": None,
        "added_at": None,
    }


def test_a_note_has_a_bound_and_must_be_text():
    assert Remarks().noted("a\r\nb\r\r\nc\n\n").note == "a\nb\nc"
    with pytest.raises(InvalidInput, match="larger"):
        Remarks().noted("x" * (MAX_NOTE_BYTES + 1))
    with pytest.raises(InvalidInput, match="UTF-8"):
        Remarks().noted("\udc80")


def test_what_a_file_leaves_out_is_not_said():
    assert read({}) == Remarks()
    assert read({"labels": ["b", "a", "A"]}).labels == ("a", "b")


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 0}, {"id": "0" * 16}, {"labels": "a"}, {"labels": [1]}, {"labels": ["a,b"]}, {"starred": 1}, {"read": "no"},
        {"note": ["x"]}, {"note": "\ud800"},
    ],
)  # fmt: skip
def test_what_holds_no_remarks_is_damaged(changes):
    with pytest.raises(RecordDamaged, match=r"editor|upgrade"):
        read({}, **changes)


@pytest.mark.parametrize("content", [b"", b"half", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_damaged(content):
    with pytest.raises(RecordDamaged, match=r"x\.json"):
        loads(content, ID, subject="x.json")


def test_united_says_what_both_say():
    one, other = Remarks(("coast",), starred=True, note="Mine."), Remarks(("COAST", "sea"), read=True, note="Theirs.")
    both = one.united(other)
    assert both == Remarks(("coast", "sea"), starred=True, read=True, note="Mine.\n\nTheirs.")
    assert both.united(other) == both.united(one) == both
    assert Remarks().united(other) == Remarks(("COAST", "sea"), read=True, note="Theirs.")
