import pytest

from app.readers.related_lines import without_related_lines


@pytest.mark.parametrize(
    "line",
    [
        "RELATED: How the shelters were counted",
        "Related",
        "Related stories",
        "Related articles: The count of 2019.",
        "READ MORE: Council asks for a second count",
        "Read more",
        "See also: What the count found.",
        "Watch next — The mayor speaks",
        "More from the Herald",
        "You may also like",
        "Advertisement",
        "Story continues below advertisement",
        "Sign up for our newsletter to get news like this every morning.",
        "Click here to read more.",
        "Follow us on Facebook.",
        "Follow Lena Voss on Twitter @lenavoss.",
        "© 2020 Example Herald. All rights reserved.",
        "Copyright 2020 Example Herald.",
    ],
)
def test_lines_that_are_not_of_the_article(line: str) -> None:
    assert without_related_lines(f"She said no.\n\n{line}\n\nShe left.") == "She said no.\n\nShe left."


@pytest.mark.parametrize(
    "line",
    [
        "Related charges were dropped in May.",
        "Read aloud, the letter took an hour.",
        "More than forty people came.",
        "More from the council than from the mayor was needed, she said.",
        "“Sign up for a shelter,” Ortega told them.",
        "Watching the count, she left early.",
        "Advertisement budgets fell, the director said.",
        "Recommended doses differ, she said.",
        "Most read the letter as a threat.",
        "RELATED: " + "The count was long. " * 20,
    ],
)
def test_sentences_that_begin_alike(line: str) -> None:
    assert line in without_related_lines(f"She said no.\n\n{line}")
