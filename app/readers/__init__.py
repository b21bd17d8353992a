"""Bytes flow in, `Article | UnreadableArticle` flow out; one bad input never stops the rest.

`inputs` finds the files, `detection` tells their format, `streams` and `decoding` turn bytes into text. A
module a format (`plain_text`, `markdown`, `web_pages`, `web_archives`, `feeds`, `json_lines`, `json_values`,
`delimited`, `parquet`) cuts it into fields, `field_maps` names them, `records` makes the article with
`normalise`, `dates`, `language` and `identity`; `files` joins them, and `responses` does so
for what came over HTTP. The text is normalised once, here, before
any offset is counted.
"""
