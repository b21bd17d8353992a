"""first schema"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SEARCH_INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE article_search USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE article_search (article_id BIGINT PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_article_search_words ON article_search USING gin (words)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "corpus_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus_state")),
    )
    op.create_table(
        "ingestion_runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "running",
                "finished",
                "stopped",
                "failed",
                name="runstatus_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingestion_runs")),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("acronym", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "agency",
                "legislature",
                "committee",
                "court",
                "party",
                "company",
                "advocacy_group",
                "union",
                "outlet",
                "university",
                "research",
                "religious",
                "international",
                "other",
                name="organizationkind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("authority", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organizations.id"], name=op.f("fk_organizations_parent_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organizations_slug")),
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizations_name_key"), ["name_key"], unique=False)

    op.create_table(
        "places",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "city",
                "county",
                "state",
                "country",
                name="placekind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("county_fips", sa.String(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("slug", name=op.f("uq_places_slug")),
    )
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_places_geonameid"), ["geonameid"], unique=False)
        batch_op.create_index("ix_places_name_key_kind", ["name_key", "kind"], unique=False)

    op.create_table(
        "slug_redirects",
        sa.Column(
            "kind",
            sa.Enum(
                "article",
                "statement",
                "speaker",
                "organization",
                "city",
                "source",
                name="recordkind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_slug_redirects")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("url", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("slug", name=op.f("uq_sources_slug")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_name_key"), ["name_key"], unique=False)

    op.create_table(
        "withdrawals",
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "article",
                "statement",
                "speaker",
                "organization",
                "city",
                "source",
                name="recordkind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_withdrawals")),
    )
    op.create_table(
        "articles",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "published_precision",
            sa.Enum(
                "year",
                "month",
                "day",
                "instant",
                name="precision_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("extracted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("speakers", sa.Integer(), nullable=False),
        sa.Column("organizations", sa.Integer(), nullable=False),
        sa.Column("cities", sa.Integer(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_articles_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("identity", name=op.f("uq_articles_identity")),
        sa.UniqueConstraint("key", name=op.f("uq_articles_key")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index("ix_articles_source_id_id", ["source_id", "id"], unique=False)

    op.create_table(
        "ingestion_failures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
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
                name="unreadablereason_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ingestion_runs.id"], name=op.f("fk_ingestion_failures_run_id_ingestion_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingestion_failures")),
    )
    with op.batch_alter_table("ingestion_failures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ingestion_failures_run_id"), ["run_id"], unique=False)

    op.create_table(
        "organization_aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_organization_aliases_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_aliases")),
        sa.UniqueConstraint(
            "organization_id", "name_key", name=op.f("uq_organization_aliases_organization_id_name_key")
        ),
    )
    with op.batch_alter_table("organization_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_aliases_name_key"), ["name_key"], unique=False)

    op.create_table(
        "place_aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_aliases_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_aliases")),
        sa.UniqueConstraint("place_id", "name_key", name=op.f("uq_place_aliases_place_id_name_key")),
    )
    with op.batch_alter_table("place_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_aliases_name_key"), ["name_key"], unique=False)

    op.create_table(
        "speakers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "organization",
                name="speakerkind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_speakers_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_speakers_organization_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_speakers_slug")),
    )
    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speakers_name_key"), ["name_key"], unique=False)

    op.create_table(
        "article_authors",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_authors_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_article_authors")),
    )
    op.create_table(
        "article_cards",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_cards_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_cards")),
    )
    op.create_table(
        "article_organizations",
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "mentioned",
                "speaker",
                "affiliation",
                name="organizationrelation_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_organizations_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_article_organizations_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "relation", "article_id", name=op.f("pk_article_organizations")
        ),
    )
    with op.batch_alter_table("article_organizations", schema=None) as batch_op:
        batch_op.create_index("ix_article_organizations_article_id", ["article_id"], unique=False)

    op.create_table(
        "article_places",
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_places_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_article_places_place_id_places")),
        sa.PrimaryKeyConstraint("place_id", "article_id", name=op.f("pk_article_places")),
    )
    with op.batch_alter_table("article_places", schema=None) as batch_op:
        batch_op.create_index("ix_article_places_article_id", ["article_id"], unique=False)

    op.create_table(
        "article_speakers",
        sa.Column("speaker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_speakers_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name=op.f("fk_article_speakers_speaker_id_speakers")
        ),
        sa.PrimaryKeyConstraint("speaker_id", "article_id", name=op.f("pk_article_speakers")),
    )
    with op.batch_alter_table("article_speakers", schema=None) as batch_op:
        batch_op.create_index("ix_article_speakers_article_id", ["article_id"], unique=False)

    op.create_table(
        "article_texts",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_texts_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_texts")),
    )
    op.create_table(
        "organization_mentions",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "title", "text", name="field_value", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "mention",
                "dateline",
                "name_part",
                name="mentionrole_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "linked",
                "ambiguous",
                "unlinked",
                name="outcome_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_organization_mentions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_organization_mentions_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_organization_mentions")),
    )
    with op.batch_alter_table("organization_mentions", schema=None) as batch_op:
        batch_op.create_index("ix_organization_mentions_organization_id", ["organization_id"], unique=False)

    op.create_table(
        "person_mentions",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "title", "text", name="field_value", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("speaker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_person_mentions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name=op.f("fk_person_mentions_speaker_id_speakers")
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_person_mentions")),
    )
    with op.batch_alter_table("person_mentions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_person_mentions_person",
            ["person"],
            unique=False,
            sqlite_where=sa.text("speaker_id IS NULL"),
            postgresql_where=sa.text("speaker_id IS NULL"),
        )
        batch_op.create_index("ix_person_mentions_speaker_id", ["speaker_id"], unique=False)

    op.create_table(
        "place_mentions",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "title", "text", name="field_value", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "mention",
                "dateline",
                "name_part",
                name="mentionrole_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "linked",
                "ambiguous",
                "unlinked",
                name="outcome_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("place_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_place_mentions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_mentions_place_id_places")),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_place_mentions")),
    )
    with op.batch_alter_table("place_mentions", schema=None) as batch_op:
        batch_op.create_index("ix_place_mentions_place_id", ["place_id"], unique=False)

    op.create_table(
        "speaker_aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("speaker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name=op.f("fk_speaker_aliases_speaker_id_speakers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_aliases")),
        sa.UniqueConstraint("speaker_id", "name_key", name=op.f("uq_speaker_aliases_speaker_id_name_key")),
    )
    with op.batch_alter_table("speaker_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_aliases_name_key"), ["name_key"], unique=False)

    op.create_table(
        "statements",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "direct",
                "indirect",
                "mixed",
                name="statementkind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cue", sa.String(), nullable=True),
        sa.Column("source_text", sa.String(), nullable=True),
        sa.Column(
            "source_kind",
            sa.Enum(
                "named",
                "unnamed",
                "unresolved",
                "collective",
                name="sourcekind_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_statements_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name=op.f("pk_statements")),
        sa.UniqueConstraint("key", name=op.f("uq_statements_key")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(
            "ix_statements_kind_article_id_ordinal", ["kind", "article_id", "ordinal"], unique=False
        )

    op.create_table(
        "attributions",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("speaker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "name",
                "short_name",
                "pronoun",
                "title",
                "attribution_line",
                "carried_over",
                name="attributionmethod_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("affiliation", sa.String(), nullable=True),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name=op.f("fk_attributions_article_id_ordinal_statements"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_attributions_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name=op.f("fk_attributions_speaker_id_speakers")
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", "position", name=op.f("pk_attributions")),
    )
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attributions_organization_id"), ["organization_id"], unique=False
        )
        batch_op.create_index(
            "ix_attributions_speaker_id_article_id_ordinal",
            ["speaker_id", "article_id", "ordinal"],
            unique=True,
        )

    op.create_table(
        "statement_cards",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name=op.f("fk_statement_cards_article_id_ordinal_statements"),
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name=op.f("pk_statement_cards")),
    )
    op.create_table(
        "statement_organizations",
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "mentioned",
                "speaker",
                "affiliation",
                name="organizationrelation_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name=op.f("fk_statement_organizations_article_id_ordinal_statements"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_statement_organizations_organization_id_organizations"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "relation", "article_id", "ordinal", name=op.f("pk_statement_organizations")
        ),
    )
    with op.batch_alter_table("statement_organizations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_statement_organizations_article_id_ordinal", ["article_id", "ordinal"], unique=False
        )

    op.create_table(
        "statement_spans",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "content",
                "cue",
                "source",
                name="part_value",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name=op.f("fk_statement_spans_article_id_ordinal_statements"),
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", "position", name=op.f("pk_statement_spans")),
    )

    for statement in SEARCH_INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE article_search")
    op.drop_table("statement_spans")
    with op.batch_alter_table("statement_organizations", schema=None) as batch_op:
        batch_op.drop_index("ix_statement_organizations_article_id_ordinal")

    op.drop_table("statement_organizations")
    op.drop_table("statement_cards")
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.drop_index("ix_attributions_speaker_id_article_id_ordinal")
        batch_op.drop_index(batch_op.f("ix_attributions_organization_id"))

    op.drop_table("attributions")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index("ix_statements_kind_article_id_ordinal")

    op.drop_table("statements")
    with op.batch_alter_table("speaker_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_aliases_name_key"))

    op.drop_table("speaker_aliases")
    with op.batch_alter_table("place_mentions", schema=None) as batch_op:
        batch_op.drop_index("ix_place_mentions_place_id")

    op.drop_table("place_mentions")
    with op.batch_alter_table("person_mentions", schema=None) as batch_op:
        batch_op.drop_index("ix_person_mentions_speaker_id")
        batch_op.drop_index(
            "ix_person_mentions_person",
            sqlite_where=sa.text("speaker_id IS NULL"),
            postgresql_where=sa.text("speaker_id IS NULL"),
        )

    op.drop_table("person_mentions")
    with op.batch_alter_table("organization_mentions", schema=None) as batch_op:
        batch_op.drop_index("ix_organization_mentions_organization_id")

    op.drop_table("organization_mentions")
    op.drop_table("article_texts")
    with op.batch_alter_table("article_speakers", schema=None) as batch_op:
        batch_op.drop_index("ix_article_speakers_article_id")

    op.drop_table("article_speakers")
    with op.batch_alter_table("article_places", schema=None) as batch_op:
        batch_op.drop_index("ix_article_places_article_id")

    op.drop_table("article_places")
    with op.batch_alter_table("article_organizations", schema=None) as batch_op:
        batch_op.drop_index("ix_article_organizations_article_id")

    op.drop_table("article_organizations")
    op.drop_table("article_cards")
    op.drop_table("article_authors")
    with op.batch_alter_table("speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speakers_name_key"))

    op.drop_table("speakers")
    with op.batch_alter_table("place_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_aliases_name_key"))

    op.drop_table("place_aliases")
    with op.batch_alter_table("organization_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_aliases_name_key"))

    op.drop_table("organization_aliases")
    with op.batch_alter_table("ingestion_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ingestion_failures_run_id"))

    op.drop_table("ingestion_failures")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index("ix_articles_source_id_id")

    op.drop_table("articles")
    op.drop_table("withdrawals")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_name_key"))

    op.drop_table("sources")
    op.drop_table("slug_redirects")
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.drop_index("ix_places_name_key_kind")
        batch_op.drop_index(batch_op.f("ix_places_geonameid"))

    op.drop_table("places")
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organizations_name_key"))

    op.drop_table("organizations")
    op.drop_table("ingestion_runs")
    op.drop_table("corpus_state")
