"""Which pages are read at once on SQLite, between other requests: those that are sure to be short work."""

from urllib.parse import parse_qs

import pytest

from app.api.listing import Resource
from app.api.parameters import ArticlesQuery, StatementsQuery
from app.api.resources import ARTICLES, STATEMENTS
from app.api.understanding import is_bounded


def bounded(resource: Resource, query: str, *, preset: str | None = None) -> bool:
    model = ArticlesQuery if resource is ARTICLES else StatementsQuery
    scalars = {"q", "count", "min_confidence", "speaker_match", "city_match", "published_from", "collapse"}
    given = {name: values[0] if name in scalars else values for name, values in parse_qs(query).items()}
    assert resource.bounded is not None
    return is_bounded(
        model.model_validate(given), resource.bounded, most=resource.most_bounded, preset=preset
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ("published_from=2020", True),
        ("city=boston-ma", True),
        ("city=boston-ma&organization=hrc&topic=asylum&source=herald", True),
        ("city=boston-ma&city=chicago-il&city_match=all", True),
        ("city=boston-ma&speaker=ana-ortega", True),
        ("speaker=ana-ortega&speaker=ben-diaz", False),  # of one statement, perhaps
        ("speaker=ana-ortega&speaker=ben-diaz&speaker_match=all", False),
        ("city=" + "&city=".join(f"c{number}" for number in range(9)), False),
        ("city=Boston, Massachusetts", False),  # no slug: it may have to be looked for
        ("kind=direct", False),
        ("cue=said", False),
        ("min_confidence=0.9", False),  # nothing lists them: it may be a walk through many articles
        ("city=boston-ma&min_confidence=0.9", False),
        ("exclude_city=boston-ma", False),
        ("story=abc&city=boston-ma", True),
        ("city=boston-ma&collapse=story", False),  # many copies may stand before the next that counts
        ("q=vote", False),
        ("city=boston-ma&count=exact", False),
        ("city=boston-ma&count=none", True),
    ],
)
def test_articles(query: str, *, expected: bool) -> None:
    assert bounded(ARTICLES, query) is expected


def test_what_the_path_names_counts() -> None:
    assert bounded(ARTICLES, "city=boston-ma", preset="organization")
    assert bounded(STATEMENTS, "", preset="speaker")
    assert not bounded(STATEMENTS, "city=boston-ma", preset="speaker")


def test_statements_of_one_range() -> None:
    for one in (
        "kind=direct",
        "cue_class=intent",
        "review=confirmed",
        "cue=said",
        "story=abc",
        "quotation=abc",
    ):
        assert bounded(STATEMENTS, one)
    for more in ("cue=said&cue=told", "cue=said&cue_class=speech", "cue=said in a letter"):
        assert not bounded(STATEMENTS, more)
    for unlisted in ("min_confidence=0.9", "cue=said&min_confidence=0.9", "exclude_cue=said"):
        assert not bounded(STATEMENTS, unlisted)
