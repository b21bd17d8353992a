"""first schema

One function for each part of it, in the order in which their keys need each other.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # in the order of code points
INSTANT = sa.DateTime(timezone=True)

TABLES = (
    "corpus_state",
    "ingestion_runs",
    "ingestion_failures",
    "slug_redirects",
    "withdrawals",
    "organizations",
    "organization_aliases",
    "speakers",
    "speaker_aliases",
    "places",
    "place_aliases",
    "sources",
    "articles",
    "article_texts",
    "article_authors",
    "article_cards",
    "statements",
    "statement_spans",
    "attributions",
    "statement_cards",
    "organization_mentions",
    "person_mentions",
    "place_mentions",
    "article_organizations",
    "article_places",
    "article_speakers",
    "statement_organizations",
)
"""In the order in which they are made."""

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
    _create_bookkeeping()
    _create_records()
    _create_articles()
    _create_statements()
    _create_mentions()
    _create_links()
    for statement in SEARCH_INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE article_search")
    for table in reversed(TABLES):
        op.drop_table(table)


def _one_of(name: str, *values: str) -> sa.Enum:
    """Return the type of a column with one of these values, which a constraint checks."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def _create_bookkeeping() -> None:
    """Create what the corpus was changed by, and what is no more."""
    op.create_table(
        "corpus_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("committed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus_state")),
    )
    op.create_table(
        "ingestion_runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column(
            "status",
            _one_of("runstatus_value", "running", "finished", "stopped", "failed"),
            nullable=False,
        ),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingestion_runs")),
    )
    op.create_table(
        "ingestion_failures",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column(
            "reason",
            _one_of(
                "unreadablereason_value",
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
            ),
            nullable=False,
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ingestion_runs.id"], name=op.f("fk_ingestion_failures_run_id_ingestion_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingestion_failures")),
    )
    op.create_index(op.f("ix_ingestion_failures_run_id"), "ingestion_failures", ["run_id"])
    op.create_table(
        "slug_redirects",
        sa.Column(
            "kind",
            _one_of("recordkind_value", "article", "statement", "speaker", "organization", "city", "source"),
            nullable=False,
        ),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_slug_redirects")),
    )
    op.create_table(
        "withdrawals",
        sa.Column("key", KEY, nullable=False),
        sa.Column(
            "kind",
            _one_of("recordkind_value", "article", "statement", "speaker", "organization", "city", "source"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_withdrawals")),
    )


def _create_records() -> None:
    """Create what mentions are linked to, with their other names."""
    op.create_table(
        "organizations",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("acronym", sa.String(), nullable=True),
        sa.Column(
            "kind",
            _one_of(
                "organizationkind_value",
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
            ),
            nullable=False,
        ),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("authority", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organizations.id"], name=op.f("fk_organizations_parent_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organizations_slug")),
    )
    op.create_index(op.f("ix_organizations_name_key"), "organizations", ["name_key"])
    op.create_table(
        "organization_aliases",
        sa.Column("id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
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
    op.create_index(op.f("ix_organization_aliases_name_key"), "organization_aliases", ["name_key"])
    op.create_table(
        "speakers",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column(
            "kind",
            _one_of("speakerkind_value", "person", "organization"),
            nullable=False,
        ),
        sa.Column("organization_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_speakers_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_speakers_organization_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_speakers_slug")),
    )
    op.create_index(op.f("ix_speakers_name_key"), "speakers", ["name_key"])
    op.create_table(
        "speaker_aliases",
        sa.Column("id", ID, nullable=False),
        sa.Column("speaker_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name=op.f("fk_speaker_aliases_speaker_id_speakers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_aliases")),
        sa.UniqueConstraint("speaker_id", "name_key", name=op.f("uq_speaker_aliases_speaker_id_name_key")),
    )
    op.create_index(op.f("ix_speaker_aliases_name_key"), "speaker_aliases", ["name_key"])
    op.create_table(
        "places",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column(
            "kind",
            _one_of("placekind_value", "city", "county", "state", "country"),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
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
    op.create_index(op.f("ix_places_geonameid"), "places", ["geonameid"])
    op.create_index("ix_places_name_key_kind", "places", ["name_key", "kind"])
    op.create_table(
        "place_aliases",
        sa.Column("id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_aliases_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_aliases")),
        sa.UniqueConstraint("place_id", "name_key", name=op.f("uq_place_aliases_place_id_name_key")),
    )
    op.create_index(op.f("ix_place_aliases_name_key"), "place_aliases", ["name_key"])
    op.create_table(
        "sources",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", KEY, nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("slug", name=op.f("uq_sources_slug")),
    )
    op.create_index(op.f("ix_sources_name_key"), "sources", ["name_key"])


def _create_articles() -> None:
    """Create articles, and the JSON that lists show of them."""
    op.create_table(
        "articles",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("source_id", ID, nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column(
            "published_precision",
            _one_of("precision_value", "year", "month", "day", "instant"),
            nullable=True,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("extracted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("speakers", sa.Integer(), nullable=False),
        sa.Column("organizations", sa.Integer(), nullable=False),
        sa.Column("cities", sa.Integer(), nullable=False),
        sa.Column("ingested_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("pipeline_version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_articles_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("identity", name=op.f("uq_articles_identity")),
        sa.UniqueConstraint("key", name=op.f("uq_articles_key")),
    )
    op.create_index("ix_articles_source_id_id", "articles", ["source_id", "id"])
    op.create_table(
        "article_texts",
        sa.Column(
            "article_id",
            ID,
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
        "article_authors",
        sa.Column(
            "article_id",
            ID,
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
            ID,
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


def _create_statements() -> None:
    """Create what is said in them, by whom, at which characters."""
    op.create_table(
        "statements",
        sa.Column(
            "article_id",
            ID,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column(
            "kind",
            _one_of("statementkind_value", "direct", "indirect", "mixed"),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cue", sa.String(), nullable=True),
        sa.Column("source_text", sa.String(), nullable=True),
        sa.Column(
            "source_kind",
            _one_of("sourcekind_value", "named", "unnamed", "unresolved", "collective"),
            nullable=True,
        ),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_statements_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name=op.f("pk_statements")),
        sa.UniqueConstraint("key", name=op.f("uq_statements_key")),
    )
    op.create_index("ix_statements_kind_article_id_ordinal", "statements", ["kind", "article_id", "ordinal"])
    op.create_table(
        "statement_spans",
        sa.Column(
            "article_id",
            ID,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "part",
            _one_of("part_value", "content", "cue", "source"),
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
    op.create_table(
        "attributions",
        sa.Column(
            "article_id",
            ID,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("speaker_id", ID, nullable=False),
        sa.Column(
            "method",
            _one_of(
                "attributionmethod_value",
                "name",
                "short_name",
                "pronoun",
                "title",
                "attribution_line",
                "carried_over",
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("affiliation", sa.String(), nullable=True),
        sa.Column("organization_id", ID, nullable=True),
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
    op.create_index(op.f("ix_attributions_organization_id"), "attributions", ["organization_id"])
    op.create_index(
        "ix_attributions_speaker_id_article_id_ordinal",
        "attributions",
        ["speaker_id", "article_id", "ordinal"],
        unique=True,
    )
    op.create_table(
        "statement_cards",
        sa.Column(
            "article_id",
            ID,
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


def _create_mentions() -> None:
    """Create every mention, with its span and what it is linked to."""
    op.create_table(
        "organization_mentions",
        sa.Column(
            "article_id",
            ID,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "field",
            _one_of("field_value", "title", "text"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "role",
            _one_of("mentionrole_value", "mention", "dateline", "name_part"),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            _one_of("outcome_value", "linked", "ambiguous", "unlinked"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("organization_id", ID, nullable=True),
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
    op.create_index("ix_organization_mentions_organization_id", "organization_mentions", ["organization_id"])
    op.create_table(
        "person_mentions",
        sa.Column(
            "article_id",
            ID,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "field",
            _one_of("field_value", "title", "text"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", KEY, nullable=True),
        sa.Column("speaker_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_person_mentions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speakers.id"], name=op.f("fk_person_mentions_speaker_id_speakers")
        ),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_person_mentions")),
    )
    op.create_index(
        "ix_person_mentions_person",
        "person_mentions",
        ["person"],
        sqlite_where=sa.text("speaker_id IS NULL"),
        postgresql_where=sa.text("speaker_id IS NULL"),
    )
    op.create_index("ix_person_mentions_speaker_id", "person_mentions", ["speaker_id"])
    op.create_table(
        "place_mentions",
        sa.Column(
            "article_id",
            ID,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "field",
            _one_of("field_value", "title", "text"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "role",
            _one_of("mentionrole_value", "mention", "dateline", "name_part"),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            _one_of("outcome_value", "linked", "ambiguous", "unlinked"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("place_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_place_mentions_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_place_mentions_place_id_places")),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_place_mentions")),
    )
    op.create_index("ix_place_mentions_place_id", "place_mentions", ["place_id"])


def _create_links() -> None:
    """Create what filters ask: which articles and statements a record belongs to."""
    op.create_table(
        "article_organizations",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column(
            "relation",
            _one_of("organizationrelation_value", "mentioned", "speaker", "affiliation"),
            nullable=False,
        ),
        sa.Column(
            "article_id",
            ID,
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
    op.create_index("ix_article_organizations_article_id", "article_organizations", ["article_id"])
    op.create_table(
        "article_places",
        sa.Column("place_id", ID, nullable=False),
        sa.Column(
            "article_id",
            ID,
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
    op.create_index("ix_article_places_article_id", "article_places", ["article_id"])
    op.create_table(
        "article_speakers",
        sa.Column("speaker_id", ID, nullable=False),
        sa.Column(
            "article_id",
            ID,
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
    op.create_index("ix_article_speakers_article_id", "article_speakers", ["article_id"])
    op.create_table(
        "statement_organizations",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column(
            "relation",
            _one_of("organizationrelation_value", "mentioned", "speaker", "affiliation"),
            nullable=False,
        ),
        sa.Column(
            "article_id",
            ID,
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
    op.create_index(
        "ix_statement_organizations_article_id_ordinal", "statement_organizations", ["article_id", "ordinal"]
    )
