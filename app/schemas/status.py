"""How the server and the corpus stand."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.db.models.corpus import RunStatus
from app.schemas.references import Output


class Health(Output):
    """The answer to a probe."""

    status: Literal["ok"] = Field(description="Always `ok`: anything else is a problem with status 503.")


class CorpusCounts(Output):
    """How much the corpus holds; only records that at least one article bears out count."""

    articles: int = Field(description="Articles, those without statements included.")
    statements: int = Field(description="Statements.")
    speakers: int = Field(description="Speakers with a statement.")
    organizations: int = Field(description="Organizations that are mentioned, that speak or are spoken for.")
    cities: int = Field(description="Cities that are mentioned.")
    topics: int = Field(description="Topics that an article is on.")
    sources: int = Field(description="Sources with an article.")


class NewestArticle(Output):
    """The article that was published last."""

    key: str = Field(description="Public key of the article.")
    title: str | None = Field(description="Headline.")
    published_at: datetime = Field(description="Instant of publication, UTC.")


class PipelineUse(Output):
    """A version of the extraction pipeline in use."""

    version: str = Field(description="Version of pipeline and language model.")
    articles: int = Field(description="Articles that it extracted.")


class LastRun(Output):
    """The run of the ingestion job that began last."""

    status: RunStatus = Field(description="How the run stands or ended.")
    started_at: datetime = Field(description="When it began, UTC.")
    finished_at: datetime | None = Field(description="When it ended, UTC; null while it runs.")
    pipeline_version: str = Field(description="Version of the pipeline that it used.")
    counts: dict[str, int] = Field(
        description="What it read, saved and refused, by the names of `ingest --json`; empty while it runs."
    )


class Status(Output):
    """How the corpus stands."""

    version: str = Field(description="Version of Dateline.")
    revision: int = Field(description="Raised by every change of the corpus; 0 before the first.")
    committed_at: datetime | None = Field(description="When the corpus changed last, UTC.")
    counts: CorpusCounts = Field(description="How much the corpus holds.")
    newest_article: NewestArticle | None = Field(description="The article that was published last.")
    pipelines: list[PipelineUse] = Field(description="Versions of the pipeline that the articles stem from.")
    last_run: LastRun | None = Field(description="The run of the ingestion job that began last.")
    attribution: str = Field(description="What has to be named when the data is used.")
