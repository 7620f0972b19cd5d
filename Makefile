# make install | demo | test | lint | bench | reading: each sets itself up in .venv
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: install demo test lint wheel bench reading clean

install: $(READY)

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vnplan needs Python 3.11 or later; try: make install PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[ocr]' --group dev
	$(BIN)/python -m compileall -q extractor
	touch $@

demo: $(READY)
	$(BIN)/vnplan extract corpus -o out
	$(BIN)/python -m extractor.demo out

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vnplan grammars check

wheel: $(READY)
	PYTHON=$(PYTHON) .ci/check-wheel

bench: $(READY)
	$(BIN)/python tests/bench.py

reading: $(READY)
	$(BIN)/python -m tests.reading_loss

clean:
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
