import pytest

from app.domain.article import UnreadableReason
from app.ingestion.retrying import ADVICE, command_for


def test_there_is_advice_for_every_reason() -> None:
    assert set(ADVICE) == set(UnreadableReason)


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        ("news/one.html", "dateline ingest news/one.html"),
        ("news/many.jsonl:17", "dateline ingest news/many.jsonl"),
        ("my news/at 5:30", "dateline ingest 'my news/at 5'"),
        ("news/a:b.txt", "dateline ingest news/a:b.txt"),
        ("https://elm.example:8080/a?b=1", "dateline ingest --allow-fetch 'https://elm.example:8080/a?b=1'"),
        ("article 4ztfhkbr43zna", "dateline reextract"),
    ],
)
def test_the_command_names_the_file(origin: str, command: str) -> None:
    assert command_for(origin) == command
