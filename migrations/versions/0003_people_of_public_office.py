"""people of public office: ids of speakers; party, state and role of attributions"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROW = ("article_id", "ordinal", "position")
ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
IDS = ("bioguide", "wikidata")
LISTED = ("party", "role_category")
PARTIES = sa.Enum(
    "democratic",
    "republican",
    "independent",
    "libertarian",
    name="party_value",
    native_enum=False,
    create_constraint=True,
    length=24,
)
ROLES = sa.Enum(
    "federal_government",
    "state_government",
    "local_government",
    "legislator",
    "judge",
    "law_enforcement",
    "advocacy",
    "lawyer",
    "academic",
    "business",
    "union",
    "religious",
    "resident",
    "media",
    "other",
    "unknown",
    name="rolecategory_value",
    native_enum=False,
    create_constraint=True,
    length=24,
)


def upgrade() -> None:
    for name in IDS:
        op.add_column("speakers", sa.Column(name, ORDERED, nullable=True))
        op.create_index(op.f(f"ix_speakers_{name}"), "speakers", [name])
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("party", PARTIES, nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(), nullable=True))
        # What was saved before has no role until it is linked anew.
        batch_op.add_column(sa.Column("role_category", ROLES, nullable=False, server_default="unknown"))
    for name in LISTED:
        op.create_index(f"ix_attributions_{name}_article_id_ordinal_position", "attributions", [name, *ROW])


def downgrade() -> None:
    for name in LISTED:
        op.drop_index(f"ix_attributions_{name}_article_id_ordinal_position", "attributions")
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.drop_constraint("rolecategory_value", type_="check")
        batch_op.drop_constraint("party_value", type_="check")
        batch_op.drop_column("role_category")
        batch_op.drop_column("state")
        batch_op.drop_column("party")
    for name in IDS:  # in place: on SQLite a table that others refer to cannot be made anew
        op.drop_index(op.f(f"ix_speakers_{name}"), "speakers")
        op.drop_column("speakers", name)
