"""Text -> statements, as "kind | source | cue | content". "+" joins spans, "" stands for none."""

import pytest
from spacy.language import Language

from app.extraction.drafts import SourceHint, StatementDraft


def drafts(nlp: Language, text: str) -> list[StatementDraft]:
    found: list[StatementDraft] = nlp(text)._.drafts
    return found


def shown(nlp: Language, text: str) -> list[str]:
    return [
        " | ".join(
            [
                draft.kind.value,
                *(
                    " + ".join(span.of(text) for span in part)
                    for part in (draft.source, draft.cue, draft.content)
                ),
            ]
        )
        for draft in drafts(nlp, text)
    ]


DIRECT = [
    (
        "“We will not wait for the court,” Ana Ortega said.",
        ["direct | Ana Ortega | said | We will not wait for the court,"],
    ),
    (
        '“We will not wait,” said Ana Ortega, senior counsel for the Harbor Legal Center. “We filed today."',
        ["direct | Ana Ortega | said | We will not wait, + We filed today."],
    ),
    ("“We tried,” she said, “and we failed.”", ["direct | she | said | We tried, + and we failed."]),
    ("“We tried,” he said, but “nobody came.”", ["direct | he | said | We tried, + nobody came."]),
    (
        "“We tried,” he said on “Radio Hour,” “and we failed.”",
        ["direct | he | said | We tried, + and we failed."],
    ),
    (
        "Ana Ortega said in a statement: “We will not wait for the court.”",
        ["direct | Ana Ortega | said | We will not wait for the court."],
    ),
    ("Asked whether she would appeal, Ortega said, “No.”", ["direct | Ortega | said | No."]),
    (
        "‘We will not wait for the court,’ said Ortega.",
        ["direct | Ortega | said | We will not wait for the court,"],
    ),
    ("''We will not wait,'' Mr. Ortega said.", ["direct | Mr. Ortega | said | We will not wait,"]),
    (
        "“We will not wait for them,” one of the lawyers, Joe Diaz, told the Guardian.",
        ["direct | one of the lawyers, Joe Diaz | told | We will not wait for them,"],
    ),
    (
        "“The law is the law,” Rep. Ana Ortega (D-Calif.) and Sen. Joe Diaz (R-Ohio) said.",
        ["direct | Rep. Ana Ortega + Sen. Joe Diaz | said | The law is the law,"],
    ),
    (
        "“Did they ask us? Probably not,” Ms. Ortega said.",
        ["direct | Ms. Ortega | said | Did they ask us? Probably not,"],
    ),
    (
        "“We need help,” he said. “We need it now,” he added.",
        ["direct | he | said | We need help,", "direct | he | added | We need it now,"],
    ),
    (
        "“The law is cruel to all of us.” — Ana Ortega",
        ["direct | Ana Ortega |  | The law is cruel to all of us."],
    ),
    ("As the report put it, “nobody was asked.”", ["direct | the report | put it | nobody was asked."]),
    (
        "“The rule was never lawful,” according to Ana Ortega.",
        ["direct | Ana Ortega | according to | The rule was never lawful,"],
    ),
]

BLOCKS = [
    (
        'Mayor Ana Ortega said in a statement:\n\n“Our city is safe. It stays so."\n\n—  Mayor Ana Ortega',
        ["direct | Mayor Ana Ortega | said | Our city is safe. It stays so."],
    ),
    (
        "Ana Ortega told Harbor 7 News:\n\nOur city is safe. It stays so.\n\nWe do not fear.\n\n— Ana Ortega",
        ["direct | Ana Ortega | told | Our city is safe. It stays so.\n\nWe do not fear."],
    ),
    (
        "DHS sent us the following statement:\n\n“The border is busy.”\n\n— Department of Homeland Security",
        ["direct | DHS | sent | The border is busy."],
    ),
    (
        "Ortega said:\n\n“The first day was hard.\n\n“The second was worse.”\n\nThe hall was silent.",
        ["direct | Ortega | said | The first day was hard. + The second was worse."],
    ),
    (
        "“The first day was hard.\n\n“The second was worse,” Ortega said.",
        ["direct | Ortega | said | The first day was hard. + The second was worse,"],
    ),
    (
        "ORTEGA: The bill is ready.\n\nDIAZ: It is not ready at all.\n\nORTEGA: Then we wait.",
        [
            "direct | ORTEGA |  | The bill is ready.",
            "direct | DIAZ |  | It is not ready at all.",
            "direct | ORTEGA |  | Then we wait.",
        ],
    ),
]

