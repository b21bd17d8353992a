import json

import pytest
from pydantic_core import to_json

from app.storage.printing import extended, gaps, listed, printed


@pytest.mark.parametrize(
    "value", [True, 1.0, 1, False, 0.0, None, 0.93, 1e-07, "", 'a "b" \\ \n\t\x00\x1f\x7f', "é\u2028👽", "%s"]
)
def test_a_value_is_printed_as_the_schemas_do(value: str | float | None) -> None:
    assert printed(value) == to_json(value).decode()


def test_an_object_is_put_together_from_what_is_printed() -> None:
    speaker = gaps(("slug", "name")) % (printed("ana-ortega"), printed("Ana “%s” Ortega"))
    whole = extended(speaker, gaps(("titles",)) % listed([printed("Mayor"), printed(None)]))
    assert json.loads(whole) == {
        "slug": "ana-ortega",
        "name": "Ana “%s” Ortega",
        "titles": ["Mayor", None],
    }
