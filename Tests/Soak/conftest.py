import sys
from pathlib import Path

BROWSER = Path(__file__).resolve().parents[1] / "Browser"
sys.path.insert(0, str(BROWSER))

from conftest_shared import browser, house  # noqa: E402, F401
