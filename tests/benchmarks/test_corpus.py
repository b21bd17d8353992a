from itertools import islice

from app.storage.spans import check_spans
from benchmarks.corpus import STATEMENTS, articles
from benchmarks.population import population

LEAST_WORDS = 120


def test_the_same_seed_gives_the_same_articles_and_a_larger_corpus_begins_with_the_smaller() -> None:
    small = list(articles(20, population=population(), seed=7))
    assert list(islice(articles(40, population=population(), seed=7), 20)) == small
    assert list(articles(20, population=population(), seed=8)) != small


def test_every_span_holds_and_every_article_has_what_it_should() -> None:
    made = list(articles(200, population=population()))
    for linked in made:
        check_spans(linked)
        assert len(linked.statements) == STATEMENTS
        assert len(linked.annotated.article.text.split()) >= LEAST_WORDS
    assert len({linked.annotated.article.identity for linked in made}) == len(made)
    assert sum(bool(linked.places and linked.organizations) for linked in made) > 0.9 * len(made)


def test_what_stands_first_is_most_frequent() -> None:
    cities = population().cities.things
    in_articles = [
        {place.place.slug for place in linked.places if place.place}
        for linked in articles(300, population=population())
    ]
    numbers = [sum(cities[rank].slug in each for each in in_articles) for rank in (0, 9, 99)]
    assert numbers[0] > numbers[1] > numbers[2]
