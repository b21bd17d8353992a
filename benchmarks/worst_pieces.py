"""Pieces that, repeated, make texts which are as dear as can be.

`{name}` stands for a last name, `{city}` for a city and `{alliance}` for an organization with its acronym:
another one each time, invented but for the cities.
"""

from collections.abc import Callable, Mapping
from functools import cache

from app.domain.annotation import PlaceKind
from app.linking.gazetteer import iter_places

PIECES = {
    # marks and lines
    "straight marks": '"A b c d." ',
    "curly marks": "“A b.” said ",
    "paragraphs in marks": "\n“A b c d.”",
    "marks never closed": "\n“A b c d",
    "marks and nothing else": '"',
    "marks apart": '" ',
    "nested marks": "“‘",
    "quotation, cue, quotation": "“A b,” she said. “C d,” ",
    "signatures": "\n— Ana Ortega",
    "signed paragraphs": "\n“A b c.” — Ana Ortega, Elm",
    "tweets": "\nA b c - Ana (@ana) ",
    "transcript": "\nAna: b",
    "lines": "\na",
    "datelines": "\nNEW YORK, N.Y. (AP) — ",
    "glued headlines": "ElmOrtegaSenate votes ",
    # what is cut into words and sentences
    "brackets": "(",
    "brackets opened": "([a ",
    "brackets and stops": "([a . ",
    "marks of all kinds": "([{<!?",
    "full stops": ". ",
    "initials": "A. B. ",
    "initials without end": "A.",
    "emoji": "\U0001f468\u200d\U0001f469 ",
    "flags": "\U0001f1fa",
    "word without end": "a",
    "address without end": "a-b/",
    "spaces": "a          ",
    "marks of Markdown": "*a **b ",
    "sentence without end": "the board and ",
    "relative clauses": "who said the man ",
    # who said what
    "cue on cue": "He said she said that ",
    "cues": "said ",
    "according to": "according to Ana, ",
    "owners": "Ana's ",
    "pronouns": "he she they ",
    "joined cues": "saying it is late and predicting it will sink and ",
    "they": "They said no. ",
    "they who spoke together": "Ana {name} and Ruben Falk said no. “A b,” they said. They said yes. ",
    "statements by he and she": "He said it is late. She said no. ",
    "he and she quoted by each other": "“He met her and his son,” she said. “She met him,” he said. ",
    "names and quoted pronouns": "Ana {name} left. “He met her and his son,” Ruben Falk said. ",
    "the agency and two agencies": "ICE left. The agency said no. The FBI came. ",
    "one of two mayors": "Mayor Ana Ortega met Mayor Ruben Falk. The mayor said no. A mayor came. ",
    "the Ohio Democrat and two senators": "Sen. Ana {name} met Sen. Ruben Falk. The Ohio Democrat said no. ",
    "the Ohio Democrat, each another": "Sen. Ana {name} (D-Ohio) left. The Ohio Democrat said no. ",
    "the group, each another": "The {name} Institute, a nonprofit, left. The group said no. ",
    "two administrations": "Obama’s administration met Bush’s administration. The administration said no. ",
    "one of two courts": "The Elm Court met the Oak Court. The court said no. ",
    # people and organizations
    "names": "Ana Ortega, ",
    "names, each another": "Ana {name}, ",
    "speakers, each another": "Ana {name} said she was late. ",
    "one last name, each another": "{name} Ortega said Ortega was late. ",
    "titles": "Sen. Rep. Gov. ",
    "parties": f"Sen. {'R-A ' * 30}met Ana Ortega. Ana Ortega said no. ",
    "appositions": "Ana Ortega, the mayor, the judge, ",
    "offices": "Department of Labor of the ",
    "organizations, each another": "The {name} Institute voted. ",
    "acronyms, each another": "The {alliance} voted. ",
    # places and topics
    "cities": "Boston, Dallas, ",
    "cities, each another": "In {city} nobody voted. ",
    "ambiguous cities": "Springfield, Portland, Salem, ",
    "counties": "In Walker County nobody voted. ",
    "state or city": "In Washington nobody voted. ",
    "topics": "deportation of asylum seekers at the border wall ",
}


def repeated(piece: str, characters: int) -> str:
    """Return a text of at least so many characters."""
    another = {place: words for place, words in ANOTHER.items() if place in piece}
    if not another:
        return piece * (characters // len(piece) + 1)
    pieces: list[str] = []
    length = 0
    while length < characters:
        made = piece
        for place, words in another.items():
            made = made.replace(place, words(len(pieces)))
        pieces.append(made)
        length += len(made)
    return "".join(pieces)


def _name(number: int) -> str:
    """Return the last name of a number: "Bakera", "Bakere"."""
    known = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    letters = ""
    for _ in range(3):
        number, rest = divmod(number, len(known))
        letters = known[rest] + letters
    return letters.capitalize()


def _alliance(number: int) -> str:
    """Return an organization with its acronym: "Alm Blm Clm Alliance (ABCA)"."""
    letters = "".join(chr(ord("A") + number // 26**at % 26) for at in (2, 1, 0))
    return f"{' '.join(f'{letter}lm' for letter in letters)} Alliance ({letters}A)"


def _city(number: int) -> str:
    return _cities()[number % len(_cities())]


@cache
def _cities() -> tuple[str, ...]:
    """Return the names of the cities of the United States, the largest first."""
    cities = [place for place in iter_places() if place.kind is PlaceKind.CITY and place.country == "US"]
    cities.sort(key=lambda place: -(place.population or 0))
    return tuple(dict.fromkeys(place.name for place in cities))


ANOTHER: Mapping[str, Callable[[int], str]] = {"{name}": _name, "{city}": _city, "{alliance}": _alliance}
"""What stands for a placeholder, by the number of the piece."""
