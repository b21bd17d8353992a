"""Bytes flow in, `Article | UnreadableArticle` flow out; one bad input never stops the rest.

`files` finds the inputs and chooses the format, `streams` and `decoding` turn bytes into text, `json_lines`
and `plain_text` cut it into fields, `records` makes the article with `normalise`, `dates`, `language` and
`identity`. The text is normalised once, here, before any offset is counted.
"""
