"""Every page at 360 and 1280 px, light and dark: python screenshots.py FOLDER"""

import sys
from pathlib import Path

from house import House, chromium
from pages import TEMPLATES, Guests
from playwright.sync_api import sync_playwright

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
house = House()
with sync_playwright() as playwright:
    browser = chromium(playwright)
    for width in (360, 1280):
        for dark in (False, True):
            guests = Guests(house, browser, width=width, dark=dark)
            for template in TEMPLATES:
                person = guests.open(template)
                look = "dark" if dark else "light"
                person.page.screenshot(path=folder / f"{template.name}-{width}-{look}.png", full_page=True)
            guests.close()
            print(f"{width} px, {'dark' if dark else 'light'}: {len(TEMPLATES)} pages", flush=True)
house.remove()
