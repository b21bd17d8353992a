import pytest
from spacy.language import Language

# text -> words, role, kind, container of each mention
CASES = [
    ("WASHINGTON — Nobody came.", [("WASHINGTON", "dateline", None, None)]),
    (
        "SAN DIEGO, Calif. (AP) - Nobody came.",
        [("SAN DIEGO", "dateline", None, "Calif."), ("Calif.", "dateline", None, None)],
    ),
    (
        "They moved to Springfield, Ill., last year.",
        [("Springfield", "mention", None, "Ill."), ("Ill.", "mention", None, None)],
    ),
    ("The City of Boston sued.", [("Boston", "mention", "city", None)]),
    ("They met in Suffolk County.", [("Suffolk County", "mention", "county", None)]),
    ("Suffolk County District Attorney Ana Ortega spoke.", [("Suffolk County", "mention", "county", None)]),
    (
        "He sued Washington state and New York state.",
        [("Washington", "mention", "state", None), ("New York", "mention", "state", None)],
    ),
    ("It bars New York residents because of state law.", [("New York", "mention", "state", None)]),
    (
        "Cities such as San Francisco, New York, Chicago and Detroit refused.",
        [
            ("San Francisco", "mention", None, None),
            ("New York", "mention", None, None),
            ("Chicago", "mention", None, None),
            ("Detroit", "mention", None, None),
        ],
    ),
    (
        "The New York Times asked in Tampa.",
        [("New York", "name_part", None, None), ("Tampa", "mention", None, None)],
    ),
    ("The Tampa Police Department sued.", [("Tampa", "mention", None, None)]),
    ("The New York City Council sued.", [("New York", "mention", "city", None)]),
    ("The Georgia General Assembly met.", [("Georgia", "mention", None, None)]),
    ("The Elm County Sheriff’s Office sued.", [("Elm County", "mention", "county", None)]),
    (
        "The bill was dead. SAN DIEGO — Ana Ortega spoke.",
        [("SAN DIEGO", "dateline", None, None)],
    ),
    ("Now, Massachusetts is alone.", [("Massachusetts", "mention", None, None)]),
    ("Ana Lincoln and Mr. Jackson spoke.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_mentions_with_what_the_words_say(
    nlp: Language, text: str, expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    found = [
        (p.text, p.role.value, p.kind.value if p.kind else None, p.container) for p in nlp(text)._.places
    ]
    assert found == expected


def test_a_seat_of_government_that_acts_is_no_place(nlp: Language) -> None:
    (place,) = nlp("Washington said on Monday that the talks had failed.")._.places
    assert place.blocked is not None


def test_a_facility_is_a_place_that_no_record_stands_for(nlp: Language) -> None:
    (place,) = nlp("Ana Ortega was seen on Madison Avenue.")._.places
    assert place.text == "Madison Avenue"
    assert place.blocked is not None


def test_every_span_holds_its_words(nlp: Language) -> None:
    text = "BOSTON (AP) — Ana Ortega of King County, Wash., flew from Tampa to Paris, France."
    for place in nlp(text)._.places:
        assert place.span.of(text) == place.text
