"""Every page in both languages, at both widths, light and dark, with everything unfolded: accessible, complete, within
the screen, and light."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import TEMPLATES, Guests


MOST_BYTES = 60_000


@pytest.fixture(scope="module", params=["nl", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module", params=[(360, False), (360, True), (1280, False), (1280, True)], ids=str)
def guests(request, house, browser, language):
    width, dark = request.param
    guests = Guests(house, browser, width=width, dark=dark, language=language)
    yield guests
    guests.close()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_page(guests, language, template):
    person = guests.get(template.who)
    if person.page.locator("html").get_attribute("lang") != language:
        person.go(template.path.format(**guests.files) if not template.who else "/account")
        if person.page.locator("html").get_attribute("lang") != language:
            person.page.locator("button[name=language]").click()
    sizes = []
    listen = lambda response: sizes.append(len(response.body()))  # noqa: E731
    person.page.on("response", listen)
    page = guests.open(template, then=sizes.clear).page
    page.wait_for_load_state()
    person.page.remove_listener("response", listen)
    assert sum(sizes) <= MOST_BYTES
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.locator("html").get_attribute("lang") == language
    assert "⟦" not in page.content()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, "the page is wider than the screen"
    violations = Axe().run(page).response["violations"]
    assert violations == [], json.dumps([(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations], indent=1)
    assert person.faults == []
