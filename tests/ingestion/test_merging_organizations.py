"""Two organizations that are one: mentions, affiliations, chapters, speakers, and articles to come."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from app.db.models.corpus import RecordKind
from app.db.models.links import ArticleOrganization
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.speaker import Speaker
from app.domain.links import LinkedArticle, OrganizationKind, OrganizationRecord
from app.ingestion.decisions import Action
from app.storage.organizations import load_authority
from tests.ingestion.decided import (
    FIRST,
    SECOND,
    TEXT,
    closing,
    corpus,
    decide,
    leads,
    refusal,
    stands,
    store,
    wrong,
)
from tests.storage.linked import (
    AGENCY,
    COUNCIL,
    bare,
    organization,
    person,
    read_article,
    said,
    speaking,
)

GROUP = OrganizationRecord(
    slug="harbor-rights-group",
    name="Harbor Rights Group",
    kind=OrganizationKind.ADVOCACY_GROUP,
    acronym="HRG",
    aliases=("Rights Group",),
)
CHAPTER = OrganizationRecord(
    slug="harbor-rights-group-of-ohio",
    name="Harbor Rights Group of Ohio",
    kind=OrganizationKind.ADVOCACY_GROUP,
    parent=GROUP.slug,
)


def article(name: str, body: OrganizationRecord) -> LinkedArticle:
    """Return an article in which a body speaks, somebody speaks for it, and it is mentioned."""
    text = f"{TEXT} The {body.name} went {name}."
    linked = bare(
        read_article(name, text=text),
        said(text, FIRST, by=person("Ana Ortega"), for_=body),
        said(text, SECOND, by=speaking(body)),
    )
    return replace(linked, organizations=(organization(text, body.name, body),))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    yield from closing(
        corpus(database_url, article("one", GROUP), article("two", COUNCIL), article("three", CHAPTER))
    )


def test_what_is_merged_into_its_own_chapter_leaves_it_without_a_parent(engine: Engine) -> None:
    decide(engine, Action.MERGE_ORGANIZATIONS, GROUP.slug, CHAPTER.slug)
    with engine.connect() as connection:
        parents = connection.execute(select(Organization.parent_id).where(Organization.slug == CHAPTER.slug))
        assert parents.all() == [(None,)]
    assert wrong(engine) == []


def test_one_is_the_other_from_now_on(engine: Engine) -> None:
    decide(engine, Action.MERGE_ORGANIZATIONS, GROUP.slug, COUNCIL.slug)
    store(engine, article("four", GROUP))
    for name in ("one", "two", "four"):
        assert stands(engine, SECOND, name) == ("unreviewed", [COUNCIL.slug])
    assert wrong(engine) == []
    with engine.connect() as connection:
        bodies = set(connection.scalars(select(Organization.slug)))
        speakers = set(connection.scalars(select(Speaker.slug)))
        others = select(OrganizationAlias.name).join(Organization).where(Organization.slug == COUNCIL.slug)
        names = set(connection.scalars(others))
        counted = select(ArticleOrganization.relation).join(Organization)
        relations = list(connection.scalars(counted.where(Organization.slug == COUNCIL.slug)))
        parent = select(Organization.parent_id).where(Organization.slug == CHAPTER.slug)
        council = select(Organization.id).where(Organization.slug == COUNCIL.slug)
        assert connection.scalar(parent) == connection.scalar(council)
    assert bodies == {COUNCIL.slug, CHAPTER.slug}
    assert speakers == {"ana-ortega", COUNCIL.slug, CHAPTER.slug}
    assert names == {"HRC", "HRG", "Harbor Rights Group", "Rights Group"}
    assert sorted(map(str, relations)) == ["affiliation"] * 3 + ["mentioned"] * 3 + ["speaker"] * 3
    for kind in (RecordKind.ORGANIZATION, RecordKind.SPEAKER):
        assert leads(engine, kind) == {GROUP.slug: COUNCIL.slug}


def test_one_of_the_authority_file_takes_in_others_and_does_not_go(engine: Engine) -> None:
    with engine.begin() as connection:
        load_authority(connection, [AGENCY])
    decide(engine, Action.MERGE_ORGANIZATIONS, GROUP.slug, AGENCY.slug)
    store(engine, article("four", GROUP))
    assert stands(engine, SECOND, "four") == stands(engine, SECOND, "one") == ("unreviewed", [AGENCY.slug])
    with engine.begin() as connection:
        load_authority(connection, [AGENCY])
    assert wrong(engine) == []
    why = refusal(engine, Action.MERGE_ORGANIZATIONS, AGENCY.slug, COUNCIL.slug)
    assert why == f"organization {AGENCY.slug} is of the authority file: merge {COUNCIL.slug} into it"
    why = refusal(engine, Action.MERGE_ORGANIZATIONS, COUNCIL.slug, COUNCIL.slug)
    assert why == f"organization {COUNCIL.slug} is {COUNCIL.slug} already"
    assert "there is no organization nobody" in refusal(engine, Action.MERGE_ORGANIZATIONS, "nobody", "x")


def test_a_body_that_a_person_was_taken_for_goes_too(engine: Engine) -> None:
    decide(engine, Action.MERGE_SPEAKERS, "ana-ortega", GROUP.slug)
    decide(engine, Action.MERGE_ORGANIZATIONS, GROUP.slug, COUNCIL.slug)
    decide(engine, Action.MERGE_ORGANIZATIONS, COUNCIL.slug, CHAPTER.slug)
    store(engine, article("four", COUNCIL))
    for name in ("one", "two", "three", "four"):
        assert stands(engine, FIRST, name) == stands(engine, SECOND, name)
        assert stands(engine, FIRST, name) == ("unreviewed", [CHAPTER.slug])
    assert leads(engine) == dict.fromkeys(("ana-ortega", GROUP.slug, COUNCIL.slug), CHAPTER.slug)
    assert wrong(engine) == []
