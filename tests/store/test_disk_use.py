from __future__ import annotations

from archiver.store import disk_use
from archiver.store.disk_use import Usage, usage


def write(root, name, size):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))


def test_nothing_takes_nothing(tmp_path):
    assert set(usage(tmp_path / "nowhere").values()) == {Usage()}


def test_each_kind_of_files_is_weighed(tmp_path):
    write(tmp_path, "captures/2026/11/a.warc.gz", 100)
    write(tmp_path, "captures/2026/12/b.warc.gz", 50)
    write(tmp_path, "captures/undated/c.warc.gz", 5)
    write(tmp_path, "versions/7f3a/1.json", 20)
    write(tmp_path, "versions/7f3a/2.json", 30)
    write(tmp_path, "remarks/7f/7f3a.json", 7)
    write(tmp_path, "index.sqlite3", 1000)
    write(tmp_path, "index.sqlite3-wal", 10)
    write(tmp_path, "feeds.opml", 99)
    assert usage(tmp_path) == {
        "captures": Usage(3, 155),
        "versions": Usage(2, 50),
        "remarks": Usage(1, 7),
        "databases": Usage(2, 1010),
    }


def test_links_are_not_followed(tmp_path):
    write(tmp_path, "elsewhere/large", 10_000)
    (tmp_path / "captures/2026/11").mkdir(parents=True)
    (tmp_path / "captures/2026/11/link.warc.gz").symlink_to(tmp_path / "elsewhere/large")
    assert usage(tmp_path)["captures"] == Usage()


def test_of_many_files_some_speak_for_all(tmp_path, monkeypatch):
    monkeypatch.setattr(disk_use, "MOST_WEIGHED", 10)
    for number in range(95):
        write(tmp_path, f"captures/2026/{number % 12 + 1:02}/{number}.warc.gz", 100)
        write(tmp_path, f"versions/{number:04}/1.json", 10)
    found = usage(tmp_path)
    assert not found["captures"].exact
    assert 0.8 * 9500 <= found["captures"].bytes <= 1.2 * 9500
    assert found["versions"] == Usage(95, 950, exact=False)
