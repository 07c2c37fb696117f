"""Keeping the archive whole: checking, repairing, finding what is there twice."""
