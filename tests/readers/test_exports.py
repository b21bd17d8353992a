import gzip
import json
from pathlib import Path

import pytest

from app.domain.annotation import SpeakerKind
from app.domain.article import UnreadableArticle
from app.domain.exchange import StoredArticle, StoredRecord, StoredSpeaker
from app.readers.detection import format_of
from app.readers.files import Answer, read_paths
from app.readers.formats import Format
from app.readers.identity import key_of
from app.readers.records import sha256_of
from app.readers.refusal import Refused

HEADER = '{"dateline_export": 1}'
SPEAKER = '{"speaker":{"slug":"ana-ortega","name":"Ana Ortega","kind":"person"}}'
TEXT = "“We counted twice,” Ana Ortega said."


def article(**changed: object) -> str:
    identity = "url:https://example.org/one"
    read = {
        "key": key_of(identity),
        "identity": identity,
        "text": TEXT,
        "text_sha256": sha256_of(TEXT.encode()),
        "language": "en",
        "published_at": "2023-05-01T00:00:00Z",
        "published_precision": "day",
    }
    return json.dumps({"article": read | changed, "annotations": {"pipeline_version": "1"}})


def read(tmp_path: Path, *lines: str, name: str = "export.jsonl", most: int = 1_000) -> list[Answer]:
    path = tmp_path / name
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return list(read_paths([path], max_article_chars=most))


@pytest.mark.parametrize("name", ["export.jsonl", "export.ndjson", "export", "export.jsonl.gz"])
def test_it_is_known_by_its_first_line(name: str) -> None:
    assert format_of(name, f"{HEADER}\n{SPEAKER}".encode()) is Format.EXPORT


def test_another_name_contradicts_it() -> None:
    with pytest.raises(Refused, match=r"named \.txt and holds export"):
        format_of("export.txt", HEADER.encode())


def test_lines_become_records_and_articles(tmp_path: Path) -> None:
    record, found = read(tmp_path, HEADER, SPEAKER, "", article())
    assert isinstance(record, StoredRecord)
    assert record.record == StoredSpeaker(slug="ana-ortega", name="Ana Ortega", kind=SpeakerKind.PERSON)
    assert record.origin.endswith("export.jsonl:2")
    assert isinstance(found, StoredArticle)
    assert (found.article.text, found.origin[-14:]) == (TEXT, "export.jsonl:4")
    assert found.article.published_at is not None
    assert found.article.published_at.isoformat() == "2023-05-01T00:00:00+00:00"


def test_two_exports_behind_each_other_are_one(tmp_path: Path) -> None:
    assert len(read(tmp_path, HEADER, SPEAKER, HEADER, SPEAKER)) == 2


def test_a_packed_one_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    lines = [
        json.dumps({"speaker": {"slug": str(n), "name": str(n), "kind": "person"}}) for n in range(9_999)
    ]
    path = tmp_path / "export.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join([HEADER, *lines]).encode())[:-2_000])
    *before, last = read_paths([path], max_article_chars=1_000)
    assert len(before) > 1_000
    assert all(isinstance(answer, StoredRecord) for answer in before)
    assert isinstance(last, UnreadableArticle)
    assert last.reason == "bad_compression"


@pytest.mark.parametrize(
    ("line", "reason", "words"),
    [
        ("{oops", "bad_json", "Expecting property name"),
        ("[1]", "bad_json", "not an object"),
        ("{}", "bad_field", "the keys none"),
        ('{"speaker": {}, "source": {}}', "bad_field", "no line with the keys source, speaker"),
        ('{"speaker": {"slug": "a", "name": "A", "kind": "ghost"}}', "bad_field", "kind: Input should be"),
        ('{"speaker": 7}', "bad_field", "the line: "),
        ('{"article": {}}', "bad_field", "article.key: Field required"),
        ('{"dateline_export": 2}', "bad_field", "version 2"),
        (article(text="Other words"), "bad_field", "'text_sha256' is not that of the text"),
        (article(key="other"), "bad_field", "'key' is not that of the identity"),
        (article(text="\ud800"), "bad_field", "'text_sha256'"),
        (article(text="x" * 1_001), "too_long", "1001 characters"),
        (article(published_at="2023-05-01T00:00:00"), "bad_field", "published_at"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(
    tmp_path: Path, line: str, reason: str, words: str
) -> None:
    refused, after = read(tmp_path, HEADER, line, SPEAKER)
    assert isinstance(refused, UnreadableArticle)
    assert (refused.reason, words in refused.detail) == (reason, True), refused
    assert isinstance(after, StoredRecord)
