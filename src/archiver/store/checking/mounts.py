"""Whether the archive lies on a network file system, as far as the system tells (Linux: /proc/self/mounts, proc(5))."""

from __future__ import annotations

import os
import re
from pathlib import Path

NETWORK = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs",
        "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.glusterfs",
    }
)  # fmt: skip
MOUNTS = Path("/proc/self/mounts")
_ESCAPE = re.compile(r"\\([0-7]{3})")


def network_type(root: Path, mounts: Path = MOUNTS) -> str | None:
    """The type of the network file system that `root` is on; None where it is on none, or nobody tells."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    place = os.path.realpath(root)
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[1])
        within = place == point or place.startswith(point.rstrip("/") + "/")
        if within and len(point) >= len(best):  # a later mount at the same point hides the former
            best, kind = point, fields[2]
    return kind if kind in NETWORK else None
