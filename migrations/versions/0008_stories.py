"""stories: which articles are copies, and by which bands they are found; quotations by their words

The tables are filled from the texts by `dateline db upgrade`, which runs this, and by `dateline reindex`.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table, key in (
        ("article_stories", ("story_id", "article_id")),
        ("article_copies", ("article_id", "copy_id")),
    ):
        op.create_table(
            table,
            *(_key(name) for name in key),
            *(_of_article(table, name) for name in key),
            _primary_key(table, *key),
        )
    op.create_index("ix_article_stories_article_id", "article_stories", ["article_id"], unique=True)
    op.create_index("ix_article_copies_copy_id", "article_copies", ["copy_id"])
    op.create_table(
        "article_bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        _key("article_id"),
        _of_article("article_bands", "article_id"),
        _primary_key("article_bands", "band", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_bands_article_id", "article_bands", ["article_id"])
    op.create_table(
        "quotations",
        sa.Column("words", sa.BigInteger(), autoincrement=False, nullable=False),
        _key("article_id"),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name=op.f("fk_quotations_article_id_ordinal_statements"),
        ),
        _primary_key("quotations", "words", "article_id", "ordinal"),
    )
    op.create_index("ix_quotations_article_id_ordinal", "quotations", ["article_id", "ordinal"], unique=True)


def downgrade() -> None:
    for table in ("quotations", "article_bands", "article_copies", "article_stories"):
        op.drop_table(table)


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, ROW_ID, autoincrement=False, nullable=False)


def _of_article(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["articles.id"], name=op.f(f"fk_{table}_{column}_articles"))


def _primary_key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))
