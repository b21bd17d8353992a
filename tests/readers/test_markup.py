import pytest

from app.readers.markup import text_of_markup


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


def test_no_depth_makes_it_raise() -> None:
    assert isinstance(text_of_markup("<div>" * 100_000 + "deep"), str)
    assert text_of_markup("<p>a\0b\ud800</p>") == "ab?"
