"""`archiver reparse`: articles extracted again from their captures."""

from __future__ import annotations

import json

import pytest

from archiver.tasks.processes import Processes
from archiver.tasks.versions import reparse
from archiver.tasks.versions.reread import reread
from tests.support.articles import article_page
from tests.support.servers import Response, serve


def records(archive):
    return {path: json.loads(path.read_text()) for path in sorted(archive.glob("articles/*/*.json"))}


def edited(archive, **fields):
    """Changes fields of the only record, as an older archiver might have read them; gives the content before."""
    ((path, document),) = records(archive).items()
    before = path.read_bytes()
    document["body"] |= fields.pop("body", {})
    path.write_text(json.dumps(document | fields, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return before


@pytest.fixture
def one(archiver, site):
    assert archiver("fetch", site.url("/harbour")).code == 0
    return archiver


def tree(archive):
    return {path: path.read_bytes() for path in sorted(archive.rglob("*")) if path.is_file() and "sqlite" not in path.name}


def test_nothing_changed(one, archive):
    before = tree(archive)
    ran = one("reparse", "--all")
    assert (ran.code, ran.out) == (0, "")
    assert "1 unchanged" in ran.err
    assert tree(archive) == before


def test_what_is_extracted_otherwise_is_saved_as_a_re_extraction(one, archive, site):
    right = edited(archive, title="A wrong title", byline=None)
    ran = one("reparse", site.url("/harbour"))
    assert ran.code == 0, ran.err
    ((path, document),) = records(archive).items()
    assert path.read_bytes() == right
    assert ran.out.split("\t") == [document["id"], site.url("/harbour"), "title, byline\n"]
    (version,) = archive.glob("versions/*/*.json")
    assert json.loads(version.read_text())["title"] == "A wrong title"
    events = json.loads(one("history", document["id"], "--json").out)
    assert [(event["kind"], event["fields"]) for event in events] == [("first", []), ("re-extraction", ["title", "byline"])]
    assert events[1]["note"].startswith("by archiver ")
    assert not events[1]["silent"]
    assert b"[changed]" not in one("feed", "publish").out.encode()


def test_versions_of_one_capture_do_not_take_each_others_place(one, archive):
    for number in range(3):
        edited(archive, title=f"Wrong {number}")
        assert one("reparse", "--all").code == 0
    titles = [json.loads(path.read_text())["title"] for path in sorted(archive.glob("versions/*/*.json"))]
    assert sorted(titles) == ["Wrong 0", "Wrong 1", "Wrong 2"]


def test_check_writes_nothing_and_counts_fields(one, archive):
    edited(archive, title="A wrong title", tags=["wrong"])
    before = tree(archive)
    ran = one("reparse", "--all", "--check")
    assert one("reparse", "--all", "--dry-run") == ran
    assert (ran.code, ran.out) == (1, "title\t1\ntags\t1\n")
    assert "would be 1 changed" in ran.err
    assert tree(archive) == before
    assert "How the Old Harbour Was Built" in one("reparse", "--all", "--check", "-v").out
    document = json.loads(one("reparse", "--all", "--check", "--json").out)
    assert document == {
        "check": True, "articles": 1, "changed": 1, "unchanged": 0, "worse": 0, "failed": 0, "fields": {"title": 1, "tags": 1},
    }  # fmt: skip
    verbose = json.loads(one("reparse", "--all", "--check", "--json", "-v").out)
    assert verbose["changes"][0]["fields"][0] == {
        "name": "title",
        "before": "A wrong title",
        "after": "How the Old Harbour Was Built",
    }


def test_check_of_what_would_not_change(one):
    assert one("reparse", "--all", "--check").code == 0
    assert one("reparse", "--all", "--dry-run").code == 0


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_capture_that_is_missing_or_damaged(filled, archive, damage):
    warc, _ = sorted(archive.glob("captures/*/*/*.warc.gz"))
    before = tree(archive)
    if damage == "missing":
        warc.unlink()
    else:
        warc.write_bytes(warc.read_bytes()[:600])
    ran = filled("reparse", "--all", "-q")
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert f"{warc}: the capture is missing or damaged" in ran.err
    assert {path: content for path, content in tree(archive).items() if path != warc} == {
        path: content for path, content in before.items() if path != warc
    }


def test_a_re_extraction_that_is_worse_is_not_taken(one, archive):
    longer = "Words that this version of archiver does not find. " * 400
    edited(archive, body={"text": longer, "words": 3600})
    before = tree(archive)
    ran = one("reparse", "--all")
    assert ran.code == 0
    assert "kept as it is: http" in ran.err
    assert "article of 3,600 words before" in ran.err
    assert tree(archive) == before
    assert one("reparse", "--all", "--accept-worse").code == 0
    ((_, document),) = records(archive).items()
    assert document["body"]["words"] < 3600
    assert [event["kind"] for event in json.loads(one("history", document["id"], "--json").out)] == ["first", "re-extraction"]


def test_the_site_rules_of_today_count(one, archive, site, tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "127.0.0.1.toml").write_text('hosts = ["127.0.0.1"]\n[fields]\ntitle = ".byline"\n')
    ran = one("reparse", "--all", "--check", "-v")
    assert "title: How the Old Harbour Was Built → By Ana de la Cruz" in ran.out, ran.err


def test_what_is_wrong_with_a_site_rule_is_said_once(several, tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "127.0.0.1.toml").write_text('hosts = ["127.0.0.1"]\nheadline = "h1"\n')
    ran = several("reparse", "--all", "--jobs", "2")
    assert ran.err.count("no key of a site rule") == 1


def test_filters_choose(filled, archive):
    for path, document in records(archive).items():
        path.write_text(json.dumps(document | {"tags": ["wrong"]}, indent=2) + "\n", encoding="utf-8")
    document = json.loads(filled("reparse", "--author", "Jo Smith", "--check", "--json").out)
    assert (document["articles"], document["changed"]) == (1, 1)


@pytest.mark.parametrize("arguments", [[], ["--all", "ab12"], ["ab12", "--host", "example.org"]])
def test_what_to_read_must_be_said_in_one_way(archiver, arguments):
    ran = archiver("reparse", *arguments)
    assert ran.code == 2
    assert "Name articles, or choose them by filters, or give --all." in ran.err


def test_an_archive_without_articles(archiver):
    ran = archiver("reparse", "--all")
    assert (ran.code, ran.out) == (0, "")


def test_a_record_that_cannot_be_read_is_left_alone(filled, archive):
    path = next(iter(records(archive)))
    path.write_text("{")
    ran = filled("reparse", "--all")  # a listing passes over it, and says so
    assert str(path) in ran.err
    assert path.read_text() == "{"


@pytest.fixture
def several(archiver):
    """An archive of twelve articles, each with a tag that its page does not have."""
    pages = {f"/{number}": Response(article_page(f"Story number {number}")) for number in range(12)}
    with serve(pages) as site:
        assert archiver("fetch", *(site.url(path) for path in pages)).code == 0
    return archiver


def test_processes_do_what_one_does(several, archive):
    for path, document in records(archive).items():
        path.write_text(json.dumps(document | {"tags": ["wrong"]}, indent=2) + "\n", encoding="utf-8")
    alone = several("reparse", "--all", "--check", "--json", "-v", "--jobs", "1").out
    assert several("reparse", "--all", "--check", "--json", "-v", "--jobs", "2").out == alone
    ran = several("reparse", "--all", "--jobs", "2")
    assert ran.code == 0, ran.err
    assert "12 changed" in ran.err
    assert all(document["tags"] == [] for document in records(archive).values())
    assert len(list(archive.glob("versions/*/*.json"))) == 12


def test_few_articles_are_on_their_way_at_a_time(several, archive, monkeypatch):
    """Memory does not grow with the archive: no more records are read ahead than processes can take."""
    from archiver.store import Store

    waiting, most = 0, 0
    load, read = Store.load, Processes.begin

    def counted(self, article_id):
        nonlocal waiting, most
        waiting += 1
        most = max(most, waiting)
        return load(self, article_id)

    def reading(self, held):
        result = read(self, held)

        def done():
            nonlocal waiting
            waiting -= 1
            return result()

        return done

    monkeypatch.setattr(Store, "load", counted)
    monkeypatch.setattr(Processes, "begin", reading)
    monkeypatch.setattr(reparse, "AHEAD", 1)
    assert several("reparse", "--all", "--check", "--jobs", "2").code == 0
    assert most <= 3


def test_a_process_that_dies_takes_only_its_article_with_it(several, monkeypatch, archive, tmp_path):
    victim = next(iter(records(archive).values()))["id"]
    monkeypatch.setattr(reparse, "_read_in_process", dying)
    monkeypatch.setenv("ARCHIVER_TEST_VICTIM", victim)
    ran = several("reparse", "--all", "--check", "--jobs", "2")
    assert ran.code == 3
    assert "the process that read it died" in ran.err
    assert "11 unchanged" in ran.err


def dying(held):
    """What runs in the place of reading, in the processes."""
    import os

    if held.id == os.environ["ARCHIVER_TEST_VICTIM"]:
        os._exit(9)
    assert reparse._reader is not None
    return reparse._reader.read(held)


def test_a_record_that_another_run_changed_meanwhile_is_left_alone(one, archive, monkeypatch):
    edited(archive, title="A wrong title")

    def meanwhile(store, held, rules):
        outcome = reread(store, held, rules)
        edited(archive, title="Changed meanwhile")
        return outcome

    monkeypatch.setattr(reparse, "reread", meanwhile)
    ran = one("reparse", "--all")
    assert ran.code == 3
    assert "another run changed it meanwhile" in ran.err
    ((_, document),) = records(archive).items()
    assert document["title"] == "Changed meanwhile"


def test_on_a_terminal_there_is_a_table_and_a_line_for_each_article(one, archive, tmp_path):
    import os
    import sys

    from tests.support.terminal import on_terminal, unstyled

    edited(archive, title="A wrong title\x1b[2J")
    environment = {
        "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "ARCHIVER_CONFIG": str(tmp_path / "config.toml"),
    }  # fmt: skip
    program = [
        sys.executable,
        "-c",
        "from archiver.cli.main import main; main()",
        "--archive",
        str(archive),
        "reparse",
        "--all",
    ]
    checked = unstyled(on_terminal([*program, "--check", "-v"], environment))
    assert "title: A wrong title\\u001b[2J → How the Old Harbour Was Built" in checked
    assert [line.split() for line in checked.splitlines() if line.startswith("title ")] == [["title", "1"]]
    assert "would be 1 changed" in checked
    saved = unstyled(on_terminal(program, environment))
    assert "A wrong title" in saved
    assert "1 changed" in saved
