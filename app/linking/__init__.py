"""Mentions in, records out (or ambiguous, or unlinked); pure, given in-memory indexes."""
