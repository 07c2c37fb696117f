"""Folders that lie beside a saved page and hold what belongs to it: frames and scripts, which are no pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SUFFIXES = (
    "_files", ".files",  # Firefox, Chrome, Edge, wherever they are used; Internet Explorer and Word
    # Windows, "connected files", by its language; Internet Explorer and old Firefox name the folder so
    "-dateien", "_fichiers", "_archivos", "_ficheiros", "_arquivos", "_file", "_bestanden", "-filer", "_pliki", "_soubory",
    "_tiedostot", "_dosyalar", "_elemei", "_failid", "_fails", "_bylos", "_fajlovi", "_datoteke", "_fitxers", "_fitxategiak",
)  # fmt: skip
ASIDE = frozenset({"__macosx", "hts-cache"})
"""What macOS puts into zip files, and HTTrack's own notes."""
PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml")


def is_companion(folder: str, beside: Collection[str]) -> bool:
    """Whether the folder of this name belongs to one of the pages `beside` it, whose names are in lower case."""
    name = folder.lower()
    for suffix in SUFFIXES:
        if name.endswith(suffix) and any(name.removesuffix(suffix) + page in beside for page in PAGES):
            return True
    return name.startswith(".") or name in ASIDE
