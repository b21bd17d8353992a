"""Who is who by merges and splits, in the order in which people decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.corrections import Correctable, Correction, CorrectionAction, State
from app.domain.identities import Identities, in_force

START = datetime(2024, 5, 1, tzinfo=UTC)


def corrections(said: str) -> list[Correction]:
    """Return what "a>b" (a is b), "a>b@k" (in article k) and "-a", "-a@k" (undone) say, in their order."""
    return [_correction(each, at) for at, each in enumerate(said.split())]


def _correction(said: str, at: int) -> Correction:
    what, _, article = said.partition("@")
    subject, _, target = what.removeprefix("-").partition(">")
    action = CorrectionAction.SPLIT if article else CorrectionAction.MERGE
    return Correction(
        key=f"k{at}",
        made_at=START + timedelta(seconds=at),
        made_by="Iris Vale",
        reason="heard it",
        of=Correctable.SPEAKER,
        subject=subject,
        action=action if target else CorrectionAction.UNDO,
        article=article or None,
        after=State(slug=target) if target else None,
    )


@pytest.mark.parametrize(
    ("said", "slug", "article", "now"),
    [
        ("", "a", "k", "a"),
        ("a>b", "a", "k", "b"),
        ("a>b b>c", "a", "k", "c"),
        ("a>b -a", "a", "k", "a"),
        ("a>b -a a>c", "a", "k", "c"),
        ("a>b@k", "a", "k", "b"),
        ("a>b@k", "a", "other", "a"),
        ("a>b@k -a@k", "a", "k", "a"),
        ("a>b@k -a", "a", "k", "b"),
        ("a>c@k a>b", "a", "k", "c"),  # the merge is of what was left of a
        ("a>b b>c@k", "a", "k", "c"),
        ("a>b b>c@k", "a", "other", "b"),
        ("b>c@k c>b", "b", "k", "b"),  # split off and merged again
        ("a>b@k b>a@k", "b", "k", "a"),  # what was b all along; what was a went both ways
        ("a>b@k b>a@k", "a", "k", "a"),
        ("b>c a>b", "a", "k", "b"),  # b stood again when a became b
    ],
)
def test_who_a_slug_means(said: str, slug: str, article: str, now: str) -> None:
    identities = Identities(in_force(corrections(said)))
    assert identities.now(Correctable.SPEAKER, slug, article=article) == now


def test_only_what_was_decided_later_counts() -> None:
    merge, later = corrections("a>b b>c")
    identities = Identities(in_force([later, merge]))
    assert identities.now(Correctable.SPEAKER, "a", since=merge.order) == "a"
    assert identities.now(Correctable.SPEAKER, "b", since=merge.order) == "c"
    assert identities.now(Correctable.ORGANIZATION, "a") == "a"


def test_the_key_of_a_correction_is_that_of_all_that_it_says() -> None:
    (one,) = corrections("a>b")
    others = (
        replace(one, reason="saw it"),
        replace(one, after=State(slug="c")),
        replace(one, made_at=START + timedelta(microseconds=1)),
        replace(one, before=State(slug="a")),
    )
    assert len({each.content_key() for each in (one, *others)}) == len(others) + 1
    assert replace(one, key="another").content_key() == one.content_key()
