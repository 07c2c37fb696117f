"""Each kind of finding, from what makes it, and what a repair makes of that."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from archiver import record
from archiver.errors import StoreError
from archiver.feeds.opml import EMPTY
from archiver.remarks import Remarks
from archiver.sightings import Sighting
from archiver.store import Filters, Store, paths
from archiver.store.aliases import Alias
from archiver.store.checking import KINDS, Severity, documents, mounts
from archiver.store.indexing import contents
from archiver.tasks.archiving.archive_page import archive_capture
from archiver.tasks.keeping.check import findings
from tests.support.archives import capture_of, keep, kinds, repair
from tests.support.archives import contents as content_of

URL, OTHER = "https://example.org/harbour", "https://example.net/lighthouse"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Two articles, the first with a version and remarks; nothing is young."""
    monkeypatch.setattr(documents, "YOUNG_SECONDS", 0.0)
    monkeypatch.setattr(contents, "RACY_SECONDS", 0.0)
    with Store.open(tmp_path / "archive", create=True) as opened:
        keep(opened, URL, "The Harbour")
        first = keep(opened, URL, "The Harbour, Revised", day=1)
        keep(opened, OTHER, "The Lighthouse")
        opened.remark(str(first.id), lambda remarks: remarks.labelled(["coast"]))
        opened.following.save_subscriptions(EMPTY)
        assert opened.following.polling.feeds() == {}
        opened.close()
        assert kinds(opened, deep=True) == []
        yield opened


def article_id(store: Store, url: str = URL) -> str:
    return store.find(url)


def the_record(store):
    return store.path(article_id(store))


def the_version(store):
    return store.versions(article_id(store))[0]


def the_capture(store):
    return store.root / store.load(article_id(store)).capture.warc


def the_remarks(store):
    return next(store.root.glob(f"remarks/*/{article_id(store)}.json"))


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def linked(path):
    target = path.parents[4] / "elsewhere"
    path.rename(target)
    path.symlink_to(target)


def with_newer_schema(path):
    path.write_text(path.read_text().replace('"schema": 1', '"schema": 99'))


def with_capture_elsewhere(store):
    article = store.load(article_id(store))
    capture = dataclasses.replace(article.capture, warc="/etc/passwd")
    the_record(store).write_text(record.dumps(dataclasses.replace(article, capture=capture)))
    max(store.root.glob(f"captures/*/*/{article_id(store)}*")).unlink()


def unreadable(store, monkeypatch):
    read, path = os.open, str(the_record(store))

    def refuse(name, *arguments, **options):
        if str(name) == path:
            raise PermissionError(13, "Permission denied")
        return read(name, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)


def with_orphan(store, *, whole: bool):
    article = store.load(article_id(store, OTHER))
    path = store.root / article.capture.warc
    target = path.with_name(path.name.replace("-2026", "-2025"))
    shutil.copy(path, target)
    if not whole:
        cut(target)


def copied(store):
    shutil.copy(the_record(store), the_record(store).with_name(f"copy-{article_id(store)}.json"))


def with_index_row_gone(store):
    with closing(sqlite3.connect(store.root / "index.sqlite3")) as db:
        db.execute("DELETE FROM records WHERE url = ?", (OTHER,))
        db.commit()


def with_text_gone(store):
    with closing(sqlite3.connect(store.root / "index.sqlite3")) as db:
        db.execute("DELETE FROM texts_content WHERE id = (SELECT max(id) FROM texts_content)")
        db.commit()


def on_a_network(store, monkeypatch):
    table = store.root.parent / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/home {store.root.parent} nfs4 rw 0 0\n")
    monkeypatch.setattr(mounts, "MOUNTS", table)
    monkeypatch.setattr(mounts.network_type, "__defaults__", (table,))


def with_file(store, name, content):
    path = store.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


NOBODY = "0" * 16
GONE = Sighting("gone", "2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", status=404)


