import pytest
from pydantic import ValidationError

from app.settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "loud"),
        ("ROOT_PATH", "dateline"),
        ("ROOT_PATH", "/dateline/"),
        ("BATCH_SIZE", "0"),
        ("QUERY_TIMEOUT_SECONDS", "soon"),
        ("ARTICLE_TEXT", "half"),
        ("FETCH_CONTACT", "the desk (Elmford)"),
        ("FETCH_CONTACT", "desk@herald.example\r\nCookie: a"),
        ("FETCH_PORTS", ""),
        ("FETCH_PORTS", "80,65536"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DATELINE_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert refused.value.errors()[0]["loc"] == (name.lower(),)


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("", []),
        ("*", ["*"]),
        ("https://a.example, https://b.example", ["https://a.example", "https://b.example"]),
    ],
)
def test_origins_are_parted_by_commas(
    monkeypatch: pytest.MonkeyPatch, value: str, origins: list[str]
) -> None:
    monkeypatch.setenv("DATELINE_CORS_ORIGINS", value)
    assert Settings().cors_origins == origins


def test_levels_are_known_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LOG_LEVEL", "debug")
    assert Settings().log_level == "DEBUG"
