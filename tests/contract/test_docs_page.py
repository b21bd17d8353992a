"""The docs page needs nobody but us."""

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

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
def address(serve: Callable[[str], FastAPI]) -> Iterator[str]:
    """Give the address of an application, served over a real connection."""
    application = serve("sqlite:///absent/absent.db")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


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
