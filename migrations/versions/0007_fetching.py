"""fetching: reasons why an address gave nothing, and what is watched"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REASONS = (
    "empty",
    "not_text",
    "bad_encoding",
    "bad_compression",
    "bad_json",
    "bad_structure",
    "bad_front_matter",
    "bad_field",
    "too_long",
    "unsupported_format",
    "unreadable_file",
    "extraction_failed",
    "saving_failed",
)
NEW_REASONS = ("fetch_refused", "fetch_failed")
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "watched_inputs",
        sa.Column("origin", ORDERED, nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_watched_inputs")),
    )
    _let_reasons_be((*REASONS, *NEW_REASONS))


def downgrade() -> None:
    new = ", ".join(f"'{reason}'" for reason in NEW_REASONS)
    op.execute(f"UPDATE ingestion_failures SET reason = 'unreadable_file' WHERE reason IN ({new})")  # noqa: S608 - words of our own
    _let_reasons_be(REASONS)
    op.drop_table("watched_inputs")


def _let_reasons_be(reasons: Sequence[str]) -> None:
    """Let the column `reason` hold these values: SQLite makes the table anew, PostgreSQL its check."""
    if op.get_bind().dialect.name == "sqlite":
        of_them = sa.Enum(
            *reasons, name="unreadablereason_value", native_enum=False, create_constraint=True, length=24
        )
        with op.batch_alter_table("ingestion_failures", recreate="always") as batch_op:
            batch_op.alter_column(
                "reason", type_=of_them, existing_type=sa.String(24), existing_nullable=False
            )
        return
    check = op.f("ck_ingestion_failures_unreadablereason_value")
    op.drop_constraint(check, "ingestion_failures", type_="check")
    op.create_check_constraint(check, "ingestion_failures", sa.column("reason").in_(reasons))
