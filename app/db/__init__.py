"""Engine, sessions, column types, folding and search words, and the tables."""
