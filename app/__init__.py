"""Dateline: a self-hosted REST API over a corpus of news on US immigration policy."""
