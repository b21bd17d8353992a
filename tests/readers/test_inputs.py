from pathlib import Path

import pytest

from app.readers.inputs import find_inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b/page.html",
        "b/page_files/script.txt",
        "b/other_files/c.txt",
        "b/README.txt",
        "b/.hidden.html",
        "a.jsonl.gz",
        "list[1].txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def found(folder: Path, *paths: str) -> list[str]:
    inputs = find_inputs([folder / path for path in paths])
    return [path.relative_to(folder).as_posix() for path in inputs]


def test_a_folder_without_what_a_browser_saves_with_a_page(folder: Path) -> None:
    assert found(folder, "b") == ["b/page.html", "b/other_files/c.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.gz", ["a.jsonl.gz"]),
        ("b/*.html", ["b/page.html"]),
        ("**/*.html", ["b/page.html"]),
        ("?/*.txt", []),
        ("list[1].txt", ["list[1].txt"]),
        ("missing.txt", ["missing.txt"]),
        ("b/page_files/*", ["b/page_files/script.txt"]),
    ],
)
def test_a_pattern_is_sorted_files_and_a_path_that_is_there_is_itself(
    folder: Path, pattern: str, expected: list[str]
) -> None:
    assert found(folder, pattern) == expected


def test_standard_input_is_no_file() -> None:
    assert list(find_inputs([Path("-")])) == [Path("-")]
