"""`LinkedArticle` values flow in, rows flow out: idempotent, in the caller's transaction, without a commit.

`saving` decides what is new, unchanged or replaced; `sources`, `organizations`, `speakers` and `places` find
or make the records that mentions are linked to; `article_rows`, `statement_rows` and `mention_rows` turn an
article into `rows`, `cards` rows into the JSON that lists show; `removal` takes out what a correction
replaces; `reindex` makes cards and search words anew; `watched` keeps what a watch has taken in.
"""
