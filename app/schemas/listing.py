"""What every list answers: results, links to the pages around it, and what was understood."""

from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from pydantic import Field

from app.schemas.references import Output

Item = TypeVar("Item")


class Links(Output):
    """Absolute paths on this server, the prefix of a proxy included; also in the header `Link`."""

    self: str = Field(description="This page.")
    next: str | None = Field(description="The page behind; null on the last one.")
    prev: str | None = Field(description="The page before; null on the first one.")


class Relation(StrEnum):
    """How the number stands to the true one."""

    EXACT = "eq"
    AT_LEAST = "gte"
    UNKNOWN = "unknown"


class Total(Output):
    """How many results there are on all pages."""

    value: int | None = Field(description="The number; null with `count=none`.")
    relation: Relation = Field(
        description="`eq`: exactly so many; `gte`: counting stopped there, and there are at least so many; "
        "`unknown`: not counted."
    )


class Understood(Output):
    """A record that a value was understood as."""

    slug: str = Field(description="Public key of the record.")
    name: str | None = Field(description="Its name; the title of an article.")


class UnderstoodValue(Output):
    """A value that names records."""

    value: str = Field(description="The value as it was sent.")
    records: list[Understood] = Field(description="Every record that bears it.")


QueryEcho: TypeAlias = dict[str, str | int | list[str] | list[UnderstoodValue]]


class Meta(Output):
    """About the list."""

    limit: int = Field(description="Results a page.")
    returned: int = Field(description="Results on this page.")
    total: Total = Field(description="Results on all pages.")
    sort: str = Field(description="The order; a leading `-` means descending.")
    query: QueryEcho = Field(description="The query as it was understood, defaults included.")


class Page(Output, Generic[Item]):
    """A page of a list."""

    results: list[Item] = Field(description="The results in order.")
    links: Links = Field(description="Pages around.")
    meta: Meta = Field(description="About the list.")
