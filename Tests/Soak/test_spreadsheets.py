"""A list that leaves Geland, is opened and saved by a spreadsheet, and comes back changes nothing; broken workbooks are
refused, never a crash. LibreOffice saves as Excel does: zeros before numbers, days and telephone numbers are its own.
"""

import os
import random
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = Path(os.environ.get("GELAND_BINARY", ROOT / ".build/debug/geland"))
TRIES = int(os.environ.get("GELAND_WORKBOOKS", "400"))

HEADER = ("nummer,voornaam,tussenvoegsel,achternaam,geboortedatum,bsn,telefoon,gemeente,organisatie,begeleider e-mail,fase,"
          "adres,verhuisdatum,uren min,uren max")
ROWS = [
    "00123,Aad,,Een,12-04-1980,010000094,0612345678,Utrecht,Locatie 12,a@l12.example,aangemeld,Plein 3,,\"1,5\",\"2,25\"",
    "0007,Łukasz,,Wałęsa,1975-02-03,,+31 6 23456789,Utrecht,Locatie 13,b@l13.example,voorbereiden,\"Dreef 1, Zeist\",,,",
    "C-1,Anne,,Jansen-de Wit,3-4-87,,030-2345678,Nieuwegein,Locatie 12,a@l12.example,landen,Dreef 2,1-2-2026,2,4",
    "E15,Jan,van der,Berg,1990-12-31,,,Woerden,Locatie 12,a@l12.example,klaar voor een huis,,,,",
    "23,王,,秀英,1969-07-20,,,Utrecht,Locatie 13,b@l13.example,aangemeld,\"een\"\"twee\",,,",
]
# What no spreadsheet leaves alone: a power of ten, a day, a sum.
CRUEL = [
    "8,Ien,,Som,1979-07-21,,,Utrecht,Locatie 13,b@l13.example,aangemeld,=Plein,,,",
    "1E5,Kim,,Tien,1990-12-31,,,Woerden,Locatie 12,a@l12.example,aangemeld,,,,",
    "2-3,Lou,,Dag,1969-07-21,,,Utrecht,Locatie 13,b@l13.example,aangemeld,,,,",
]


def geland(*arguments, code=0):
    ran = subprocess.run([str(BINARY), *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert ran.returncode == code, (arguments, ran.returncode, ran.stderr)
    return ran


def converted(source: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice saves it. Text comes in as a Dutch office opens it: commas between cells, UTF-8."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=CSV:44,34,76,1,,1043,false,true",
         "--convert-to", kind, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180)
    made = folder / (source.stem + "." + kind.split(":")[0])
    assert made.exists()
    return made


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region")
    (folder / "lijst.csv").write_text("\n".join([HEADER, *ROWS]) + "\n")
    database = f"sqlite:{folder}/geland.sqlite"
    geland("import", "caseload", folder / "lijst.csv", "--database", database)
    (folder / "uit.csv").write_text(geland("export", "caseload", "--database", database).stdout)
    return folder, database


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_was_saved_by_a_spreadsheet_is_the_same_people(region, kind, tmp_path):
    folder, database = region
    for name in ("uit.csv", "lijst.csv"):
        saved = converted(folder / name, kind, tmp_path)
        said = geland("import", "caseload", saved, "--database", database, "--dry-run").stderr
        assert "0 new residents" in said, said
        assert f"{len(ROWS)} " in said and "says something else" not in said, said
        before = geland("export", "caseload", "--database", database).stdout
        geland("import", "caseload", saved, "--database", database)
        assert geland("export", "caseload", "--database", database).stdout == before


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_another_region_reads_the_same(region, kind, tmp_path):
    folder, database = region
    saved = converted(folder / "uit.csv", kind, tmp_path)
    other = f"sqlite:{tmp_path}/ander.sqlite"
    geland("import", "caseload", saved, "--database", other)
    one, two = (set(geland("export", "caseload", "--database", each).stdout.splitlines()) for each in (database, other))
    assert {line.split(",", 1)[1] for line in one} == {line.split(",", 1)[1] for line in two}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_number_that_became_something_else_is_told(kind, tmp_path):
    (tmp_path / "wreed.csv").write_text("\n".join([HEADER, *CRUEL]) + "\n")
    database = f"sqlite:{tmp_path}/geland.sqlite"
    geland("import", "caseload", tmp_path / "wreed.csv", "--database", database)
    saved = converted(tmp_path / "wreed.csv", kind, tmp_path)
    said = geland("import", "caseload", saved, "--database", database, code=65).stderr
    assert all(word in said for word in ("line 2", "an error", "line 3", "1E5", "line 4", "into a date")), said


def broken(seed: random.Random, whole: bytes) -> bytes:
    """A workbook with damage: in its bytes, or in one part of it."""
    if not whole.startswith(b"PK") or seed.random() < 0.4:
        data = bytearray(whole)
        for _ in range(seed.randint(1, 8)):
            place = seed.randrange(len(data))
            match seed.randint(0, 2):
                case 0: data[place] = seed.randrange(256)
                case 1: del data[place:place + seed.randint(1, 40)]
                case 2: data[place:place] = bytes(seed.randrange(256) for _ in range(seed.randint(1, 20)))
        return bytes(data)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = seed.choice([name for name in names if name.endswith(".xml") or name.endswith(".rels")])
        for name in names:
            data = source.read(name)
            if name == chosen:
                place = seed.randint(0, len(data))
                bit = seed.choice([
                    b"<", b">", b"&x;", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"\x00", b"\xff\xfe",
                    b"<c r=\"ZZZZ9\"><v>1</v></c>", b" r=\"A0\"", b"99999999999999999999", b"<row>" * 300, b"-1", b"\xc3"])
                data = data[:place] + bit + data[place + seed.randint(0, 30):]
            if seed.random() > 0.03:
                target.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_broken_files_are_refused(region, kind, tmp_path):
    folder, _ = region
    whole = (folder / "lijst.csv" if kind == "csv" else converted(folder / "uit.csv", kind, tmp_path)).read_bytes()
    seed = random.Random(kind)
    refused = 0
    database = f"sqlite:{tmp_path}/leeg.sqlite"
    for number in range(TRIES):
        file = tmp_path / f"stuk.{kind}"
        file.write_bytes(broken(seed, whole))
        ran = subprocess.run(
            [str(BINARY), "import", "caseload", str(file), "--database", database, "--dry-run"], capture_output=True,
            text=True, timeout=30)
        assert ran.returncode in (0, 65), (number, ran.returncode, ran.stderr)
        assert ran.stderr, number
        refused += ran.returncode == 65
    assert 0 < refused


def test_a_small_file_that_unfolds_is_refused(tmp_path):
    """A gigabyte of nothing in a megabyte."""
    made = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("_rels/.rels", "<Relationships/>")
        target.writestr("xl/workbook.xml", "<workbook>" + " " * 1_000_000_000 + "</workbook>")
    assert made.stat().st_size < 2_000_000
    ran = geland("import", "caseload", made, "--database", f"sqlite:{tmp_path}/x.sqlite", "--dry-run", code=65)
    assert "too large" in ran.stderr
