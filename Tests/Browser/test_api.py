"""The API as a program meets it: its description is valid OpenAPI 3.1, and what it answers is what it describes."""

import json
import urllib.error
import urllib.request

import pytest
from house import Person
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator


@pytest.fixture(scope="module")
def description(house):
    with urllib.request.urlopen(house.address + "/api/v1/openapi.json") as answer:
        assert answer.headers["API-Version"] == "1.0.0"
        return json.load(answer)


@pytest.fixture(scope="module")
def token(house, browser):
    worker = Person(house, browser, "Sanne Bakker")
    token = worker.token()
    worker.close()
    return token


def call(house, token, path):
    request = urllib.request.Request(house.address + path, headers={"authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_the_description_is_valid(description):
    OpenAPIV31SpecValidator(description).validate()


def test_answers_are_as_described(house, token, description):
    residents = call(house, token, "/api/v1/residents")[1]["items"]
    assert len(residents) >= 5
    checked = 0
    for path, methods in description["paths"].items():
        places = path.count("{")
        if "get" not in methods or places > 1 or path.endswith("openapi.json"):
            continue
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": description["components"]})
        for resident in residents if places else [None]:
            asked = "&".join(
                f"{one['name']}=huis" for one in methods["get"].get("parameters", []) if one["in"] == "query" and one.get("required"))
            place = path.replace("{resident}", resident["id"] if resident else "") + ("?" + asked if asked else "")
            status, answer = call(house, token, place)
            if status == 404:
                continue
            assert status == 200, path
            assert list(validator.iter_errors(answer)) == [], path
            checked += 1
    assert checked > 40
