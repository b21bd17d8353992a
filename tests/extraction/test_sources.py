from dataclasses import replace

import pytest
from spacy.language import Language

from app.domain.annotation import Statement
from app.extraction.confidence import METHOD_FACTORS
from app.extraction.source_parts import behind_description
from app.extraction.source_words import index_names, resolve_words
from app.extraction.sources import sources

# text -> source kind and speakers with method of its first statement
ICE = "Immigration and Customs Enforcement"
CASES = [
    (
        "“The plan is bad,” said Ana Ortega, director of the Harbor Legal Center.",
        "named",
        [("Ana Ortega", "name")],
    ),
    ("Ana Ortega spoke in Tampa. “The plan is bad,” Ortega said.", "named", [("Ana Ortega", "short_name")]),
    (
        "Ana Ortega, a lawyer, spoke in Tampa. “The plan is bad,” she said.",
        "named",
        [("Ana Ortega", "pronoun")],
    ),
    (
        "Mayor Ruben Falk spoke in Tampa. “The plan is bad,” the mayor said.",
        "named",
        [("Ruben Falk", "title")],
    ),
    ("Tampa Mayor Ruben Falk left. The mayor of Boston said the plan was bad.", "unnamed", []),
    ("Mayor Ruben Falk left. The mayor of Tampa said the plan was bad.", "named", [("Ruben Falk", "title")]),
    (
        "ICE Director Ana Falk left. The director of U.S. Immigration and Customs Enforcement said it sank.",
        "named",
        [("Ana Falk", "title")],
    ),
    (
        "DHS Secretary Ana Ortega left. The secretary of Homeland Security said the plan was bad.",
        "named",
        [("Ana Ortega", "title")],
    ),
    (
        "Ana Ortega, director of the Harbor Agency, left. The director of the Dam Bureau said it was bad.",
        "unnamed",
        [],
    ),
    (
        "Judge Ruben Falk left. A federal judge in Tampa, Steven Marek, ruled. The judge said it was bad.",
        "unnamed",
        [],
    ),
    (
        "Judge Ruben Falk left. Another judge ruled. The judge said it was bad. Judge Ana Ortega left.",
        "unnamed",
        [],
    ),
    (
        "A judge ruled. The judge said it was bad. Judge Ana Ortega left.",
        "named",
        [("Ana Ortega", "title")],
    ),
    (
        "Judge Ruben Falk left. Falk, a federal judge, ruled. The judge said the plan was bad.",
        "named",
        [("Ruben Falk", "title")],
    ),
    (
        "Ana Bush, wife of former president George Bush, left. Bush said the plan was bad.",
        "named",
        [],
    ),
    (
        "Former president George Bush left. Bush said the plan was bad. Ana Bush left.",
        "named",
        [("George Bush", "short_name")],
    ),
    ("The council under Ana Ortega said the plan was bad.", "unnamed", []),
    ("Spokesman for House Speaker Ana Ortega said the plan was bad.", "unnamed", []),
    (
        "Ana Ortega left. In January Ortega said the plan was bad.",
        "named",
        [("Ana Ortega", "short_name")],
    ),
    (
        "Sen. Ruben Falk left. Mayor Ruben said the plan was bad.",
        "named",
        [("Ruben", "name")],
    ),
    (
        "The Department of Homeland Security said it would close the office.",
        "named",
        [("Department of Homeland Security", "name")],
    ),
    ("The plan failed, according to the Harbor Legal Center.", "named", [("Harbor Legal Center", "name")]),
    (
        "Sens. Ana Ortega and Ruben Falk said the plan was bad.",
        "named",
        [("Ana Ortega", "name"), ("Ruben Falk", "name")],
    ),
    ("Ana Ortega and others said the plan was bad.", "named", [("Ana Ortega", "name")]),
    ("An official said the plan was bad.", "unnamed", []),
    ("Critics said the plan was bad.", "collective", []),
    ("A spokesman for Ana Ortega said the plan was bad.", "unnamed", []),
    ("Ana Ortega’s office said the plan was bad.", "unnamed", []),
    ("DHS officials said the plan was bad.", "collective", []),
    ("State Department and Homeland Security officials said the plan was bad.", "collective", []),
    ("A study by Ana Ortega and Ruben Falk said the plan was bad.", "unnamed", []),
    ("Ortega and Falk’s staffs said the plan was bad. Ana Ortega and Ruben Falk left.", "collective", []),
    ("Karen Falk met Steven Falk. Falk said the plan was bad.", "named", []),
    ("Secretary of State Ruben Falk’s office said the plan was bad.", "unnamed", []),
    ("Justice Ruben Falk left. The justices said the plan was bad.", "collective", []),
    ("He said the plan was bad.", "unresolved", []),
    ("I said the plan was bad.", "unresolved", []),
    ("They said the plan was bad.", "collective", []),
    ("Marek in September said the plan was bad.", "named", []),
    ("Secretary of State Ruben Falk said the plan was bad.", "named", [("Ruben Falk", "name")]),
    (
        "One of the authors, Sen. Ana Ortega, R-S.C., said the plan was bad.",
        "named",
        [("Ana Ortega", "name")],
    ),
    ("One of the group's friends, Ana Ortega, said the plan was bad.", "named", [("Ana Ortega", "name")]),
    (
        "One of Mr. Falk's friends, senator Ana Ortega, said the plan was bad.",
        "named",
        [("Ana Ortega", "name")],
    ),
    ("A second senator in the group, Ana Ortega, said the plan was bad.", "named", [("Ana Ortega", "name")]),
    ("Another of the guests, Ana Ortega, said the plan was bad.", "named", [("Ana Ortega", "name")]),
    ("The mother of the victim, Ana Ortega, said the plan was bad.", "unnamed", []),
    ("One of the mayor's aides, Ana Ortega, said the plan was bad.", "unnamed", []),
    ("The father of Ruben Falk, Ana Ortega, said the plan was bad.", "unnamed", []),
    ("The Speaker of the House Ana Ortega said the plan was bad.", "named", [("Ana Ortega", "name")]),
    ("The chief of staff to the President Ruben Falk said the plan was bad.", "unnamed", []),
    ("“The plan is bad,” said Sen. Ruben Falk-R-S.C., who is late.", "named", [("Ruben Falk", "name")]),
    (
        "Sen. Ana Ortega and Tampa Mayor Ruben Falk both said the port was closed.",
        "named",
        [("Ana Ortega", "name"), ("Ruben Falk", "name")],
    ),
    ("The agency said the port was closed. The Harbor Agency left.", "unnamed", []),
    (
        "The Obama administration said the plan was bad.",
        "named",
        [("Obama administration", "name")],
    ),
    (
        "Obama’s administration lost. The administration said the plan was bad.",
        "named",
        [("Obama administration", "short_name")],
    ),
    ("The administration said the plan was bad. The Obama administration lost.", "collective", []),
    (
        "The Bush administration met Obama’s administration. The administration said the plan was bad.",
        "collective",
        [],
    ),
    ("The Ortega administration said the plan was bad.", "collective", []),
    ("Obama administration officials said the plan was bad.", "collective", []),
    (
        "Barack Obama spoke in Tampa. The president said the plan was bad.",
        "named",
        [("Barack Obama", "title")],
    ),
    ("Barack Obama met Donald Trump. The president said the plan was bad.", "unnamed", []),
    (
        "Barack Obama met President Ana Ortega. The president said the plan was bad.",
        "named",
        [("Ana Ortega", "title")],
    ),
    ("Barack Obama spoke in Tampa. The bank’s president said the plan was bad.", "unnamed", []),
    ("Photo: Harbor Pressphoto Agency.\n\nThe agency said the port was closed.", "unnamed", []),
    (
        "Ruben Falk lives here. He got a call from an official informing him that the visa was void.",
        "unnamed",
        [],
    ),
    ("Democrats said the plan was bad.", "collective", []),
    ("The White House said the plan was bad.", "named", [("White House", "name")]),
    (
        "The Harbor Legal Center sued. “The plan is bad,” the Center said.",
        "named",
        [("Harbor Legal Center", "short_name")],
    ),
    (
        "The Senate Harbor Committee met.\n\nThe Harbor Committee left.\n\nThe committee said it was bad.",
        "named",
        [("Senate Harbor Committee", "short_name")],
    ),
    (
        "Judge Ruben Falk heard the Supreme Court.\n\nThe court said the plan was bad.",
        "unnamed",
        [],
    ),
    (
        "The Supreme Court heard it.\n\nThe court said the plan was bad.",
        "named",
        [("Supreme Court", "short_name")],
    ),
    ("The Elm Times printed it. The Times said the plan was bad.", "named", [("Elm Times", "short_name")]),
    ("The Elm Times met the Oak Times. The Times said the plan was bad.", "named", [("Times", "name")]),
    (
        "Judge Ruben Falk spoke. The judge said the plan was bad.",
        "named",
        [("Ruben Falk", "title")],
    ),
    ("Judge Ruben Falk spoke. Another judge left. The judge said the plan was bad.", "unnamed", []),
    (
        "Another judge left. Judge Ruben Falk spoke. The judge said the plan was bad.",
        "named",
        [("Ruben Falk", "title")],
    ),
    (
        "Judge Ruben Falk spoke. Another judge left. The judge said the plan was bad. Falk left.",
        "unnamed",
        [],
    ),
    ("The Court met. The court said the plan was bad.", "unnamed", []),
    (
        "President Ana Ortega left.\n\nPresident Ruben Falk spoke.\n\nThe president said the plan was bad.",
        "named",
        [("Ruben Falk", "title")],
    ),
    (
        "Barbara Jordan led the panel. Jordan said the plan was bad.",
        "named",
        [("Barbara Jordan", "short_name")],
    ),
    ("Jordan said the plan was bad. Barbara Jordan led the panel.", "named", [("Jordan", "name")]),
    ("Hurricane Harvey said the plan was bad.", "named", []),
    ("Senior White House and city officials said the plan was bad.", "collective", []),
    (
        "The White House and local officials said the plan was bad.",
        "named",
        [("White House", "name")],
    ),
    (
        "The group’s president and chief executive, Ana Ortega, said the plan was bad.",
        "named",
        [("Ana Ortega", "name")],
    ),
    ("The lawyer for the mayor, Ana Ortega, said the plan was bad.", "unnamed", []),
    ("A study of the port, Ana Ortega, said the plan was bad.", "unnamed", []),
    (
        "Bakers, including Ana Ortega and the Harbor Legal Center, said the plan was bad.",
        "named",
        [("Ana Ortega", "name"), ("Harbor Legal Center", "name")],
    ),
]


