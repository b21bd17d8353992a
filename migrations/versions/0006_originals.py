"""originals: the hash of what an article was read from, whether it was a summary; a reason to refuse inputs"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REASONS = (
    "empty",
    "not_text",
    "bad_encoding",
    "bad_compression",
    "bad_json",
    "bad_front_matter",
    "bad_field",
    "too_long",
    "unsupported_format",
    "unreadable_file",
    "extraction_failed",
    "saving_failed",
)
NEW_REASON = "bad_structure"
CHECK = "unreadablereason_value"  # the naming rule puts "ck_" and the table before it


def upgrade() -> None:
    # In place: on SQLite a table that others refer to cannot be made anew.
    op.add_column("articles", sa.Column("original_sha256", sa.String(), nullable=True))
    op.add_column(
        "articles", sa.Column("summary_only", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _let_reasons_be(*REASONS, NEW_REASON, before=REASONS)


def downgrade() -> None:
    op.execute(f"UPDATE ingestion_failures SET reason = 'unreadable_file' WHERE reason = '{NEW_REASON}'")  # noqa: S608 - a word of our own
    _let_reasons_be(*REASONS, before=(*REASONS, NEW_REASON))
    op.drop_column("articles", "summary_only")
    op.drop_column("articles", "original_sha256")


def _let_reasons_be(*reasons: str, before: Sequence[str]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(CHECK, "ingestion_failures", type_="check")
        values = ", ".join(f"'{reason}'" for reason in reasons)
        op.create_check_constraint(CHECK, "ingestion_failures", f"reason IN ({values})")
        return
    with op.batch_alter_table("ingestion_failures", schema=None) as batch_op:  # the table is made anew
        batch_op.alter_column("reason", existing_type=_one_of(before), type_=_one_of(reasons))


def _one_of(reasons: Sequence[str]) -> sa.Enum:
    return sa.Enum(
        *reasons, name="unreadablereason_value", native_enum=False, create_constraint=True, length=24
    )
