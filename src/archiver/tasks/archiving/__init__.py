"""A page into the archive: read, decided on, saved; one by one, many at once."""
