"""How benchmarks run the job: as a user's settings say, but for what is measured."""

from typing import Any

from app.ingestion.job import Options
from app.settings import Settings


def options(**measured: Any) -> Options:  # noqa: ANN401 - fields of Options, each of its own type
    """Return the options of the settings, with these fields in their place."""
    settings = Settings()
    given: dict[str, Any] = {
        "model": settings.spacy_model,
        "batch_size": settings.batch_size,
        "max_article_chars": settings.max_article_chars,
    }
    return Options(**(given | measured))
