"""corrections: what people decided, and how each statement stands in review"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
REVIEWS = "review IN ('unreviewed', 'confirmed', 'corrected', 'retracted')"
INDEX = "ix_statements_review_article_id_ordinal"
METHODS = ("name", "short_name", "pronoun", "title", "attribution_line", "carried_over")
NEW_METHOD = "correction"
CHECK = "attributionmethod_value"  # the naming rule puts "ck_" and the table before it


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("of", _one_of("correctable", "statement", "speaker", "organization"), nullable=False),
        sa.Column("subject", ORDERED, nullable=False),
        sa.Column(
            "action",
            _one_of("correctionaction", "confirm", "speaker", "retract", "merge", "split", "undo"),
            nullable=False,
        ),
        sa.Column("article", ORDERED, nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_of_subject", "corrections", ["of", "subject"])
    op.create_index("ix_corrections_article", "corrections", ["article"])
    # In place: on SQLite a table that others refer to cannot be made anew.
    op.execute(
        "ALTER TABLE statements ADD COLUMN review VARCHAR(24) DEFAULT 'unreviewed' NOT NULL "
        f"CONSTRAINT ck_statements_review_value CHECK ({REVIEWS})"
    )
    op.create_index(INDEX, "statements", ["review", "article_id", "ordinal"])
    _let_methods_be(*METHODS, NEW_METHOD, before=METHODS)


def downgrade() -> None:
    op.execute(f"UPDATE attributions SET method = 'name' WHERE method = '{NEW_METHOD}'")  # noqa: S608 - a word of our own
    _let_methods_be(*METHODS, before=(*METHODS, NEW_METHOD))
    op.drop_index(INDEX, "statements")
    op.execute("ALTER TABLE statements DROP COLUMN review")
    op.drop_table("corrections")


def _let_methods_be(*methods: str, before: Sequence[str]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(CHECK, "attributions", type_="check")
        values = ", ".join(f"'{method}'" for method in methods)
        op.create_check_constraint(CHECK, "attributions", f"method IN ({values})")
        return
    with op.batch_alter_table("attributions", schema=None) as batch_op:  # the table is made anew
        batch_op.alter_column(
            "method",
            existing_type=_one_of("attributionmethod", *before),
            type_=_one_of("attributionmethod", *methods),
        )


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=f"{name}_value", native_enum=False, create_constraint=True, length=24)
