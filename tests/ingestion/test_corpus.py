from sqlalchemy import func, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import IngestionRun
from app.db.models.organization import Organization
from app.db.models.place import Place


def test_the_corpus_of_the_tests_is_what_the_job_makes_of_it(corpus_url: str) -> None:
    engine = writing_engine(corpus_url)
    with engine.connect() as connection:
        run = connection.execute(select(IngestionRun.status, IngestionRun.report)).one()
        counted = connection.execute(
            select(func.count(), func.sum(Article.statements)).select_from(Article)
        ).one()
        known = connection.scalar(select(func.count()).select_from(Place))
        authority = connection.scalar(
            select(func.count()).select_from(Organization).where(Organization.authority)
        )
    engine.dispose()
    assert run.status == "finished"
    assert counted == (run.report["new"], run.report["statements"])
    assert run.report["not_english"] == 2
    assert known is not None
    assert known > 50_000
    assert authority