def first_statement(nlp: Language, text: str) -> Statement:
    statement: Statement = nlp(text)._.statements[0]
    return statement


@pytest.mark.parametrize(("text", "kind", "speakers"), CASES)
def test_whom_the_source_names(nlp: Language, text: str, kind: str, speakers: list[tuple[str, str]]) -> None:
    statement = first_statement(nlp, text)
    assert statement.source_kind == kind
    assert [(one.name, one.method.value) for one in statement.speakers] == speakers


def test_a_participle_behind_a_name_is_that_persons(nlp: Language) -> None:
    text = "“No,” the official said, referring to Mayor Ana Ortega (D., Fla.) joking that she would pay."
    assert [one.name for one in nlp(text)._.statements[-1].speakers] == ["Ana Ortega"]


def test_title_and_affiliation_come_with_every_statement(nlp: Language) -> None:
    text = "Ortega said the plan was bad. Ana Ortega, director of the Harbor Legal Center, left early."
    (speaker,) = first_statement(nlp, text).speakers
    assert (speaker.name, speaker.title, speaker.affiliation) == (
        "Ana Ortega",
        "director",
        "Harbor Legal Center",
    )


def test_a_less_certain_way_gives_less_confidence(nlp: Language) -> None:
    by_name = first_statement(nlp, "“The plan is bad,” Ana Ortega said.")
    by_pronoun = first_statement(nlp, "Ana Ortega spoke in Tampa. “The plan is bad,” she said.")
    assert 0 < by_pronoun.confidence < by_name.confidence <= max(METHOD_FACTORS.values())


