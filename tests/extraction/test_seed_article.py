"""The statements of the article that the product was first described by: offsets and names only."""

from pathlib import Path

import pytest
from spacy.language import Language

from app.domain.annotation import StatementKind
from app.extraction.drafts import SourceHint, StatementDraft

ARTICLE = Path(__file__).parents[3] / "shared/corpora/seed-article/border-agents-sanctuary-cities.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the seed article is not beside the repository")

DIRECT = [
    ([(998, 1073), (1085, 1244)], [(1078, 1082)], ["he"]),
    ([(1690, 2318)], [(1667, 1671)], ["Boston Mayor Marty Walsh"]),
    ([(2993, 3057), (3117, 3160)], [(3059, 3063)], ["Naureen Shah of the American Civil Liberties Union"]),
    ([(3325, 3494)], [(3500, 3504)], ["she"]),
    ([(4059, 4166)], [(4168, 4172)], ["Angelica Salas"]),
    ([(4527, 4740)], [(4742, 4746)], ["Thompson"]),
    (
        [(4844, 5640)],
        [(4821, 4825)],
        ["Congresswoman Ayanna Pressley’s Office", "Congresswoman Ayanna Pressley"],
    ),
    ([(6361, 8178)], [(6339, 6343)], ["Suffolk County District Attorney Rachael Rollins"]),
    ([(8674, 9678)], [(8627, 8631)], ["DHS"]),
]
OTHERS = [
    ("mixed", "officials", 90),
    ("indirect", "Acting Immigration and Customs Enforcement Director Matthew Albence", 654),
    ("mixed", "Albence", 863),
    ("indirect", "an official", 1435),
    ("indirect", "the official", 2457),
    ("indirect", "Immigrant advocates", 2691),
    ("indirect", "Shah", 3223),
    ("indirect", "the Immigrant Legal Resource Center", 3674),
    ("indirect", "Supporters of sanctuary policies", 3943),
    ("indirect", "Albence and others in the administration", 4315),
    ("indirect", "Rep. Bennie G. Thompson", 4467),
    ("indirect", "the Department of Homeland Security", 6112),
    ("indirect", "Jeff Sessions", 8323),
]


@pytest.fixture(scope="module")
def text() -> str:
    return ARTICLE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drafts(text: str, statement_nlp: Language) -> list[StatementDraft]:
    found: list[StatementDraft] = statement_nlp(text)._.drafts
    return found


def test_the_quoted_passages_are_nine_direct_statements(text: str, drafts: list[StatementDraft]) -> None:
    direct = [draft for draft in drafts if draft.kind is StatementKind.DIRECT]
    found = [
        (
            [tuple(span) for span in draft.content],
            [tuple(span) for span in draft.cue],
            [span.of(text) for span in draft.source],
        )
        for draft in direct
    ]
    assert found == DIRECT


def test_the_mayor_is_named_before_his_words(drafts: list[StatementDraft]) -> None:
    (walsh,) = [draft for draft in drafts if draft.content == ((1690, 2318),)]
    assert (walsh.source, walsh.hint) == (((1642, 1666),), SourceHint.CLAUSE)


def test_reported_statements_with_their_sources(text: str, drafts: list[StatementDraft]) -> None:
    others = [draft for draft in drafts if draft.kind is not StatementKind.DIRECT]
    found = [
        (draft.kind.value, " + ".join(span.of(text) for span in draft.source), draft.content[0].start)
        for draft in others
    ]
    assert found == OTHERS


def test_the_president_is_mentioned_and_says_nothing(text: str, drafts: list[StatementDraft]) -> None:
    assert "Trump" in text
    assert not [d for d in drafts for span in d.source if "Trump" in span.of(text)]
