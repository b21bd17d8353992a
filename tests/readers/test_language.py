import pytest

from app.readers.language import declared_language, detect_language

TEXTS = [
    ("en", "Mayor Ortega said on Friday that Chicago would not help the agents."),
    ("en", "Mayor Ortega said no."),
    ("en", "Police arrested 12 people."),
    ("en", "“We will not help them,” said Ana Ortega of the Frankfurt office in Düsseldorf."),
    ("es", "La alcaldesa Ortega dijo el viernes que la policía local no participaría en las redadas."),
    ("fr", "La maire Ortega a déclaré vendredi que la ville n'aiderait pas les agents fédéraux."),
    ("de", "Die Stadt wird nicht helfen, sagte Bürgermeisterin Ortega am Freitag."),
    ("ht", "Majistra Ortega di vil la pap kolabore ak ajan yo."),
    ("vi", "Thị trưởng Ortega nói thành phố sẽ không hợp tác."),
    ("ru", "Мэр Ортега сказала, что город не будет сотрудничать."),
    ("und", "Ana Ortega, Bo Li, Chicago"),
    ("und", "2020: 1,234 (5.6%)"),
    ("und", ""),
]


@pytest.mark.parametrize(("expected", "text"), TEXTS)
def test_language_of_a_text(expected: str, text: str) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("en", "en"), ("EN", "en"), ("en-US", "en"), ("es_MX", "es"), (" fil ", "fil"), ("zh-Hant-TW", "zh"),
     ("English", None), ("e", None), ("", None), ("en-", None)],
)  # fmt: skip
def test_declared_language(value: str, expected: str | None) -> None:
    assert declared_language(value) == expected
