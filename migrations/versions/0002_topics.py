"""topics"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
BEFORE = ("article", "statement", "speaker", "organization", "city", "source")
KEYED = ("slug_redirects", "withdrawals")


def upgrade() -> None:
    op.create_table(
        "topics",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("slug", ORDERED, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", ORDERED, nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("broader_id", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["broader_id"], ["topics.id"], name=op.f("fk_topics_broader_id_topics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("slug", name=op.f("uq_topics_slug")),
    )
    op.create_index(op.f("ix_topics_name_key"), "topics", ["name_key"])
    op.create_table(
        "article_topics",
        sa.Column("topic_id", ROW_ID, nullable=False),
        sa.Column("article_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_topics_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_article_topics_topic_id_topics")),
        sa.PrimaryKeyConstraint("topic_id", "article_id", name=op.f("pk_article_topics")),
    )
    op.create_index("ix_article_topics_article_id", "article_topics", ["article_id"])
    op.create_table(
        "topic_mentions",
        sa.Column("article_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", _enum("field_value", ("title", "text")), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("topic_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_topic_mentions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_topic_mentions_topic_id_topics")),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_topic_mentions")),
    )
    op.add_column("articles", sa.Column("topics", sa.Integer(), server_default="0", nullable=False))
    for table in KEYED:
        _take_kinds(table, (*BEFORE, "topic"))


def downgrade() -> None:
    for table in KEYED:
        op.execute(f"DELETE FROM {table} WHERE kind = 'topic'")  # noqa: S608 - a name of our own
        _take_kinds(table, BEFORE)
    op.drop_column("articles", "topics")
    op.drop_table("topic_mentions")
    op.drop_table("article_topics")
    op.drop_table("topics")


def _enum(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def _take_kinds(table: str, kinds: Sequence[str]) -> None:
    """Let the column `kind` hold these values: SQLite makes the table anew, PostgreSQL its check."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table(table, recreate="always") as batch_op:
            batch_op.alter_column(
                "kind",
                type_=_enum("recordkind_value", kinds),
                existing_type=sa.String(24),
                existing_nullable=False,
            )
        return
    check = op.f(f"ck_{table}_recordkind_value")
    op.drop_constraint(check, table, type_="check")
    op.create_check_constraint(check, table, sa.column("kind").in_(kinds))
