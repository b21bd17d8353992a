"""The docs page needs nobody but us."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from tests.client import Client
from tests.contract.serving import serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_NAMES = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Keeps the browser itself at home, whose own requests no page tells of."""

PATIENCE_MS = 60_000  # of each step; most take a few hundred
OPERATION = ".opblock-summary-path[data-path]"
OTHER_SERVER = "http://127.0.0.1:9/"
ASK_ANOTHER_SERVER = f"""() => new Promise(tell => {{
  addEventListener("securitypolicyviolation", event => tell([event.effectiveDirective, event.blockedURI]))
  fetch("{OTHER_SERVER}").catch(() => null)
}})"""


def test_the_page_names_no_other_server(client: Client) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "//" not in page.text.replace("<!doctype html>", "")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page.text)


def test_everything_on_the_page_is_handed_out(client: Client) -> None:
    page = client.get("/docs")
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) > 3
    for address in named:
        answer = client.get(f"/{address}")
        assert answer.status_code == 200, address
        assert len(answer.content) > 100


def test_the_policy_lets_nothing_out(client: Client) -> None:
    policy = client.get("/docs").headers["content-security-policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert all(set(sources.split()) <= {"'none'", "'self'", "data:"} for sources in directives.values())


class Seen:
    """What a page asks for, and what the browser complains of."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complaints: list[str] = []

    def watch(self, page: Page) -> None:
        """Note it from now on."""
        page.context.on("request", lambda request: self.addresses.append(request.url))
        page.context.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


def try_out(page: Page, path: str, **parameters: str) -> None:
    """Do by the page what a reader does to try an operation: its parameters take several values."""
    operation = page.locator(".opblock", has=page.locator(f'[data-path="{path}"]'))
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Try it out").click()
    for name, value in parameters.items():
        row = operation.locator(f'tr[data-param-name="{name}"]')
        row.get_by_role("button", name="Add string item").click()
        row.get_by_role("textbox").fill(value)
    operation.get_by_role("button", name="Execute").click()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Give the Chromium that is installed; Playwright would bring its own, and is never asked for it.

    Not for the session: while it runs, its event loop is that of the thread, and other tests run their own.
    """
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    if installed is None:
        pytest.skip(f"needs a Chromium to use the page: one of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed, args=[NO_NAMES])
        yield opened
        opened.close()


@pytest.mark.parametrize("database_kind", ["sqlite"])  # the page cannot tell
def test_a_query_is_tried_out_in_a_browser(
    browser: Browser, corpus_url: str, application: FastAPI, tmp_path: Path
) -> None:
    with serving(corpus_url, tmp_path) as server:
        page, seen = browser.new_page(), Seen()
        page.set_default_timeout(PATIENCE_MS)
        seen.watch(page)
        page.goto(server.address)
        page.locator(OPERATION).first.wait_for()
        paths = page.locator(OPERATION).evaluate_all("all => all.map(each => each.dataset.path)")
        assert {path.replace("\u200b", "") for path in paths} == set(application.openapi()["paths"])
        try_out(page, "/v1/articles", city="boston-ma")
        answer = page.locator(".live-responses-table .response")
        answer.wait_for()
        assert answer.locator(".response-col_status").inner_text() == "200"
        asked = seen.addresses[-1]
        assert asked.startswith(f"{server.address}/v1/articles?")
        assert "city=boston-ma" in asked.partition("?")[2].split("&")
        shown = json.loads(answer.locator("pre code").first.inner_text())
        assert shown == httpx2.get(asked).json()
        assert shown["results"]
        assert {urlsplit(address).netloc for address in seen.addresses} == {urlsplit(server.address).netloc}
        assert seen.complaints == []  # neither of a script nor of the policy
        assert page.evaluate(ASK_ANOTHER_SERVER) == ["connect-src", OTHER_SERVER]
        assert OTHER_SERVER not in seen.addresses
        assert seen.complaints
