import io
from datetime import UTC, datetime

import pytest

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.delimited import read_delimited
from app.readers.field_maps import load_map
from app.readers.records import Reading
from app.readers.refusal import Refused

NOW = datetime(2020, 3, 1, tzinfo=UTC)


def answers(data: str | bytes, *, given_map: str | None = None) -> list[Article | UnreadableArticle]:
    stream = io.BufferedReader(io.BytesIO(data.encode() if isinstance(data, str) else data))
    field_map = load_map(given_map) if given_map else None
    return list(
        read_delimited(stream, "a.csv", Reading(max_article_chars=1000, now=NOW, field_map=field_map))
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_rows_are_articles(delimiter: str, end: str, encoding: str) -> None:
    rows = [
        ["title", "text", "authors", "published_at"],
        ["No", f'"“No,” said Peña,{end}{end}""never""; 1,5|6{end}"', '"Lena Voss; Omar Field"', "2020-02-14"],
        ["Yes", "She said yes.", "", ""],
    ]
    data = end.join(delimiter.join(row) for row in [*rows, ["", "", "", ""], []])
    first, second = answers(data.encode(encoding))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == '“No,” said Peña,\n\n"never"; 1,5|6'
    assert first.authors == ("Lena Voss", "Omar Field")
    assert (first.origin, second.origin) == ("a.csv:2", "a.csv:6")
    assert (second.title, second.authors, second.published_at) == ("Yes", (), None)


def test_a_quotation_mark_that_is_never_closed_costs_one_row() -> None:
    first, broken, last = answers('id,text\n1,Ortega said no.\n2,"She said yes.\n3,They said no.\n')
    assert isinstance(first, Article)
    assert isinstance(broken, UnreadableArticle)
    assert (broken.origin, broken.reason) == ("a.csv:3", UnreadableReason.BAD_FIELD)
    assert isinstance(last, Article)
    assert (last.origin, last.external_id) == ("a.csv:4", "3")


def test_a_row_without_an_end_costs_no_other() -> None:
    others = "".join(f"{number},{'She said no. ' * 70}\n" for number in range(1300))
    first, endless, *last = answers(f'id,text\n1,Ortega said no.\n2,"Never closed.\n{others}')
    assert isinstance(first, Article)
    assert isinstance(endless, UnreadableArticle)
    assert (endless.origin, endless.reason) == ("a.csv:3", UnreadableReason.TOO_LONG)
    assert len([answer for answer in last if isinstance(answer, Article)]) == 1300


def test_a_cell_in_another_encoding_is_repaired_and_told() -> None:
    (answer,) = answers("title,text\nNo,“No” said Peña.".encode("cp1252"))
    assert isinstance(answer, Article)
    assert answer.text == "“No” said Peña."
    assert "Windows-1252" in answer.warnings[0]


def test_more_cells_than_columns() -> None:
    (answer,) = answers("id,text\n1,Ortega, she said no.\n")
    assert isinstance(answer, UnreadableArticle)
    assert answer.detail == "the row has 3 cells, the header 2"


def test_a_header_that_names_no_text_is_told_once() -> None:
    with pytest.raises(Refused, match="say --map text=COLUMN; columns found: headline, body"):
        answers("headline,body\na,b\nc,d\n")
    (answer,) = answers("headline,body\nNo,Ortega said no.\n", given_map="title=headline, text=body")
    assert isinstance(answer, Article)
    assert (answer.title, answer.text) == ("No", "Ortega said no.")


def test_an_empty_file_has_no_article() -> None:
    assert answers("") == answers("text,title\n") == []
