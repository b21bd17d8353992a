from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from benchmarks import naive
from benchmarks.databases import database
from benchmarks.questions import questions
from tests.benchmarks.conftest import SIZE
from tests.client import Client


def test_the_naive_list_answers_as_the_product_does(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = database(None, SIZE, folder=corpora)
    monkeypatch.setenv(naive.VARIABLE, url)
    compared = 0
    with (
        Client(naive.create_app()) as commonly,
        Client(create_app(Settings(database_url=url))) as ours,
    ):
        names = ("newest", "city", "rare_city", "city_organization", "city_organization_middling")
        for question in questions(url, 0, names).values():
            for address, same in zip(question.addresses, question.naive, strict=True):
                expected, found = ours.get(address).json(), commonly.get(same).json()
                assert found["results"] == expected["results"], address
                assert found["total"] == expected["meta"]["total"]["value"], address
                compared += len(found["results"])
    assert compared > SIZE
