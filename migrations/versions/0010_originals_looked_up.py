"""originals looked up: whether an article is stored that was read from the same bytes"""

from collections.abc import Sequence

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEX = "ix_articles_original_sha256"


def upgrade() -> None:
    op.create_index(INDEX, "articles", ["original_sha256"])


def downgrade() -> None:
    op.drop_index(INDEX, "articles")
