"""How hard the Dutch texts on our screens are to read, by Flesch-Douma (Douma 1960: 206.84 - 0.77 × syllables per hundred
words - 0.93 × words per sentence). Higher is easier; 60 and up is read by most people, 80 and up is easy."""

import json
import re
import statistics
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "Sources"
# Groups of vowels as they are spoken; two vowels that are two sounds have a mark or one of these pairs.
SYLLABLE = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|ie|oo|uu|eu|oe|ui|ei|ij|au|ou|[aeiouyáàâäéèêëíìîïóòôöúùûü]")


def texts() -> dict[str, str]:
    found = {}
    for file in sorted(SOURCES.glob("*/Resources/nl.json")):
        found |= {f"{file.parts[-3]}:{key}": text for key, text in json.loads(file.read_text()).items()}
    return found


def ease(text: str) -> float | None:
    """None for a text that is too short to say anything about."""
    text = re.sub(r"\{[^}]*\}", "dit", text)
    words = re.findall(r"[a-zà-ÿ'’-]+", text.lower())
    if len(words) < 8:
        return None
    sentences = max(1, len([part for part in re.split(r"[.!?:;]\s|[.!?:;]$", text) if part.strip()]))
    syllables = sum(max(1, len(SYLLABLE.findall(word))) for word in words)
    return 206.84 - 77 * syllables / len(words) - 0.93 * len(words) / sentences


def test_a_known_text():
    # Two sentences, ten words, twelve syllables.
    assert abs(ease("De man eet een appel. Hij loopt morgen naar huis.") - (206.84 - 0.77 * 120 - 0.93 * 5)) < 0.01


def test_screen_texts_are_easy():
    scores = {key: score for key, text in texts().items() if (score := ease(text)) is not None}
    hard = sorted((score, key) for key, score in scores.items() if score < 30)
    assert len(scores) > 300
    assert statistics.median(scores.values()) >= 80, statistics.median(scores.values())
    assert len(hard) <= len(scores) * 0.02, hard
