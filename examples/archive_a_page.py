"""Archives a page and prints what is known of it: python examples/archive_a_page.py DIRECTORY URL"""

import sys

import archiver

directory, url = sys.argv[1:]
with archiver.Archive(directory) as archive:
    article = archive.fetch(url)
    print(article.title)
    print("by", article.byline or "nobody named")
    print("published", article.dates.published or "on no date named")
    print(article.body.words, "words")
