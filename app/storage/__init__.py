"""`LinkedArticle` in, rows out: idempotent writes, cards and search text among them."""
