"""A running Geland with the demo region, and people who walk through it in a real browser."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("GELAND_BINARY", ROOT / ".build/debug/geland"))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """The server on a port of its own, with a region in a folder of its own."""

    def __init__(self, folder: str | None = None, command: tuple[str, ...] = ("demo",)):
        self.folder = Path(folder or tempfile.mkdtemp(prefix="geland-"))
        self.database = self.folder / "geland.sqlite"
        self.command = command
        self.port = free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            [str(BINARY), *self.command, "--database", f"sqlite:{self.database}", "--port", str(self.port)],
            stdout=self.log, stderr=self.log)
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "server.log").read_text())
            try:
                urllib.request.urlopen(self.address + "/health", timeout=1).read()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server did not start within thirty seconds")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)


def chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])


class Person:
    """Somebody with a browser of their own, signed in with the demo region's one click."""

    def __init__(self, house: House, browser: Browser, name: str, width=1280, dark=False, script=True, language="nl"):
        self.house = house
        self.name = name
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light",
            java_script_enabled=script, locale=language)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console", lambda message: self.faults.append(message.text) if "Content Security Policy" in message.text else None)
        if name:
            self.sign_in(name)

    def sign_in(self, name: str) -> None:
        self.go("/sign-in")
        self.page.locator("li, article, .demo-person, tr, p").filter(has_text=name).locator("button").first.click()

    def go(self, path: str) -> Page:
        self.page.goto(self.house.address + path)
        return self.page

    def press(self, name: str, within=None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def keep_contact(self, how: str = "15 minuten", channel: str = "telefoon") -> None:
        """Keeps what stands in the quick log: two presses."""
        self.page.get_by_label(channel, exact=True).check()
        self.press(how)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def text(self) -> str:
        return self.page.inner_text("body")

    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def enter(self, login: str, password: str) -> None:
        """Signs in with a password, as far as that goes."""
        self.go("/sign-in")
        self.page.locator("#field-email").fill(login)
        self.page.locator("#field-password").fill(password)
        self.page.locator("form[action='/sign-in'] button").click()

    def token(self) -> str:
        """A token for the API, made on the account page."""
        self.go("/account").locator("summary", has_text="Koppelen").click()
        self.page.get_by_label("Waarvoor?").fill("proef")
        self.press("Maak een sleutel")
        return self.page.locator(".code").inner_text()

    def close(self) -> None:
        self.context.close()