def test_of_several_departments_the_one_of_the_paragraph_is_meant(nlp: Language) -> None:
    others = "The State Department left."
    text = "The Justice Department sued the port.{} The department said the plan was bad."
    assert [one.name for one in first_statement(nlp, f"{others}\n\n{text.format('')}").speakers] == [
        "Justice Department"
    ]
    assert first_statement(nlp, text.format(f" {others}")).speakers == ()


@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ("Border Patrol agents met ICE agents.\n\nThe port was in ICE custody.\n\n", ["ICE"]),
        ("The port was in ICE custody. ", ["ICE"]),
        ("Immigration and Customs Enforcement called. ICE was late.\n\n", [ICE]),
        ("U.S. Immigration and Customs Enforcement was late. ", [f"U.S. {ICE}"]),
        ("The port was in ICE custody.\n\nA bridge fell.\n\nIt rained.\n\n", []),
        ("Border Patrol agents met ICE agents.\n\n", []),
        ("The Harbor Legal Center sued.\n\n", []),
        ("The Homeland Security Department was late. DHS called.\n\n", ["Homeland Security Department"]),
        ("The Harbor Agency called.\n\n", ["Harbor Agency"]),
        ("The Harbor Agency called.\n\nA bridge fell.\n\nIt rained.\n\n", []),
    ],
)
def test_the_agency_is_the_only_one_near(nlp: Language, before: str, meant: list[str]) -> None:
    statement = nlp(f"{before}The agency said the plan was bad.")._.statements[-1]
    assert [one.name for one in statement.speakers] == meant


