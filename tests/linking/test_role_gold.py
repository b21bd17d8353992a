"""Role categories may not fall behind what was measured on attributions that were read."""

from pathlib import Path

import pytest

from evaluation.roles import MISSING, accuracy, score


@pytest.mark.takes_minutes
def test_role_categories_of_attributions_that_were_read(shared: Path) -> None:
    counts = score(shared, "rules")  # the attributions that were read are those that rules found
    assert {half: one.total() for half, one in counts.items()} == {"dev": 103, "test": 97}
    assert accuracy(counts["dev"]) >= 0.9
    assert accuracy(counts["test"]) >= 0.88
    assert not [pair for one in counts.values() for pair in one if pair[1] == MISSING]
