"""Word help on many sentences: what is marked, and what one press of every button makes of it. An empty last column means
that nothing is offered. What is offered must leave the rest of the sentence as it was."""

import csv
from pathlib import Path

import pytest
from house import Person

SENTENCES = list(csv.DictReader(Path(__file__).with_name("words.csv").open(encoding="utf-8"), delimiter=";", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def page(house, browser):
    worker = Person(house, browser, "Sanne Bakker")
    link = worker.go("/people").get_by_role("link", name="Daan Visser", exact=True).first.get_attribute("href")
    page = worker.go(link + "/contacts/new")
    page.locator(".words-under").wait_for(state="attached")
    yield page
    assert worker.faults == []
    worker.close()


def press_all(page):
    """Takes everything that is offered, each word once."""
    for _ in range(5):
        offers = page.locator(".words-hints").get_by_role("button", name="Vervang")
        if not offers.count():
            return
        offers.first.click()


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda one: one["text"])
def test_what_is_marked_and_offered(page, sentence):
    words = page.locator("textarea[data-words]")
    words.fill(sentence["text"])
    marks = page.locator(".words-under mark").all_inner_texts()
    assert marks == [mark for mark in sentence["marked"].split(",") if mark]
    # Everything that is marked is explained.
    assert page.locator(".words-hints p").count() == len({mark.lower() for mark in marks})
    press_all(page)
    assert words.input_value() == (sentence["after"] or sentence["text"])


def test_no_sentence_of_ours_is_spoiled(page):
    """Every line of what works in Dutch, with everything taken that is offered: only whole words of the list change, into
    the word that belongs to it, and no other letter does."""
    pairs = {
        "cliënt": "bewoner", "cliënten": "bewoners", "client": "bewoner", "clienten": "bewoners", "overlast": "hinder",
        "verslaafde": "buurtbewoner", "verslaafden": "buurtbewoners", "ex-dakloze": "buurtbewoner", "ex-daklozen": "buurtbewoners",
        "verward persoon": "buurtbewoner", "verwarde persoon": "buurtbewoner", "verwarde personen": "buurtbewoners",
    }
    content = Path(__file__).resolve().parents[2] / "Sources/KnowledgeContent/Content"
    lines = [line for file in sorted(content.rglob("*.md"))
             for line in file.read_text(encoding="utf-8").split("=== en")[0].split("=== nl")[-1].splitlines()
             if any(word in line.lower() for word in pairs)]
    assert len(lines) > 25
    words = page.locator("textarea[data-words]")
    changed = 0
    for line in lines:
        words.fill(line)
        press_all(page)
        result = words.input_value()
        if result == line:
            continue
        changed += 1
        # Undone word by word it is the same line again.
        rest, expected = line, result
        start = 0
        while rest[start:] != expected[start:]:
            while rest[start] == expected[start]:
                start += 1
            form = max((form for form in pairs for back in range(len(form)) if start - back >= 0
                        and rest[start - back:start - back + len(form)].lower() == form
                        and expected[start - back:start - back + len(pairs[form])].lower() == pairs[form]), key=len)
            at = next(start - back for back in range(len(form)) if rest[start - back:start - back + len(form)].lower() == form)
            rest = rest[:at] + expected[at:at + len(pairs[form])] + rest[at + len(form):]
            start = at + len(pairs[form])
        assert rest == expected
    assert changed > 3


def test_english_keeps_its_articles(house, browser):
    worker = Person(house, browser, "Sanne Bakker", language="en")
    worker.page.locator("form[action='/language'] button").first.click()
    link = worker.go("/people").get_by_role("link", name="Daan Visser", exact=True).first.get_attribute("href")
    page = worker.go(link + "/contacts/new")
    page.locator(".words-under").wait_for(state="attached")
    words = page.locator("textarea[data-words]")
    for text, after in [
        ("The client called today.", "The resident called today."), ("Three clients were there.", "Three residents were there."),
        ("An addict called.", "An addict called."), ("The addict called.", "The neighbour called."),
        ("A client of Lister came.", "A client of Lister came."), ("She had a relapse.", "She had a relapse."),
        ("He sleeps at the shelter.", "He sleeps at the shelter."), ("The treatment starts.", "The treatment starts."),
    ]:
        words.fill(text)
        for _ in range(3):
            offers = page.locator(".words-hints").get_by_role("button", name="Replace")
            if not offers.count():
                break
            offers.first.click()
        assert words.input_value() == after
    worker.close()