@pytest.mark.parametrize(
    ("before", "meant"),
    [("Mayor Karen Coons left.", ["Karen Coons"]), ("Mayor Karen Coons met Mayor Steven Coons.", [])],
)
def test_a_last_name_that_was_not_recognised_means_its_only_bearer(
    nlp: Language, before: str, meant: list[str]
) -> None:
    doc = nlp(f"{before} Coons said the plan was bad.")
    name = doc.char_span(len(before) + 1, len(before) + 6)
    assert name is not None
    doc.set_ents([span for span in doc.ents if span.start != name.start])
    names = index_names(doc)
    names.people.pop(name.start, None)
    assert [one.name for one in resolve_words(names, name.start, name.end).speakers] == meant


def test_whose_claim_it_is(nlp: Language) -> None:
    doc = nlp("Ana Ortega’s claim that the plan was bad was printed.")
    speakers = resolve_words(index_names(doc), 0, 3).speakers
    assert (doc[2].text, [one.name for one in speakers]) == ("’s", ["Ana Ortega"])


@pytest.mark.xfail(strict=True, reason="organizations behind it and they are not looked for")
def test_it_stands_for_the_organization_before(nlp: Language) -> None:
    text = "The Harbor Legal Center sued the city. It said the plan was bad."
    assert [one.name for one in first_statement(nlp, text).speakers] == ["Harbor Legal Center"]


@pytest.mark.parametrize(
    "source", ["Boston, Massachusetts-based lawyer Ana Ortega", "Maryland, District Judge Ana Ortega"]
)
def test_where_a_source_is_from_is_not_who_it_is(nlp: Language, source: str) -> None:
    doc = nlp(f"{source} said the plan was bad.")
    found = doc.char_span(0, len(source), alignment_mode="expand")
    assert found is not None
    (speaker,) = resolve_words(index_names(doc), found.start, found.end).speakers
    assert speaker.name == "Ana Ortega"


@pytest.mark.parametrize("source", ["and", ", and", "&"])
def test_a_source_without_a_word_of_its_own_names_nobody(nlp: Language, source: str) -> None:
    doc = nlp(f"Ana Ortega {source} Ruben Falk said the plan was bad.")
    resolved = resolve_words(index_names(doc), 2, 2 + len(source.split()))
    assert resolved.speakers == []


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ortega spoke, saying that it was late and predicting that it would sink.",
        "Ana Ortega called for repairs and then warned that it would sink.",
    ],
)
def test_a_cue_joined_to_another_has_its_speaker(nlp: Language, text: str) -> None:
    doc = nlp(text)
    *_, first, second = sorted(doc._.drafts, key=lambda draft: draft.cue[0].start)
    doc._.drafts = (first, replace(second, source=()))
    assert [[one.name for one in found.speakers] for found in sources(doc)._.statements] == [
        ["Ana Ortega"],
        ["Ana Ortega"],
    ]


def test_a_cue_in_another_sentence_has_none(nlp: Language) -> None:
    doc = nlp("Ana Ortega said that it was late. Critics said that it would sink.")
    first, second = doc._.drafts
    doc._.drafts = (first, replace(second, source=()))
    assert [len(found.speakers) for found in sources(doc)._.statements] == [1, 0]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The top Democrat on the House of Representatives Judiciary Committee, Ana Ortega, spoke.", "Ana"),
        ("A senator working on the bill, Rep. Ana Ortega, spoke.", "Rep."),
        ("The lawyer of the mayor, Ana Ortega, spoke.", "The"),
        ("The father of Ruben Falk, Ana Ortega, spoke.", "The"),
        ("The ship, Ana Ortega, spoke.", "The"),
    ],
)
def test_where_the_name_behind_a_description_begins(nlp: Language, text: str, first: str) -> None:
    doc = nlp(text)
    assert doc[behind_description(doc, 0, len(doc) - 2)].text == first
