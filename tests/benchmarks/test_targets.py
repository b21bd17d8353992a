from typing import Any

import pytest

from benchmarks.targets import goals


def figures(
    *, product: float, constant: float = 1000, naive: float = 10, statements: int = 2
) -> dict[str, Any]:
    """Return what the report says of a question: requests a second; CPU follows from them."""
    return {
        who: {"per_second": number, "cpu_us": 1e6 / number}
        for who, number in (("product", product), ("constant", constant), ("naive", naive))
    } | {"database": {"statements": statements, "database_ms": 0.1}}


def report(kind: str, small: dict[str, Any], large: dict[str, Any], *, memory: float = 100) -> dict[str, Any]:
    return {
        "databases": {
            kind: {
                "questions": {"newest": {"50": small, "500": large}},
                "memory_mb": {"50": {"product": 90}, "500": {"product": memory}},
                "starts": {"seconds": 1.2, "cpu_seconds": 1.0},
            }
        }
    }


@pytest.mark.parametrize(
    ("kind", "small", "large", "memory", "missed"),
    [
        ("sqlite", figures(product=500), figures(product=500), 100, []),
        ("sqlite", figures(product=499), figures(product=499), 100, ["against constant"]),
        ("sqlite", figures(product=500), figures(product=500, naive=51), 100, ["against naive"]),
        ("sqlite", figures(product=800), figures(product=500), 100, ["growth"]),
        ("sqlite", figures(product=500), figures(product=500), 121, ["memory"]),
        ("postgresql", figures(product=500), figures(product=500), 200, []),
        ("postgresql", figures(product=500), figures(product=500, statements=3), 100, ["statements"]),
    ],
)
def test_a_goal_is_met_or_missed(
    kind: str, small: dict[str, Any], large: dict[str, Any], memory: float, missed: list[str]
) -> None:
    found = [goal.what for goal in goals(report(kind, small, large, memory=memory)) if not goal.met]
    assert len(found) == len(missed)
    assert all(word in what for word, what in zip(missed, found, strict=True))


def test_one_size_has_no_growth() -> None:
    one = report("sqlite", figures(product=500), figures(product=500))
    del one["databases"]["sqlite"]["memory_mb"]["50"]
    assert not [goal for goal in goals(one) if "growth" in goal.what]
