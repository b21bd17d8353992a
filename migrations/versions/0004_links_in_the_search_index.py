"""links in the search index

On SQLite the index of words gains what each article is linked to, so that several filters meet in it.
PostgreSQL combines its indexes by itself.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TOKENIZER = "unicode61 remove_diacritics 0"
LINKS = """
SELECT group_concat(link, ' ') FROM (
    SELECT 'place_' || place_id AS link FROM article_places WHERE article_id = words.rowid
    UNION ALL SELECT 'topic_' || topic_id FROM article_topics WHERE article_id = words.rowid
    UNION ALL SELECT 'speaker_' || speaker_id FROM article_speakers WHERE article_id = words.rowid
    UNION ALL SELECT 'organization_' || relation || '_' || organization_id
        FROM article_organizations WHERE article_id = words.rowid
    UNION ALL SELECT 'source_' || source_id FROM articles WHERE id = words.rowid AND source_id IS NOT NULL
    ORDER BY link
)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    # With the underscore, which no searched word has, the name of a link is one word and never one of a text.
    _rebuild(
        f"fts5(title, body, links, tokenize = \"{TOKENIZER} tokenchars '_'\")",
        columns="title, body, links",
        values=f"title, body, ({LINKS})",
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rebuild(f"fts5(title, body, tokenize = '{TOKENIZER}')", columns="title, body", values="title, body")


def _rebuild(definition: str, *, columns: str, values: str) -> None:
    op.execute(f"CREATE VIRTUAL TABLE rebuilt_search USING {definition}")
    op.execute(
        f"INSERT INTO rebuilt_search (rowid, {columns}) "  # noqa: S608 - names of our own
        f"SELECT rowid, {values} FROM article_search AS words ORDER BY rowid"
    )
    op.execute("DROP TABLE article_search")
    op.execute("ALTER TABLE rebuilt_search RENAME TO article_search")