def everything_in(root):
    return content_of(root, *(path.name for path in root.iterdir()))


CASES = {
    "record-damaged": lambda store, _: cut(the_record(store)),
    "version-damaged": lambda store, _: cut(the_version(store)),
    "version-alone": lambda store, _: the_record(store).unlink(),
    "remarks-damaged": lambda store, _: cut(the_remarks(store)),
    "sightings-damaged": lambda store, _: with_file(store, paths.sightings_file(article_id(store)), "{"),
    "alias-damaged": lambda store, _: with_file(store, paths.alias_file(NOBODY), "{"),
    "capture-missing": lambda store, _: the_capture(store).unlink(),
    "capture-damaged": lambda store, _: cut(the_capture(store)),
    "capture-elsewhere": lambda store, _: with_capture_elsewhere(store),
    "feeds-damaged": lambda store, _: cut(store.root / "feeds.opml"),
    "queue-damaged": lambda store, _: (store.root / "queue.jsonl").write_text('{"url": "https://a.example/"}\n{"url": 3}\n'),
    "not-a-file": lambda store, _: linked(the_version(store)),
    "unreadable": unreadable,
    "capture-alone": lambda store, _: with_orphan(store, whole=True),
    "capture-alone-damaged": lambda store, _: with_orphan(store, whole=False),
    "remarks-alone": lambda store, _: store.remark("0" * 16, lambda remarks: remarks.labelled(["x"])),
    "sightings-alone": lambda store, _: store.sightings.change(NOBODY, lambda sightings: sightings.with_look(GONE)),
    "alias-alone": lambda store, _: store.aliases.put(Alias(NOBODY, "https://a.example/", "1" * 16, "redirect")),
    "record-twice": lambda store, _: copied(store),
    "stray": lambda store, _: (store.root / "versions" / "notes.txt").touch(),
    "index-missing": lambda store, _: (store.root / "index.sqlite3").unlink(),
    "index-behind": lambda store, _: with_index_row_gone(store),
    "index-damaged": lambda store, _: with_text_gone(store),
    "memory-damaged": lambda store, _: (store.root / "feeds.sqlite3").write_bytes(b"x" * 5000),
    "temporary": lambda store, _: (store.root / "tmp/1-2").touch(),
    "removal": lambda store, _: (store.root / "removed").mkdir() or (store.root / "removed" / f"{'0' * 16}.json").touch(),
    "newer": lambda store, _: with_newer_schema(the_record(store)),
    "network-mount": on_a_network,
}
AFTER_REPAIR = {
    "unreadable",
    "stray",
    "remarks-alone",
    "sightings-alone",
    "alias-alone",
    "record-twice",
    "newer",
    "network-mount",
}
"""What a repair leaves to a person."""


def test_every_kind_has_a_case():
    assert CASES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", CASES)
def test_it_is_found_and_mended_and_then_nothing_more_happens(store, monkeypatch, kind):
    CASES[kind](store, monkeypatch)
    store.close()
    before = content_of(store.root)
    found = list(findings(store))
    assert kind in {one.kind for one in found}
    assert all(one.sentence and one.remedy and one.path for one in found)
    assert content_of(store.root) == before, "a check changes nothing"
    repair(store)
    assert set(kinds(store, deep=True)) == {kind} & AFTER_REPAIR
    after = everything_in(store.root)
    _, steps = repair(store)
    assert steps == []
    assert everything_in(store.root) == after
    gone = before.keys() - after.keys()
    quarantined = [name for name in after if name.startswith("quarantine/")]
    moved = {name for name in gone if any(path.endswith(f"/{name}") for path in quarantined)}
    assert gone - moved <= {name for name in before if name.startswith("versions/") and kind == "version-alone"}


