# The commands of this house. `make` lists them.
CONFIGURATION ?= debug
PORT ?= 8080
VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: help run test soak bench format lint screenshots build need need-browser

help: ## What you can do here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: need ## Build, fill the demo region when it is not there, and serve it on http://localhost:8080
	swift build --configuration $(CONFIGURATION) --product geland
	@exec $$(swift build --configuration $(CONFIGURATION) --show-bin-path)/geland demo --port $(PORT)

test: need need-browser ## Everything a change must pass: build, unit tests, the story in a browser, axe
	swift build --build-tests
	swift format lint --strict --recursive --parallel Sources Tests Package.swift
	swift test --skip-build
	$(PYTHON) -m pytest -q Tests/Browser

soak: need need-browser ## The long rest: every page in every look, made-up calls, broken input, R and LibreOffice beside us, kills, races
	@tools/need.sh r-cran-survival:/usr/lib/R/library/survival r-cran-surveillance:/usr/lib/R/site-library/surveillance \
	  r-cran-spc:/usr/lib/R/site-library/spc r-cran-jsonlite:/usr/lib/R/site-library/jsonlite \
	  libreoffice-calc-nogui:/usr/lib/libreoffice/program/soffice.bin
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --requirement Tests/Soak/requirements.txt
	swift build
	$(PYTHON) -m pytest -q Tests/Soak
	GELAND_KILLS=60 $(PYTHON) -m pytest -q Tests/Browser/test_kill.py
	swift test --sanitize=thread --scratch-path .build-tsan

bench: need ## The measurements of docs/performance.md, on this machine
	swift build --configuration release --product geland
	Benchmarks/measure.sh
	Benchmarks/engines.sh

format: ## Lay out the source
	swift format --in-place --recursive --parallel Sources Tests Package.swift

lint: ## Check the layout and the house rules of the source
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

screenshots: need need-browser ## Every page at 360 and 1280 px, light and dark, into screenshots/; the pictures of the help pages
	swift build --product geland
	$(PYTHON) Tests/Browser/screenshots.py screenshots

need:
	@tools/need.sh libsqlite3-dev:/usr/include/sqlite3.h libstemmer-dev:/usr/include/libstemmer.h \
	  libzip-dev:/usr/include/zip.h

need-browser:
	@tools/need.sh chromium:/usr/bin/chromium fonts-noto-core:/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf
	@test -x $(PYTHON) || python3 -m venv $(VENV) || { tools/need.sh python3-venv:/nonexistent && python3 -m venv $(VENV); }
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --requirement Tests/Browser/requirements.txt
