"""Every page at 360 and 1280 px, light and dark, and the pictures of the help pages: python screenshots.py FOLDER"""

import base64
import sys
from pathlib import Path

from house import ROOT, House, Person, chromium
from pages import ADMINISTRATOR, ADVISER, COORDINATOR, RELATIVE, RESIDENT, TEMPLATES, WORKER, Guests
from playwright.sync_api import sync_playwright

# Where each work begins, for its help page.
BEGINNINGS = {
    "resident": (RESIDENT, "/home"), "relative": (RELATIVE, "/people"), "worker": (WORKER, "/today"),
    "coordinator": (COORDINATOR, "/board"), "adviser": (ADVISER, "/knowledge"),
    "administrator": (ADMINISTRATOR, "/admin/organisations"),
}
HEIGHT = 640
MOST_BYTES = 40_000
AS_WEBP = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.55).split(",")[1];
}"""


def beginnings(house: House, browser, folder: Path) -> None:
    """The first screen of each work on a phone, small enough to carry in the program."""
    drawing = browser.new_page()
    for name, (who, path) in BEGINNINGS.items():
        person = Person(house, browser, who, width=360)
        page = person.go(path)
        if name == "relative":
            page.locator("main .people a").first.click()
        top = page.locator("header.top").bounding_box()["y"]
        png = page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": 360, "height": HEIGHT})
        webp = base64.b64decode(drawing.evaluate(AS_WEBP, base64.b64encode(png).decode()))
        assert len(webp) <= MOST_BYTES, f"{name}: {len(webp)} bytes"
        (folder / f"{name}.webp").write_bytes(webp)
        person.close()


def everything(house: House, browser, folder: Path) -> None:
    for width in (360, 1280):
        for dark in (False, True):
            guests = Guests(house, browser, width=width, dark=dark)
            for template in TEMPLATES:
                person = guests.open(template)
                look = "dark" if dark else "light"
                person.page.screenshot(path=folder / f"{template.name}-{width}-{look}.png", full_page=True)
            guests.close()
            print(f"{width} px, {'dark' if dark else 'light'}: {len(TEMPLATES)} pages", flush=True)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    house = House()
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        beginnings(house, browser, ROOT / "Sources/Guide/Resources")
        if "--guide" not in sys.argv:
            everything(house, browser, folder)
    house.remove()
