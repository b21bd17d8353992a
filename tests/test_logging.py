import json
import logging

import pytest
import structlog

from app.logging import configure_logging


def fail() -> None:
    secret = "swordfish"  # noqa: S105 - what must not be shown
    raise ValueError(len(secret))


@pytest.mark.parametrize("as_json", [False, True])
def test_a_traceback_is_told_without_the_values_of_variables(
    as_json: bool,  # noqa: FBT001 - a parameter of the test
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(level="info", as_json=as_json)
    try:
        fail()
    except ValueError:
        structlog.get_logger("test").exception("it failed")
    printed = capsys.readouterr().err
    assert "it failed" in printed
    assert "ValueError: 9" in printed
    assert "swordfish" not in printed.replace('secret = "swordfish"', "")


def test_lines_of_other_libraries_look_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="warning", as_json=True)
    logging.getLogger("elsewhere").warning("low on %s", "space")
    logging.getLogger("elsewhere").info("all is well")
    (line,) = capsys.readouterr().err.splitlines()
    written = json.loads(line)
    assert (written["event"], written["level"], written["logger"]) == ("low on space", "warning", "elsewhere")


def test_a_file_gets_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="info", as_json=False)
    structlog.get_logger("test").warning("low on space")
    assert "\x1b" not in capsys.readouterr().err


def test_an_unknown_level_is_named() -> None:
    with pytest.raises(ValueError, match="'loud'"):
        configure_logging(level="loud", as_json=False)