def test_a_damaged_record_is_made_again_from_its_capture(store):
    article = store.load(article_id(store))
    cut(path := the_record(store))
    damaged = path.read_bytes()
    found, steps = repair(store)
    assert [(one.kind, one.url) for one in found if one.severity is Severity.DAMAGE] == [("record-damaged", URL)]
    assert [step.lost for step in steps if step.id] == [None]
    assert store.load(article_id(store)) == article
    assert store.path(article_id(store)) == path
    assert [path.read_bytes() for path in store.root.glob("quarantine/*/articles/*/*")] == [damaged]
    assert [row.title for row in store.rows(Filters(labels=("coast",)))] == ["The Harbour, Revised"]


def test_a_record_that_is_gone_comes_back_from_its_capture(store):
    article = store.load(article_id(store))
    the_record(store).unlink()
    repair(store)
    assert store.load(article_id(store)) == article
    assert len(store.versions(article_id(store))) == 1


def test_without_a_sound_capture_the_newest_version_takes_its_place(store):
    cut(the_capture(store))
    cut(the_record(store))
    version = store.newest_version(article_id(store))
    _, steps = repair(store)
    assert "newest version" in steps[0].says
    assert store.load(article_id(store)) == version
    assert store.versions(article_id(store)) == ()
    assert kinds(store) == []


def test_where_nothing_is_left_the_loss_is_said_with_its_address(store):
    other = article_id(store, OTHER)
    path = store.path(other)
    for capture in store.root.glob(f"captures/*/*/{other}*"):
        cut(capture)
    cut(path)
    _, steps = repair(store)
    assert [(step.lost, step.url) for step in steps if step.lost] == [("the article", OTHER)]
    assert not path.exists()
    assert len(list(store.root.glob("quarantine/*/articles/*/*"))) == 1
    assert len(list(store.root.glob("quarantine/*/captures/*/*/*"))) == 1
    assert kinds(store) == []


def test_a_lost_capture_leaves_the_text_and_the_record_says_so(store):
    article = store.load(article_id(store))
    cut(the_capture(store))
    _, steps = repair(store)
    assert [step.lost for step in steps] == ["what the server sent at 2026-11-02T08:00:00Z"]
    now = store.load(article_id(store))
    assert (now.body, now.title, now.evidence) == (article.body, article.title, article.evidence)
    assert now.capture.warc is now.capture.warc_sha256 is None
    assert now.capture.sha256 == article.capture.sha256
    assert "its capture is lost" in now.warnings[-1]
    assert list(store.root.glob(f"quarantine/*/{article.capture.warc}"))


def test_a_capture_without_a_record_becomes_one(store):
    lost = store.load(article_id(store, OTHER))
    store.path(lost.id).unlink()
    assert kinds(store)[0] == "capture-alone"
    _, steps = repair(store)
    assert steps[0].url == OTHER
    assert store.load(article_id(store, OTHER)) == lost


def test_a_capture_that_a_run_has_just_written_is_left_to_it(store, monkeypatch):
    with_orphan(store, whole=True)
    (path,) = store.root.glob("captures/*/*/*-2025*")
    os.utime(path)
    monkeypatch.setattr(documents, "YOUNG_SECONDS", 60.0)
    assert kinds(store) == []
    far = time.time() + 1000  # the clock was wrong when it was written
    os.utime(path, (far, far))
    assert kinds(store) == ["capture-alone"]


def test_a_newer_capture_that_no_record_names_gives_the_newest_record(store):
    article = store.load(article_id(store))
    version = the_version(store)
    the_record(store).write_bytes(version.read_bytes())
    version.unlink()
    assert kinds(store) == ["capture-alone", "index-behind"]
    repair(store)
    assert store.load(article_id(store)) == article
    assert store.newest_version(article_id(store)).title == "The Harbour"
    assert kinds(store) == []


def test_a_damaged_version_is_made_again_from_its_capture(store):
    version = store.newest_version(article_id(store))
    cut(the_version(store))
    _, steps = repair(store)
    assert [step.lost for step in steps] == [None, None]
    assert store.newest_version(article_id(store)) == version


