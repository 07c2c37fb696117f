"""Out of the archive and into it: exports, citations, other archives, reading lists."""
