"""Prints a CSV of an archive's articles, their dates and their lengths: python examples/word_counts.py DIRECTORY [HOST]"""

import csv
import sys

import archiver

directory, host = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
rows = csv.writer(sys.stdout)
rows.writerow(["published", "words", "title", "url"])
with archiver.Archive(directory) as archive:
    for row in archive.list(archiver.Filters(host=host), sort="published"):
        rows.writerow([row.published, row.words, row.title, row.url])
