"""The list of an article's mentions."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.api.dependencies import answer
from app.api.listing import Found, list_page
from app.api.parameters import MentionsQuery
from app.api.paths import at_path
from app.queries.mentions import MentionKind, list_mentions
from app.queries.slots import Slot
from app.schemas.listing import QueryEcho, Understood, UnderstoodValue
from app.schemas.mention import Mention, MentionRecord

_ARTICLE = Slot("article")


async def list_entities(request: Request, parameters: MentionsQuery, key: str) -> Response:
    """Return a page of every person, place, organization and topic that the article mentions."""

    def work(connection: Connection) -> Response:
        article = at_path(connection, "article", key, request.state.exchange)
        echo: QueryEcho = {
            "article": [
                UnderstoodValue(value=key, records=[Understood(slug=article.slug, name=article.name)])
            ],
            "kind": [str(kind) for kind in parameters.kind or MentionKind],
        }
        return list_page(
            request,
            connection,
            parameters=parameters,
            found=Found(
                list_mentions(_ARTICLE, frozenset(parameters.kind or MentionKind)),
                {_ARTICLE.name: article.id},
            ),
            show=_show,
            echo=echo,
        )

    return await answer(request, work, bounded=True)


def _show(rows: Sequence[Any]) -> list[str]:
    return [
        Mention(
            **{name: getattr(row, name) for name in Mention.model_fields if name != "record"},
            record=_record(row),
        ).model_dump_json()
        for row in rows
    ]


def _record(row: Any) -> MentionRecord | None:  # noqa: ANN401 - a row of mentions
    if row.record_slug is None:
        return None
    return MentionRecord(kind=row.record_kind, slug=row.record_slug, name=row.record_name)