def test_damaged_remarks_are_set_aside_and_the_loss_is_said(store):
    cut(the_remarks(store))
    _, steps = repair(store)
    assert [step.lost for step in steps if step.lost] == ["what it said"]
    assert store.remarks(article_id(store)) == Remarks()
    assert list(store.root.glob("quarantine/*/remarks/*/*"))


def test_subscriptions_that_can_be_read_are_kept(store):
    from archiver.feeds.opml import Opml

    whole = EMPTY.replace(b"  </body>", b'    <outline type="rss" text="A" xmlUrl="https://example.org/feed"/>\n  </body>')
    (store.root / "feeds.opml").write_bytes(whole.replace(b"</opml>", b""))
    _, steps = repair(store)
    assert steps[0].lost
    content = store.following.subscriptions()
    assert content is not None
    assert [one.url for one in Opml.read(content).subscriptions()] == ["https://example.org/feed"]


def test_a_record_of_a_later_version_is_left_alone(store):
    with_newer_schema(the_record(store))
    the_version(store).unlink()
    before = the_record(store).read_bytes()
    _, steps = repair(store)
    assert [step for step in steps if step.id] == []
    assert the_record(store).read_bytes() == before


def test_the_users_own_files_are_no_strays(store):
    for name in (".git", ".stfolder"):
        (store.root / name).mkdir()
    for name in (".DS_Store", "articles/.DS_Store", "articles/Thumbs.db", ".gitignore", "captures/desktop.ini"):
        (store.root / name).touch()
    assert kinds(store) == []


@pytest.mark.parametrize("place", [the_record, the_version, the_capture, the_remarks])
def test_a_link_in_any_place_is_set_aside_and_what_it_leads_to_is_not_touched(store, place):
    path = place(store)
    linked(path)
    (target := path.readlink()).write_bytes(b"theirs")
    assert "not-a-file" in kinds(store)
    repair(store)
    assert kinds(store) == []
    assert target.read_bytes() == b"theirs"
    assert store.load(article_id(store)).title == "The Harbour, Revised"


def test_a_link_in_the_place_of_a_whole_folder_is_left_to_its_owner(store):
    (store.root / "captures").rename(store.root.parent / "captures")
    (store.root / "captures").symlink_to(store.root.parent / "captures")
    before = content_of(store.root)
    assert kinds(store)[0] == "not-a-file"
    repair(store)
    assert (store.root / "captures").is_symlink()
    assert content_of(store.root) == before


def test_what_is_in_the_quarantine_is_nobodys_business_any_more(store):
    cut(the_remarks(store))
    repair(store)
    cut(next(store.root.glob("quarantine/*/remarks/*/*")))
    assert kinds(store) == []


def test_the_same_file_twice_on_one_day_keeps_both(store):
    for _ in range(2):
        the_remarks(store).write_bytes(b"half")
        repair(store)
        store.remark(article_id(store), lambda remarks: remarks.labelled(["again"]))
    assert len(list(store.root.glob("quarantine/*/remarks/*/*"))) == 2


def test_an_archive_that_is_not_there_is_whole(tmp_path):
    with Store.open(tmp_path / "none", create=False) as none:
        assert kinds(none) == []


def test_an_article_removed_while_it_is_looked_at_is_no_finding(store, monkeypatch):
    path = the_record(store)
    load = type(store._parts.records).load

    def removed(self, name):
        article = load(self, name)
        if name.endswith(path.name) and path.exists():
            store.remove(article.id)
        return article

    monkeypatch.setattr(type(store._parts.records), "load", removed)
    assert [kind for kind in kinds(store) if KINDS[kind].severity is Severity.DAMAGE] == []


