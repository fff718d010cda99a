"""Requests made up from the API's own description: never a server error, always an answer as described."""

import os
import subprocess
import sys
from pathlib import Path

from house import Person

REQUESTS = os.environ.get("GELAND_REQUESTS", "400")


def test_contract(house, browser):
    worker = Person(house, browser, "Sanne Bakker")
    token = worker.token()
    worker.close()
    done = subprocess.run(
        [str(Path(sys.executable).parent / "schemathesis"), "run", house.address + "/api/v1/openapi.json",
         "--header", f"Authorization: Bearer {token}", "--max-examples", REQUESTS, "--checks",
         "not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance",
         "--exclude-path", "/api/v1/openapi.json"],
        capture_output=True, text=True, cwd=house.folder)
    print(done.stdout[-6000:], done.stderr[-2000:])
    assert done.returncode == 0