REPORTED = [
    ("Officials said the agents would leave.", ["indirect | Officials | said | the agents would leave"]),
    (
        "WASHINGTON — The agents would leave on Monday, officials said Friday.",
        ["indirect | officials | said | The agents would leave on Monday"],
    ),
    (
        "The law, she said, is a burden for the county.",
        ["indirect | she | said | The law + is a burden for the county"],
    ),
    (
        "The county must “move at once,” Ortega said.",
        ["mixed | Ortega | said | The county must “move at once,”"],
    ),
    ("Ortega said the plan was “a mess.”", ["mixed | Ortega | said | the plan was “a mess.”"]),
    (
        "About 700 counties refused, according to the Harbor Legal Center.",
        ["indirect | the Harbor Legal Center | according to | About 700 counties refused"],
    ),
    (
        "According to the Harbor Legal Center, 700 counties refused.",
        ["indirect | the Harbor Legal Center | According to | 700 counties refused"],
    ),
    (
        "Shelters are full, an official, speaking on condition of anonymity, said on Monday.",
        ["indirect | an official | said | Shelters are full"],
    ),
    (
        "Ortega said the law had failed, adding that the county would sue.",
        [
            "indirect | Ortega | said | the law had failed",
            "indirect | Ortega | adding | that the county would sue",
        ],
    ),
    (
        "Advocates dismissed the plan as a political move.",
        ["indirect | Advocates | dismissed | the plan as a political move"],
    ),
    ("Ortega did not say who had called.", []),
    (
        "Her campaign manager, Joe Diaz, who lives in Ohio, said the rule had failed.",
        ["indirect | Her campaign manager, Joe Diaz | said | the rule had failed"],
    ),
    ("If the judge says that the rule is lawful, the county will wait.", []),
    ("It is what some call “birth tourism.”", []),
    ("Anyone wanting to borrow money must apply.", []),
    (
        "Shelters are full, said Ana Ortega, the lead lawyer of the Harbor Legal Center.",
        ["indirect | Ana Ortega | said | Shelters are full"],
    ),
    (
        "Shelters are full, the judge, Ana Ortega, said.",
        ["indirect | the judge, Ana Ortega | said | Shelters are full"],
    ),
    (
        "Ortega said the rule was unlawful and warned that she would sue.",
        [
            "indirect | Ortega | said | the rule was unlawful",
            "indirect | Ortega | warned | that she would sue",
        ],
    ),
    ("Ortega might say that the law failed.", []),
    (
        "Diaz, who said the plan was lawful, left early.",
        ["indirect | Diaz | said | the plan was lawful"],
    ),
    (
        "The mayor's claim that the jail was empty surprised the council.",
        ["indirect | The mayor's | claim | that the jail was empty"],
    ),
    ("Ortega pledged to veto the bill.", ["indirect | Ortega | pledged | to veto the bill"]),
]

NOT_STATEMENTS = [
    "Agents will go to “sanctuary” cities this week.",
    "The band played “Harbor Lights” for an hour.",
    "Joe “Big Joe” Diaz runs the so-called “Dreamers” club.",
    ">> Documents show the county opened records 135 times",
    'The pipe is 12" wide and the man 6\'2" tall.',
    "Does she worry some may never come back?",
    "Your browser does not support the video tag.",
    "The council met on Monday. The room was full.",
]


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_quotations(statement_nlp: Language, text: str, expected: list[str]) -> None:
    assert shown(statement_nlp, text) == expected


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks(statement_nlp: Language, text: str, expected: list[str]) -> None:
    assert shown(statement_nlp, text) == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_reported_clauses(statement_nlp: Language, text: str, expected: list[str]) -> None:
    assert shown(statement_nlp, text) == expected


@pytest.mark.parametrize("text", NOT_STATEMENTS)
def test_no_statement(statement_nlp: Language, text: str) -> None:
    assert shown(statement_nlp, text) == []


def test_a_quotation_paragraph_without_a_cue_carries_the_speaker_over(statement_nlp: Language) -> None:
    text = "Ana Ortega said the plan had failed.\n\n“Nobody asked us about it. Nobody called.”\n\nShe left."
    said, carried = drafts(statement_nlp, text)
    assert said.hint is SourceHint.CLAUSE
    assert (carried.hint, carried.continues, carried.source) == (SourceHint.CARRIED_OVER, 0, ())


def test_a_quotation_paragraph_after_nobody_has_no_source(statement_nlp: Language) -> None:
    text = "The hall was full.\n\n“Nobody asked us about it. Nobody called.”"
    (draft,) = drafts(statement_nlp, text)
    assert (draft.source, draft.continues) == ((), None)


def test_an_attribution_line_names_the_source(statement_nlp: Language) -> None:
    text = "“The border is busy. It will stay so.”\n\n— Ana Ortega, Harbor Legal Center"
    (draft,) = drafts(statement_nlp, text)
    assert draft.hint is SourceHint.ATTRIBUTION_LINE
    assert [span.of(text) for span in draft.source] == ["Ana Ortega"]


@pytest.mark.parametrize(
    "text", ["", " \n ", "“", "said", ":", "—", "“”", "Ortega said:", "A: b\nA: c\nA: d"]
)
def test_scraps_of_text(statement_nlp: Language, text: str) -> None:
    for draft in drafts(statement_nlp, text):
        assert all(0 <= start < end <= len(text) for start, end in draft.content)


@pytest.mark.parametrize(
    "piece", ['"A b c d." ', "“A b.” said ", "\n“A b c d.”", "\n“A b c d", "\n— Ana Ortega", "\nAna: b"]
)
def test_thousands_of_marks_are_survived(statement_nlp: Language, piece: str) -> None:
    text = piece * 5_000
    doc = statement_nlp.make_doc(text)  # unparsed: the parser has no part in it
    for name in ("dateline_quotations", "dateline_statements"):
        doc = statement_nlp.get_pipe(name)(doc)
    for draft in doc._.drafts:
        assert all(0 <= start < end <= len(text) for start, end in draft.content)


def test_a_tweet_set_into_the_text_is_signed(statement_nlp: Language) -> None:
    text = "The wall was in doubt.\n\nThe wall is being built. — Ana Ortega (@anaortega) June 3, 2017"
    (draft,) = drafts(statement_nlp, text)
    assert draft.hint is SourceHint.ATTRIBUTION_LINE
    assert [span.of(text) for span in (*draft.source, *draft.content)] == [
        "Ana Ortega",
        "The wall is being built.",
    ]


def test_related_links_are_no_transcript(statement_nlp: Language) -> None:
    text = "The hall was full.\n\nMore: A law for all\n\nMore: Nobody came\n\nContributing: Joe Diaz"
    assert shown(statement_nlp, text) == []
