"""The pipeline: which components run, in which order, and the pure function the job calls."""

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from app.domain.annotation import AnnotatedArticle, Field
from app.domain.article import Article
from app.domain.copies import bands
from app.extraction.article_people import gather_people
from app.extraction.entities import raw_entities
from app.extraction.finders import DEFAULT_FINDER, FINDERS, Finder, require_finder
from app.extraction.long_texts import read_in_parts
from app.extraction.organizations import organizations_of_title
from app.extraction.topics import find_topics
from app.extraction.words import words

PIPELINE_VERSION = "1.11.0"
"""Raised whenever the same text may give other annotations: new rules, new lists, new weights."""

LANGUAGES = frozenset({"en", "und"})
"""Texts of these languages are extracted, others stored and marked. Undetermined is what readers call
texts too short to tell: a headline in English loses more by silence than one in Spanish by noise.
"""

LONGEST_TEXT = 4_000_000
"""Code points that the pipeline accepts; readers refuse longer articles long before."""

BATCH_SIZE = 2
"""Texts a batch of the parser, a title and a text; more cost memory and gain no speed (measured)."""

MOST_CHARACTERS = 200_000
"""Code points that are read in batches; of more, each text is read by itself, and in parts."""

LONGEST_CUT = 500
"""Code points without a space up to which words are cut into tokens."""

PUNCTUATION_RUN = re.compile(r"[^\w\s]{20}")
"""What makes of all up to the next space one token: each mark of it would be one else."""

SPACY_NAMES = "ner"
"""The model's own component for names: left out where the finder brings names of its own."""

SPACY_CLASSES = "attribute_ruler"
"""The model's own component for classes of words: ours stands in its place."""

LEMMAS = "lemma_index"
"""The model's own table of the lemmas of each class of words."""

NAMES_FIRST = (
    ("app.extraction.entities", "dateline_entities"),
    ("app.extraction.organizations", "dateline_organizations"),
    ("app.extraction.places", "dateline_places"),
    ("app.extraction.people", "dateline_people"),
    ("app.extraction.quotations", "dateline_quotations"),
)
"""Module and component of what runs before statements are found."""

SPEAKERS_LAST = ("app.extraction.sources", "dateline_sources")
"""Module and component of what runs last."""


@lru_cache(maxsize=2)
def load_pipeline(model: str, finder: str = DEFAULT_FINDER) -> Language:
    """Return the spaCy pipeline of the installed package `model` with our components behind it.

    `finder` is one of FINDERS. Raises ModuleNotFoundError, naming the package, when it is not installed,
    and FinderNotReadyError when the finder cannot run.
    """
    require_finder(finder)
    found_by = FINDERS[finder]
    nlp = load_parser(model, names=found_by.names is None)
    nlp.max_length = LONGEST_TEXT
    tokenizer = cast("Any", nlp.tokenizer)  # spaCy types it as any callable
    tokenizer.token_match = _is_left_whole
    for abbreviation in words("title_abbreviations.txt"):
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])  # "Sens." is one word
    for module, component in _components(found_by):
        importlib.import_module(module)
        nlp.add_pipe(component)
    return nlp


def load_parser(model: str, *, names: bool) -> Language:
    """Return the pipeline of `model` up to its lemmas, with our paragraphs and classes of words; with its
    names where they are asked for.
    """
    for module in ("paragraphs", "long_sentences", "word_classes"):
        importlib.import_module(f"app.extraction.{module}")
    left_out = [SPACY_CLASSES] if names else [SPACY_CLASSES, SPACY_NAMES]
    nlp = cast("Language", importlib.import_module(model).load(exclude=left_out))
    nlp.add_pipe("dateline_paragraphs", before="parser")
    nlp.add_pipe("dateline_long_sentences", before="parser")
    nlp.add_pipe("dateline_word_classes", after="parser")
    _index_lemmas(nlp)
    return nlp


def _index_lemmas(nlp: Language) -> None:
    """Let lemmas be looked up in sets: spaCy goes through lists of up to 57,528 words for each new word."""
    known = cast("Lemmatizer", nlp.get_pipe("lemmatizer")).lookups.get_table(LEMMAS)
    for word_class, lemmas in known.items():
        known[word_class] = frozenset(lemmas)


def _is_left_whole(words: str) -> bool:
    """Tell what the tokenizer is not to cut: it takes the square of the time for what has no spaces."""
    return len(words) > LONGEST_CUT or PUNCTUATION_RUN.search(words) is not None


def _components(finder: Finder) -> Iterator[tuple[str, str]]:
    """Yield module and component of all that runs behind the model, in order."""
    if finder.names is not None:
        yield finder.module, finder.names
    yield from NAMES_FIRST
    yield finder.module, finder.statements
    yield finder.pronouns
    yield SPEAKERS_LAST


def pipeline_version(finder: str = DEFAULT_FINDER) -> str:
    """Return what is kept with each article and shown by `/v1/status`: "1.4.0+rules".

    An article that another version annotated is annotated again when it is next taken in.
    """
    return f"{PIPELINE_VERSION}+{finder}"


def annotate(
    articles: Sequence[Article], *, model: str, finder: str = DEFAULT_FINDER
) -> list[AnnotatedArticle]:
    """Annotate a batch, in order: a pure function, fit for any executor."""
    nlp = load_pipeline(model, finder)
    with nlp.memory_zone():
        docs = _docs(nlp, list(_texts(articles)), FINDERS[finder])
        return [_annotated(article, docs, pipeline_version(finder)) for article in articles]


def _docs(nlp: Language, texts: Sequence[str], finder: Finder) -> Iterator[Doc]:
    """Yield the docs of texts: in batches, or one by one and in parts where memory would grow with them."""
    if sum(map(len, texts)) <= MOST_CHARACTERS:
        yield from nlp.pipe(texts, batch_size=BATCH_SIZE)
    else:
        _, ours = next(_components(finder))
        for text in texts:
            yield read_in_parts(nlp, text, whole_from=ours)


def _texts(articles: Sequence[Article]) -> Iterator[str]:
    """Yield title and text of each article that is to be extracted."""
    for article in articles:
        if article.language in LANGUAGES:
            yield article.title or ""
            yield article.text


def _annotated(article: Article, docs: Iterator[Doc], version: str) -> AnnotatedArticle:
    """Take the article's two docs and return what they hold."""
    found = bands(article.text)  # here, where several processes work, and not in the one that writes
    if article.language not in LANGUAGES:
        return AnnotatedArticle(article=article, pipeline_version=version, extracted=False, bands=found)
    title, text = next(docs), next(docs)
    annotated = AnnotatedArticle(
        article=article,
        pipeline_version=version,
        statements=text._.statements,
        people=tuple(gather_people(title, text)),
        places=(*(replace(place, field=Field.TITLE) for place in title._.places), *text._.places),
        organizations=(*organizations_of_title(title, text), *text._.organizations),
        entities=tuple(raw_entities(text)),
        topics=find_topics(article.title, article.text),
        bands=found,
    )
    for doc in (title, text):
        doc.user_data.clear()  # it refers to the doc: a circle, which only a search for garbage would free
    return annotated
