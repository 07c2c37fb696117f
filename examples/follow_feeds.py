"""Archives what is new in the feeds that an archive follows, and says so: python examples/follow_feeds.py DIRECTORY"""

import sys

import archiver
from archiver.api import Listener


class Printer(Listener):
    def archived(self, outcome):
        print(outcome.decision, outcome.article.title)

    def failed(self, error):
        print("failed:", error)


with archiver.Archive(sys.argv[1]) as archive:
    summary = archive.sync(listener=Printer())
print(summary.new, "new,", summary.failed, "failed")
