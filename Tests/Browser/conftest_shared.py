import pytest
from playwright.sync_api import sync_playwright


from house import House, chromium


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house():
    house = House()
    yield house
    house.remove()
