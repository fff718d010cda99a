"""Each page template once: accessible, complete, light, and with nothing blocked by its own security policy."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import TEMPLATES, Guests

MOST_BYTES = 60_000
# The titles somebody has met, each with its page: no two pages have one name.
TITLES = {}
LIGHTER = {"knowledge-block": 50_000, "own-trail": 50_000}


@pytest.fixture(scope="module")
def guests(house, browser):
    guests = Guests(house, browser)
    yield guests
    guests.close()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_page(guests, template):
    sizes = []
    page = guests.get(template.who).page
    listen = lambda response: sizes.append(len(response.body()))  # noqa: E731
    page.on("response", listen)
    person = guests.open(template, then=sizes.clear)
    page.wait_for_load_state()
    page.remove_listener("response", listen)

    assert "⟦" not in page.content(), "a text is missing"
    assert person.faults == []
    assert page.title().endswith("– Geland")
    assert TITLES.setdefault((template.who, page.title()), template.name) == template.name
    assert page.locator("h1").count() == 1
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, "the page is wider than the screen"
    assert sum(sizes) <= LIGHTER.get(template.name, MOST_BYTES)
    violations = Axe().run(page).response["violations"]
    assert violations == [], json.dumps([(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations], indent=1)
