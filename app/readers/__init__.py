"""Bytes in, `Iterator[Article | UnreadableArticle]` out; a module per format.

Text is normalised once, here, before any offset is taken.
"""
