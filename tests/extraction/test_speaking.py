"""Source words of which the sentence says that others speak, or that they begin too early."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.source_words import index_names, resolve_words
from app.extraction.speaking import named_subjects

# text, source words, cue, who speaks
CASES = [
    ("A letter to Ana Ortega warned that the dam leaked.", "Ana Ortega", "warned", []),
    ("A letter from Ana Ortega warned that the dam leaked.", "Ana Ortega", "warned", ["Ana Ortega"]),
    ("According to Ana Ortega, the dam leaks.", "Ana Ortega", "According to", ["Ana Ortega"]),
    ("In the view of Ana Ortega, the dam leaks.", "Ana Ortega", "view", ["Ana Ortega"]),
    ("They listened to Ana Ortega saying that the dam leaked.", "Ana Ortega", "saying", ["Ana Ortega"]),
    ("Ana Ortega met Ruben Falk, who asked whether the dam leaked.", "Ana Ortega", "asked", []),
    ("Ana Ortega, who asked whether the dam leaked, left.", "Ana Ortega", "asked", ["Ana Ortega"]),
    ("Ana Ortega was among those who said the dam leaked.", "Ana Ortega", "said", ["Ana Ortega"]),
    ("Ana Ortega smiled when asked whether the dam leaked.", "Ana Ortega", "asked", []),
    ("Asked whether the dam leaked, Ana Ortega smiled.", "Ana Ortega", "Asked", []),
    ("Ana Ortega smiled when she asked whether the dam leaked.", "Ana Ortega", "asked", ["Ana Ortega"]),
    (
        "The agent who found it, Ana Ortega, said the dam leaked.",
        "The agent who found it, Ana Ortega,",
        "said",
        ["Ana Ortega"],
    ),
    ("The complaint filed with Ana Ortega said that the dam leaked.", "Ana Ortega", "said", []),
    ("They left, with Ana Ortega saying that the dam leaked.", "Ana Ortega", "saying", ["Ana Ortega"]),
    ("They left, with Ana Ortega saying that the dam leaked.", "with Ana Ortega", "saying", ["Ana Ortega"]),
    ("Members who met with Ana Ortega sent a letter that urged them to stay.", "with Ana Ortega", "sent", []),
    (
        "In an interview with the Harbor Post, Ana Ortega, a pilot, said the dam leaked.",
        "with the Harbor Post, Ana Ortega, a pilot,",
        "said",
        ["Ana Ortega"],
    ),
    ("A request to Ana Ortega proved that the dam leaked.", "to Ana Ortega", "proved", []),
    ("They met a friend of Ana Ortega saying that it leaked.", "a friend of Ana Ortega", "saying", []),
    (
        "Ana Ortega, the head of a club based in Tampa and Brussels, said the dam leaked.",
        "Ana Ortega, the head of a club based in Tampa and Brussels,",
        "said",
        ["Ana Ortega"],
    ),
    (
        "Ana Ortega, a professor at Tampa’s Falk and Harbor College, said the dam leaked.",
        "Ana Ortega, a professor at Tampa’s Falk and Harbor College,",
        "said",
        ["Ana Ortega"],
    ),
    (
        "Ana Ortega of Tampa and the Harbor Legal Center said the dam leaked.",
        "Ana Ortega of Tampa and the Harbor Legal Center",
        "said",
        ["Ana Ortega", "Harbor Legal Center"],
    ),
    (
        "Ana Ortega from the club and Ruben Falk said the dam leaked.",
        "Ana Ortega from the club and Ruben Falk",
        "said",
        ["Ana Ortega", "Ruben Falk"],
    ),
    (
        "According to Ana Ortega and the Harbor Legal Center, the dam leaks.",
        "Ana Ortega and the Harbor Legal Center",
        "According to",
        ["Ana Ortega", "Harbor Legal Center"],
    ),
    # the subject of the cue, where the source words run on
    ("Ana Ortega last year said the dam leaked.", "Ana Ortega last year", "said", ["Ana Ortega"]),
    ("Ana Ortega drafted a letter, saying the dam leaked.", "Ana Ortega drafted", "saying", ["Ana Ortega"]),
    (
        "Ana Ortega and Ruben Falk last year said it leaked.",
        "Ana Ortega and Ruben Falk last year",
        "said",
        ["Ana Ortega"],
    ),
    (
        "The changes that Ana Ortega last year demanded stem from fear.",
        "The changes that Ana Ortega last year",
        "demanded",
        [],
    ),
    ("Ana Ortega’s mother last year said it leaked.", "Ana Ortega’s mother last year", "said", []),
    ("Ana Ortega drafted it and a baker said it leaked.", "Ana Ortega drafted it and a baker", "said", []),
    ("A letter to Ana Ortega last year said the dam leaked.", "A letter to Ana Ortega last year", "said", []),
    (
        "It leaks, said Ana Ortega, a Tampa-based agent.",
        "Ana Ortega, a Tampa-based agent",
        "said",
        ["Ana Ortega"],
    ),
    ("A letter to Congress urging repairs was printed.", "Congress", "urging", []),
    (
        "A letter to Congress from a group of bakers urging repairs was printed.",
        "Congress from a group of bakers",
        "urging",
        [],
    ),
    (
        "By the rules governing the Senate, the majority says which bills come up.",
        "the Senate, the majority",
        "says",
        [],
    ),
    ("Democrats, who control Congress, say the dam leaks.", "Democrats, who control Congress", "say", []),
    (
        "Nothing splits the Republican Party, Ana Ortega, its speaker, said.",
        "Republican Party, Ana Ortega, its speaker,",
        "said",
        ["Ana Ortega"],
    ),
    (
        "Ana Ortega, wife of the former mayor, Ruben Falk, said the dam leaked.",
        "Ana Ortega, wife of the former mayor, Ruben Falk,",
        "said",
        ["Ana Ortega"],
    ),
    (
        "Ana Ortega, the mayor, Ruben Falk, the sheriff, and Juan Vega said the dam leaked.",
        "Ana Ortega, the mayor, Ruben Falk, the sheriff, and Juan Vega",
        "said",
        ["Ana Ortega", "Ruben Falk", "Juan Vega"],
    ),
    (
        "The ACLU and Ana Ortega said the dam leaked.",
        "The ACLU and Ana Ortega",
        "said",
        ["ACLU", "Ana Ortega"],
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "expected"), CASES)
def test_who_speaks(nlp: Language, text: str, source: str, cue: str, expected: list[str]) -> None:
    doc = nlp(text)
    words, verb = (
        doc.char_span(text.index(part), text.index(part) + len(part), alignment_mode="expand")
        for part in (source, cue)
    )
    assert words is not None
    assert verb is not None
    tokens = frozenset(token.i for token in verb)
    found = resolve_words(index_names(doc), words.start, words.end, tokens)
    assert [one.name for one in found.speakers] == expected
    assert (found.kind == "named") == bool(expected)


def test_the_first_of_two_subjects_is_the_subject(nlp: Language) -> None:
    words = ["Pilots", "who", "met", "Ortega", "said", "no"]
    doc = Doc(
        nlp.vocab,
        words=words,
        tags=["NNS", "WP", "VBD", "NNP", "VBD", "UH"],
        pos=["NOUN", "PRON", "VERB", "PROPN", "VERB", "INTJ"],
        deps=["nsubj", "nsubj", "relcl", "nsubj", "ROOT", "intj"],
        heads=[4, 2, 0, 4, 4, 4],
        ents=["O", "O", "O", "B-PERSON", "O", "O"],
    )
    assert list(named_subjects(doc, frozenset({4}), 0, 4)) == []
    assert [one.text for one in named_subjects(doc, frozenset({4}), 3, 4)] == ["Ortega"]
