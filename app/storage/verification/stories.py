"""What is wrong with stories and quotations: they are compared with what texts and statements give."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from app.domain.annotation import StatementKind
from app.domain.copies import bands
from app.storage.rows import BANDS, QUOTATIONS, STATEMENTS, Rows, no_rows
from app.storage.statement_keys import folded_words
from app.storage.stories import copies_of, stories_of
from app.storage.story_rows import add_quotation_row

Broken = tuple[int, str]
"""The id of an article, and what is wrong with it."""


def check_stories(connection: Connection, rows: Rows, texts: Mapping[int, str]) -> Iterator[Broken]:
    """Yield what is wrong with articles, given by their rows, and by their texts by id."""
    wanted = no_rows()
    wanted[BANDS] = [(band, id_) for id_, text in texts.items() for band in bands(text)]
    for row in rows[STATEMENTS]:
        statement = dict(zip(STATEMENTS.names, row, strict=True))
        kind, said = StatementKind(statement["kind"]), folded_words(statement["text"])
        add_quotation_row(wanted, kind, said, at=(statement["article_id"], statement["ordinal"]))
    for columns in (BANDS, QUOTATIONS):
        at = columns.names.index(columns.article)
        different = set(wanted[columns]) ^ set(rows[columns])
        yield from ((id_, columns.table.__tablename__) for id_ in sorted({row[at] for row in different}))
    stories, copies = stories_of(connection, texts), copies_of(connection, texts)
    for id_ in texts:
        if id_ not in stories:
            yield id_, "it is in no story"
        elif stories[id_] != id_ and (id_, stories[id_]) not in copies:
            yield id_, "it is no copy of the article that its story is named by"
