"""Whether the text of an article is stored, when an input holds a summary of it."""

from sqlalchemy import Connection, select

from app.db.models.article import Article as ArticleRow
from app.db.models.article import ArticleText
from app.domain.article import Article


def has_whole_text(connection: Connection, summary: Article) -> bool:
    """Tell whether the article of this summary is stored with another text than the summary itself."""
    query = (
        select(ArticleText.sha256)
        .join(ArticleRow, ArticleRow.id == ArticleText.article_id)
        .where(ArticleRow.identity == summary.identity)
    )
    return connection.scalar(query) not in {None, summary.text_sha256}
