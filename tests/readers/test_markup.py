import pytest

from app.domain.article import UnreadableReason
from app.readers.markup import text_of_markup
from app.readers.refusal import Refused


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("She said no & left.", "She said no & left."),
        ("a < b", "a < b"),
        ("<p>“No,” said <b>Ana Ortega</b>.</p><p>She left.</p>", "“No,” said Ana Ortega.\n\nShe left."),
        ("<p>One<br>two<br/><br>three</p>", "One\ntwo\n\nthree"),
        ("<blockquote><p>A</p><p>B</p></blockquote>C", "A\n\nB\n\nC"),
        ("<ul><li>A<li>B</ul>", "A\n\nB"),
        ("A <script>x</script>B<style>y</style> C<!-- z -->", "A B C"),
        ("<figure><img src=x><figcaption>Photo</figcaption></figure><p>A</p>", "A"),
        ("&ldquo;No&rdquo; &amp; &#8220;no&#8221;", "“No” & “no”"),
        ("<p>  A\n   B </p>", "A B"),
        ("<p></p>", ""),
        ("<!-- only -->", ""),
    ],
)
def test_paragraphs(given: str, expected: str) -> None:
    assert text_of_markup(given) == expected


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ("<div>" * 256 + "deep", "more than 255 elements"),
        (f"<p {' '.join(f'a{number}=1' for number in range(201))}>a", "more than 200 attributes"),
        ("<p " + "".join(f" a{number}='>'" for number in range(201)) + ">a", "more than 200 attributes"),
        (f"<script {'a ' * 201}>b</script>", "more than 200 attributes"),
    ],
)
def test_what_a_parser_cannot_follow_is_refused(given: str, detail: str) -> None:
    with pytest.raises(Refused, match=detail) as refused:
        text_of_markup(given)
    assert refused.value.reason is UnreadableReason.BAD_STRUCTURE


def test_neither_code_nor_comments_hold_attributes() -> None:
    code = "<script>if (a<b " + "c " * 500 + ")</script><!-- <p " + "d " * 500 + "> -->"
    assert text_of_markup(f"<p>Yes.</p>{code}<p>No.</p>") == "Yes.\n\nNo."


def test_what_no_text_holds_is_left_out() -> None:
    assert text_of_markup("<p>a\0b\ud800</p>") == "ab?"
