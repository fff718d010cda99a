"""Bad clients by the hundred leave other people's pages alone: slow ones, huge ones, lying ones, bodies of forty thousand
parts, guesses at a password fifty times a second.

The limit is the issue's: a page within a second at the 99th percentile. GELAND_SIEGE says for how many seconds.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import siege
from house import House, Person

SECONDS = float(os.environ.get("GELAND_SIEGE", "8"))


def test_bad_clients_leave_others_alone(browser):
    house = House()
    try:
        worker = Person(house, browser, "Sanne Bakker")
        token = worker.token()
        worker.close()
        crowd = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "siege.py"), str(house.port), str(SECONDS)],
            stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)
        until = time.time() + SECONDS - 1
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
        told = {int(code) for code in crowd.communicate(timeout=60)[0].split()}
        times.sort()
        at99 = times[int(len(times) * 0.99)]
        print(f"{len(times)} pages, median {times[len(times) // 2] * 1000:.0f} ms, p99 {at99 * 1000:.0f} ms")
        assert len(times) > SECONDS
        assert at99 < 1, f"p99 {at99:.2f} s"
        # Guesses are answered as wrong, or sent away; never let in, never an error of ours. The last one after it all.
        told.add(siege.guess(house.port, siege.form(house.address), 60))
        assert told <= {422, 429}, told
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
        ("/api/v1/teams", 4_000, "application/json", b"401"),
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
