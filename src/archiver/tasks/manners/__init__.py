"""What hosts are owed: a pace, their robots.txt, one request at a time."""