def test_an_archive_that_cannot_be_read_is_an_error(store, monkeypatch):
    def refused(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(StoreError, match="cannot be read"):
        list(findings(store))


def merged(store):
    """Both articles as one; the captures of the second keep their names."""
    kept, other = article_id(store), article_id(store, OTHER)
    store.merging.join(kept, other)
    assert kinds(store, deep=True) == []
    (version,) = (path for path in store.versions(kept) if store.load_version(path).url == OTHER)
    return kept, other, version


def test_a_damaged_version_that_came_from_a_merged_article_stays_with_it(store):
    kept, _other, version = merged(store)
    cut(version)
    found, _ = repair(store)
    assert {one.id for one in found if one.severity is not Severity.DERIVED} == {kept}
    assert [row.id for row in store.rows(Filters())] == [kept]
    assert store.load(kept).url == URL
    assert OTHER in [store.load_version(path).url for path in store.versions(kept)]
    assert store.find(OTHER) == kept
    assert kinds(store, deep=True) == []


def test_all_of_a_merged_article_comes_back_from_its_captures(store):
    kept, _, version = merged(store)
    cut(version)
    cut(the_record(store))
    repair(store)
    assert store.load(kept).title == "The Harbour, Revised"
    assert OTHER in [store.load_version(path).url for path in store.versions(kept)]
    assert [row.id for row in store.rows(Filters())] == [kept]
    assert kinds(store, deep=True) == []


def test_a_lost_capture_of_several_pages_is_taken_out_with_all_of_them(store):
    url = "https://example.org/long"
    pages = capture_of(f"{url}?page=2", "The Long Harbour, on")
    outcome = archive_capture(dataclasses.replace(capture_of(url, "The Long Harbour"), later=(pages,)), store)
    assert outcome.article.capture
    assert outcome.article.capture.pages
    (store.root / str(outcome.article.capture.warc)).unlink()
    repair(store)
    assert kinds(store, deep=True) == []
    held = store.load(str(outcome.article.id))
    assert held.capture
    assert (held.capture.warc, [page.offset for page in held.capture.pages]) == (None, [None])
    assert held.body == outcome.article.body


@pytest.mark.parametrize("file_of", [paths.remarks_file, paths.sightings_file, paths.alias_file])
def test_what_a_newer_version_wrote_is_left_where_it_is(store, file_of):
    name = file_of(article_id(store))
    with_file(store, name, f'{{"schema": 99, "id": "{article_id(store)}"}}')
    assert "newer" in kinds(store)
    repair(store)
    assert (store.root / name).is_file()


def test_each_bad_line_of_the_queue_is_named_and_the_others_stay(store):
    sound, newer = '{"url": "https://a.example/"}', '{"url": "https://b.example/", "later": 1}'
    queue = store.root / "queue.jsonl"
    queue.write_text(f'{sound}\nhalf\n\n{newer}\n{{"url": "https://c.example/", "starred": "yes"}}\n[]\n{{"url": "ftp://d"}}\n')
    before = queue.read_bytes()
    found, steps = repair(store)
    said = {one.sentence.partition(":")[0]: one.kind for one in found if one.path == "queue.jsonl"}
    bad = dict.fromkeys((f"line {number} wants no page" for number in (2, 5, 6, 7)), "queue-damaged")
    assert said == bad | {"line 4 has a key that this version of archiver does not know (later), and was not checked": "newer"}
    assert [step.lost for step in steps if step.path == "queue.jsonl"] == ["perhaps pages that were to be archived"]
    assert queue.read_text() == f"{sound}\n{newer}\n"
    assert [path.read_bytes() for path in store.root.glob("quarantine/*/queue.jsonl")] == [before]


def test_a_record_whose_capture_is_lost_keeps_the_keys_that_are_not_ours(store):
    path = the_record(store)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"mood": "calm", "archiver": "99.0"}))
    the_capture(store).unlink()
    repair(store)
    document = json.loads(path.read_text())
    assert (document["mood"], document["capture"]["warc"]) == ("calm", None)
