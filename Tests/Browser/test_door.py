"""Bad clients by the hundred leave other people's pages alone: slow ones, huge ones, lying ones, bodies of forty thousand
parts, guesses at a password fifty times a second.

The limit is the issue's: a page within a second at the 99th percentile. GELAND_SIEGE says for how many seconds.
"""

import os
import random
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from house import House, Person

SECONDS = float(os.environ.get("GELAND_SIEGE", "8"))
CLIENTS = 200


class BadClient(threading.Thread):
    def __init__(self, house: House, kind: str, until: float):
        super().__init__(daemon=True)
        self.house, self.kind, self.until = house, kind, until

    def run(self):
        while time.time() < self.until:
            try:
                with socket.create_connection(("127.0.0.1", self.house.port), timeout=5) as line:
                    getattr(self, self.kind)(line)
            except OSError:
                time.sleep(0.05)

    def head(self, path: str, length: int, kind: str) -> bytes:
        return (f"POST {path} HTTP/1.1\r\nhost: localhost:{self.house.port}\r\ncontent-type: {kind}\r\n"
                f"sec-fetch-site: same-origin\r\ncontent-length: {length}\r\n\r\n").encode()

    def slow(self, line):
        """A head that trickles in."""
        for byte in b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\nx-slow: " + b"a" * 500:
            if time.time() > self.until:
                return
            line.sendall(bytes([byte]))
            time.sleep(0.2)

    def slowbody(self, line):
        line.sendall(self.head("/sign-in", 20_000, "application/x-www-form-urlencoded"))
        while time.time() < self.until:
            line.sendall(b"a")
            time.sleep(0.2)

    def huge(self, line):
        line.sendall(self.head("/sign-in", 1 << 30, "application/x-www-form-urlencoded"))
        chunk = b"a=b&" * 16_384
        while time.time() < self.until:
            line.sendall(chunk)

    def lying(self, line):
        """Says it is long and is short; then says it is short and goes on."""
        line.sendall(self.head("/sign-in", 10_000, "application/x-www-form-urlencoded") + b"email=a")
        time.sleep(1)
        line.close()

    def parts(self, line):
        boundary = "x" * 20
        body = (f"--{boundary}\r\ncontent-disposition: form-data; name=a\r\n\r\nb\r\n" * 40_000).encode()
        line.sendall(self.head("/import/check", len(body), f"multipart/form-data; boundary={boundary}") + body)
        line.recv(4096)


def guesses(house: House, until: float, told: list[int]):
    """Fifty guesses a second from one place, with the keys of a real form."""
    cookie, token = form(house)
    while time.time() < until:
        body = urllib.parse.urlencode({"email": "thuishaven.1@demo.geland.example", "password": f"fout fout {random.random()}",
                                       "form-token": token}).encode()
        request = urllib.request.Request(
            house.address + "/sign-in", data=body, headers={"cookie": cookie, "sec-fetch-site": "same-origin"})
        try:
            urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            told.append(error.code)
        except OSError:
            pass


def form(house: House) -> tuple[str, str]:
    with urllib.request.urlopen(house.address + "/sign-in", timeout=10) as answer:
        cookie = answer.headers["set-cookie"].split(";")[0]
        page = answer.read().decode()
    return cookie, page.split('name="form-token" value="')[1].split('"')[0]


def test_bad_clients_leave_others_alone(browser):
    house = House()
    try:
        worker = Person(house, browser, "Sanne Bakker")
        token = worker.token()
        worker.close()
        until = time.time() + SECONDS
        kinds = ["slow", "slowbody", "huge", "lying", "parts"]
        bad = [BadClient(house, kinds[number % len(kinds)], until) for number in range(CLIENTS)]
        told: list[int] = []
        bad += [threading.Thread(target=guesses, args=(house, until, told), daemon=True) for _ in range(16)]
        for client in bad:
            client.start()
        times = []
        while time.time() < until:
            request = urllib.request.Request(
                house.address + "/api/v1/residents", headers={"authorization": f"Bearer {token}"})
            start = time.time()
            with urllib.request.urlopen(request, timeout=30) as answer:
                assert answer.status == 200
                answer.read()
            times.append(time.time() - start)
            time.sleep(0.02)
        for client in bad:
            client.join(20)
        times.sort()
        at99 = times[int(len(times) * 0.99)]
        print(f"{len(times)} pages, median {times[len(times) // 2] * 1000:.0f} ms, p99 {at99 * 1000:.0f} ms")
        assert len(times) > SECONDS
        assert at99 < 1, f"p99 {at99:.2f} s"
        # Guesses are answered as wrong, or sent away; never let in, never an error of ours.
        assert told and set(told) <= {422, 429}, set(told)
    finally:
        house.remove()


def talk(house: House, request: bytes, wait: float = 3) -> bytes:
    with socket.create_connection(("127.0.0.1", house.port), timeout=wait) as line:
        line.sendall(request)
        answer = b""
        try:
            while chunk := line.recv(65536):
                answer += chunk
        except OSError:
            pass
        return answer


def test_refused_before_the_body(house):
    """Whoever may not send something is answered while their body still stands outside."""
    for path, length, kind, status in [
        ("/import/check", 4_000_000, "multipart/form-data; boundary=x", b"303"),
        ("/sign-in", 5_000_000, "application/x-www-form-urlencoded", b"413"),
        ("/sign-in", 100, "multipart/form-data; boundary=x", b"400"),
        ("/nergens", 1000, "application/x-www-form-urlencoded", b"404"),
        ("/api/v1/caseloads", 4_000_000, "application/json", b"401"),
    ]:
        answer = talk(house, (
            f"POST {path} HTTP/1.1\r\nhost: localhost:{house.port}\r\nsec-fetch-site: same-origin\r\n"
            f"content-type: {kind}\r\ncontent-length: {length}\r\n\r\n").encode())
        assert answer.split(b" ")[1] == status, (path, answer[:200])
        assert b"content-security-policy" in answer.lower(), path


def test_what_is_no_request_gets_our_headers(house):
    answer = talk(house, b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: nonsense\r\n\r\n")
    assert answer.split(b" ")[1] == b"400"
    assert b"content-security-policy" in answer.lower() and b"x-content-type-options" in answer.lower()
