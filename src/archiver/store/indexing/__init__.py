"""The index over the records: listing, full text, counts; derived, and made again at will."""
