from __future__ import annotations

from pathlib import Path

import pytest

from archiver.store.checking.mounts import network_type

TABLE = """/dev/sda1 / ext4 rw,relatime 0 0
server:/export /home/ann nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ann/local\\040disk ext4 rw 0 0
//nas/share /mnt/nas cifs rw 0 0
sshfs#host: /mnt/ssh fuse.sshfs rw 0 0
odd line
tmpfs /mnt/nas/memory tmpfs rw 0 0
"""


@pytest.fixture
def mounts(tmp_path):
    (tmp_path / "mounts").write_text(TABLE)
    return tmp_path / "mounts"


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/ann/archive", "nfs4"),
        ("/home/ann", "nfs4"),
        ("/home/anna", None),
        ("/home/ann/local disk/archive", None),
        ("/mnt/nas/archive", "cifs"),
        ("/mnt/nas/memory/archive", None),
        ("/mnt/ssh/x", "fuse.sshfs"),
        ("/srv", None),
    ],
)
def test_the_nearest_mount_counts(mounts, place, kind):
    assert network_type(Path(place), mounts) == kind


def test_where_nobody_tells_nothing_is_said(tmp_path):
    assert network_type(tmp_path, tmp_path / "none") is None


def test_a_link_to_a_network_mount_is_on_it(mounts, tmp_path):
    (tmp_path / "link").symlink_to("/mnt/nas/archive")
    assert network_type(tmp_path / "link", mounts) == "cifs"
