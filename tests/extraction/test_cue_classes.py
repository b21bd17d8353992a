"""What kind of act a cue reports, by its words and by what its source is."""

import pytest
from spacy.language import Language

from app.domain.annotation import CueClass, StatementKind
from app.domain.span import Span
from app.extraction.cue_classes import cue_class
from app.extraction.words import table, words


def spans(text: str, words_of: str | None) -> list[Span]:
    if words_of is None:
        return []
    return [Span(text.index(words_of), text.index(words_of) + len(words_of))]


@pytest.mark.parametrize(
    ("text", "cue", "source", "expected"),
    [
        ("Ana Ortega said the bridge was late.", "said", "Ana Ortega", "speech"),
        ("The bridge was late, according to Ana Ortega.", "according to", "Ana Ortega", "speech"),
        ("Ana Ortega criticized the plan as hasty.", "criticized", "Ana Ortega", "speech"),
        ("Ana Ortega repeated her claim that it was late.", "claim", "Ana Ortega", "speech"),
        ("ORTEGA: The bridge was late.", ":", "ORTEGA", "speech"),
        ("Ana Ortega tweeted that the bridge was late.", "tweeted", "Ana Ortega", "writing"),
        ("Ana Ortega said in a letter that it was late.", "said in a letter", "Ana Ortega", "writing"),
        ("The letter says that the bridge is late.", "says", "The letter", "writing"),
        ("The bridge was late, a report by the county says.", "says", "a report by the county", "writing"),
        ("The study found that bridges are late.", "found", "The study", "writing"),
        ("Ana Ortega found that bridges are late.", "found", "Ana Ortega", "other"),
        ("Ana Ortega suggested that it was late.", "suggested", "Ana Ortega", "speech"),
        ("The report suggests that it is late.", "suggests", "The report", "writing"),
        ("Her silence suggests that it is late.", "suggests", "Her silence", "other"),
        ("Ana Ortega said on Twitter that it was late.", "said on Twitter", "Ana Ortega", "writing"),
        ("Ana Ortega met the council to discuss the bridge.", "to discuss", "Ana Ortega", "other"),
        ("Ana Ortega went on to say that it was late.", "went on to say", "Ana Ortega", "speech"),
        (
            "Ana Ortega took to the floor on Monday to complain that it was late.",
            "to complain",
            "Ana Ortega",
            "speech",
        ),
        ("Ana Ortega took the ferry on Monday to explain it.", "to explain", "Ana Ortega", "other"),
        ("Ana Ortega drove to the town to complain that it was late.", "to complain", "Ana Ortega", "other"),
        ("Ana Ortega believes the bridge is late.", "believes", "Ana Ortega", "belief"),
        ("Ana Ortega was concerned that it was late.", "was concerned", "Ana Ortega", "belief"),
        ("Ana Ortega is expected to run.", "is expected to", "Ana Ortega", "belief"),
        ("Ana Ortega wants to mend the bridge.", "wants", "Ana Ortega", "intent"),
        ("Ana Ortega planned to mend the bridge.", "planned", "Ana Ortega", "intent"),
        ("Ana Ortega supports the bridge.", "supports", "Ana Ortega", "other"),
        ("Ana Ortega crossed the bridge.", "crossed", "Ana Ortega", "other"),
        ("Ana Ortega did not say that it was late.", "did not say", "Ana Ortega", "other"),
        ("Ana Ortega declined to say why it was late.", "declined to say", "Ana Ortega", "other"),
        ("Ana Ortega does not believe it is late.", "does not believe", "Ana Ortega", "belief"),
        ("The press secretary said the bridge was late.", "said", "The press secretary", "speech"),
    ],
)
def test_the_class_of_a_reported_clause(
    statement_nlp: Language, text: str, cue: str, source: str, expected: str
) -> None:
    doc = statement_nlp(text)
    found = cue_class(doc, StatementKind.INDIRECT, spans(text, cue), spans(text, source))
    assert found == CueClass(expected)


@pytest.mark.parametrize(
    ("cue", "expected"), [("smiled", "speech"), (None, "speech"), ("wrote", "writing"), ("hopes", "belief")]
)
def test_quoted_words_are_speech_unless_their_cue_tells_otherwise(
    statement_nlp: Language, cue: str | None, expected: str
) -> None:
    text = f"“We are late,” Ana Ortega {cue or 'alone'}."
    found = cue_class(statement_nlp(text), StatementKind.DIRECT, spans(text, cue), [])
    assert found == CueClass(expected)


def test_a_speaker_carried_over_brings_the_class_along(nlp: Language) -> None:
    text = "“We are late,” Ana Ortega wrote.\n\n“The bridge is not done, and it will not be.”"
    classes = [statement.cue_class for statement in nlp(text)._.statements]
    assert classes == [CueClass.WRITING, CueClass.WRITING]


def test_a_tweet_is_written(nlp: Language) -> None:
    text = "The bridge is late and nobody knows why — Ana Ortega (@anaortega) June 3, 2017"
    assert [statement.cue_class for statement in nlp(text)._.statements] == [CueClass.WRITING]


def test_the_list_knows_every_verb_that_rules_take_for_speech() -> None:
    listed = table("cue_classes.tsv")
    verbs = {
        line.split()[0]
        for line in words("cues.txt")
        if {"q", "c"} <= set(line.split()[1:]) and "_" not in line
    }
    assert verbs - set(listed) == set()
    assert set(listed.values()) == {*CueClass, "finding", "telling"}
