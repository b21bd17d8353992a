"""classes and words of cues"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEX = "ix_statements_cue_class_article_id_ordinal"
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECK = "cue_class IN ('speech', 'writing', 'belief', 'intent', 'other')"


def upgrade() -> None:
    # In place: on SQLite a table that others refer to cannot be made anew. What was saved before has no class
    # until its article is read anew, since no SQL can tell it.
    op.execute(
        "ALTER TABLE statements ADD COLUMN cue_class VARCHAR(24) "
        f"CONSTRAINT ck_statements_cueclass_value CHECK ({CHECK})"
    )
    op.create_index(INDEX, "statements", ["cue_class", "article_id", "ordinal"])
    # Filled with the cards, which are of an older shape now, by `dateline db upgrade` or `dateline reindex`.
    op.create_table(
        "statement_cues",
        sa.Column("words", ORDERED, nullable=False),
        sa.Column("article_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name=op.f("fk_statement_cues_article_id_ordinal_statements"),
        ),
        sa.PrimaryKeyConstraint("words", "article_id", "ordinal", name=op.f("pk_statement_cues")),
    )
    op.create_index("ix_statement_cues_article_id_ordinal", "statement_cues", ["article_id", "ordinal"])


def downgrade() -> None:
    op.drop_table("statement_cues")
    op.drop_index(INDEX, "statements")
    op.execute("ALTER TABLE statements DROP COLUMN cue_class")
