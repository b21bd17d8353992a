"""Commands that fetch, and those that must not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli.application import app
from tests.fetching.web_site import Site, answer, serving

Here = Callable[..., Result]
TEXT = "Mayor Ana Ortega said the vote in Boston was fair."
PAGE = f"<!doctype html><title>Vote</title><article><p>{TEXT}</p></article>"
FEED = (
    "<rss version='2.0'><channel><title>Elm feed</title><item><title>Short</title>"
    "<link>{}</link><description>The mayor spoke.</description></item></channel></rss>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/page": answer(PAGE)}) as served:
        yield served


@pytest.fixture
def here(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Here:
    """Give what runs a command whose settings let it ask the site."""
    monkeypatch.chdir(tmp_path)
    settings = {
        "DATELINE_DATABASE_URL": f"sqlite:///{tmp_path}/cli.db",
        "DATELINE_FETCH_CONTACT": "desk@herald.example",
        "DATELINE_FETCH_PORTS": f"80, {site.port}",
        "DATELINE_FETCH_ALLOW_PRIVATE": "true",
        "DATELINE_FETCH_DELAY_SECONDS": "0",
    }

    def ran(*arguments: str | Path, given: str | None = None, **more: str) -> Result:
        return CliRunner(env=settings | more).invoke(app, [*map(str, arguments)], input=given)

    return ran


def test_an_address_is_fetched_when_that_is_allowed(here: Here, site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing was said.", "utf-8")
    answer = here(
        "ingest", "--allow-fetch", "--dry-run", "--json", site.url("/page"), "a.txt", site.url("/no")
    )
    assert answer.exit_code == 0, answer.stderr
    report = json.loads(answer.stdout)
    assert (report["new"], report["reasons"]) == (2, {"fetch_failed": 1})
    assert site.headers[-1]["user-agent"].startswith("Dateline/")
    assert site.headers[-1]["user-agent"].endswith("(+desk@herald.example)")


def test_nothing_is_fetched_unless_that_is_allowed(here: Here, site: Site) -> None:
    answer = here("ingest", "--dry-run", site.url("/page"))
    assert answer.exit_code == 2
    assert "--allow-fetch" in answer.stderr
    feed = here("ingest", "--dry-run", "--json", "-", given=FEED.format(site.url("/page")))
    assert json.loads(feed.stdout)["summaries"] == 1
    assert site.asked == []


@pytest.mark.parametrize(
    ("arguments", "settings", "status", "words"),
    [
        (("ingest", "--allow-fetch", "ftp://elm.example/a"), {}, 2, "ftp addresses cannot be fetched"),
        (("ingest", "--allow-fetch", "no-such-file"), {}, 2, "does not exist"),
        (("ingest", "--allow-fetch", "."), {"DATELINE_FETCH_CONTACT": ""}, 1, "DATELINE_FETCH_CONTACT"),
        (("ingest", "."), {"DATELINE_FETCH_CONTACT": "the desk"}, 1, "DATELINE_FETCH_CONTACT"),
        (("ingest", "."), {"DATELINE_FETCH_PORTS": "http"}, 1, "DATELINE_FETCH_PORTS"),
        (("ingest", "."), {"DATELINE_FETCH_PORTS": "0"}, 1, "DATELINE_FETCH_PORTS"),
        (("extract", "--allow-fetch"), {}, 2, "--format feed"),
        (("watch", "-"), {}, 2, "standard input cannot be watched"),
        (("watch", "none"), {}, 2, "does not exist"),
        (("watch", "https://elm.example/feed"), {}, 2, "--allow-fetch"),
        (("watch", "--every", "0", "."), {}, 2, "every"),
    ],
)
def test_errors_are_one_sentence(
    here: Here, arguments: tuple[str, ...], settings: dict[str, str], status: int, words: str
) -> None:
    answer = here(*arguments, **settings)
    assert answer.exit_code == status, answer.stderr
    assert words in " ".join(answer.stderr.replace("│", " ").split())


def test_private_addresses_are_closed_without_the_setting(here: Here, site: Site) -> None:
    closed = {"DATELINE_FETCH_ALLOW_PRIVATE": "false"}
    answer = here("ingest", "--allow-fetch", "--dry-run", site.url("/page"), **closed)
    assert "fetch_refused: 127.0.0.1 is at 127.0.0.1, which is loopback" in answer.stderr
    assert site.asked == []


def test_extracting_follows_the_links_of_a_feed(here: Here, site: Site) -> None:
    command = ("extract", "--format", "feed")
    assert json.loads(here(*command, given=FEED.format(site.url("/page"))).stdout)["title"] == "Short"
    answer = here(*command, "--allow-fetch", given=FEED.format(site.url("/page")))
    assert (answer.exit_code, json.loads(answer.stdout)["text"]) == (0, TEXT)
    lost = here(*command, "--allow-fetch", given=FEED.format(site.url("/lost")))
    assert (lost.exit_code, json.loads(lost.stdout)["title"]) == (1, "Short")
    assert lost.stderr == f"{site.url('/lost')}: fetch_failed: the server answered 404 Not Found\n"
