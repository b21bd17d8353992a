"""The docs page needs nobody but us."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.contract.serving import serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def test_the_page_names_no_other_server(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "//" not in page.text.replace("<!doctype html>", "")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page.text)


def test_everything_on_the_page_is_handed_out(client: TestClient) -> None:
    page = client.get("/docs")
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(named) > 3
    for address in named:
        answer = client.get(f"/{address}")
        assert answer.status_code == 200, address
        assert len(answer.content) > 100


def test_the_policy_lets_nothing_out(client: TestClient) -> None:
    policy = client.get("/docs").headers["content-security-policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert all(set(sources.split()) <= {"'none'", "'self'", "data:"} for sources in directives.values())


@pytest.fixture
def address(corpus_url: str, tmp_path: Path) -> Iterator[str]:
    """Give the address of a live server over the small corpus."""
    with serving(corpus_url, tmp_path) as server:
        yield server.address


def test_it_renders_in_a_browser_without_the_network(
    address: str, application: FastAPI, tmp_path: Path
) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.skip("needs a Chromium to render the page")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={tmp_path}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--enable-logging=stderr",
        "--virtual-time-budget=10000",
        "--dump-dom",
        f"{address}/",
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    operations = set(application.openapi()["paths"])
    rendered = {path.replace("\u200b", "") for path in re.findall(r'data-path="([^"]+)"', shown.stdout)}
    assert rendered == operations
    assert "CONSOLE" not in shown.stderr  # neither an error of a script nor of the policy
