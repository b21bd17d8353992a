from collections import Counter

import pytest

from app.extraction.lexicon import load_lexicon, read_words

FRAMES = set("qctio-")


@pytest.mark.parametrize("name", ["cues.txt", "noun_cues.txt", "adjective_cues.txt", "utterances.txt"])
def test_a_word_stands_in_its_list_once(name: str) -> None:
    counts = Counter(line.split()[0] for line in read_words(name))
    assert [word for word, count in counts.items() if count > 1] == []


def test_every_verb_has_known_frames() -> None:
    for line in read_words("cues.txt"):
        frames = set(line.split()[1:])
        assert frames - {"-"}, line
        assert frames <= FRAMES, line


def test_verbs_of_two_words_are_found_by_their_first() -> None:
    lexicon = load_lexicon()
    assert lexicon.verbs["say"] >= {"q", "c"}
    assert "out" in lexicon.particles["point"]
