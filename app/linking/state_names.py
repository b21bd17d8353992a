"""Which state of the United States some words name, by postal code."""

from app.domain.names import fold
from app.linking.containers import read_container
from app.linking.gazetteer import Gazetteer

_POSTAL = 2  # letters
_LONGEST = 3  # words
# Words between a state and a seat: "Texas Republican Sen.".
_PASSED_OVER = frozenset({"republican", "democratic", "democrat", "gop", "state", "us"})


def state_of(words: str, *, gazetteer: Gazetteer) -> str | None:
    """Return the one state that the words are the name of: "Texas", "N.Y.", "TX"."""
    name = words.strip(" ,")
    if not name[:1].isupper() or (len(name) == _POSTAL and not name.isupper()):
        return None  # "As" and "In" are no postal codes
    named = {one.state for one in read_container(name, gazetteer=gazetteer) if one.country == "US"}
    return named.pop() if len(named) == 1 else None


def state_in(words: str, *, gazetteer: Gazetteer) -> str | None:
    """Return the first state that a run of the words names, "New York" before "York"."""
    parts = words.replace(",", " ").split()
    runs = (
        " ".join(parts[at : at + length])
        for length in range(_LONGEST, 0, -1)
        for at in range(len(parts) - length + 1)
    )
    return next((state for run in runs if (state := state_of(run, gazetteer=gazetteer))), None)


def state_at_end(words: str, *, gazetteer: Gazetteer) -> str | None:
    """Return the state that the last words name, a party behind it passed over: "Texas Republican"."""
    parts = words.split()
    while parts and fold(parts[-1]) in _PASSED_OVER:
        parts = parts[:-1]
    runs = (" ".join(parts[-length:]) for length in range(min(_LONGEST, len(parts)), 0, -1))
    return next((state for run in runs if (state := state_of(run, gazetteer=gazetteer))), None)
