# make install | demo | tools | test | lint | figures | baselines | ablation | bench | scale | reading: each sets itself up in .venv
PYTHON ?= python3
VENV := .venv
TOOLS := .venv-tools
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Spark is half a gigabyte: only what needs it waits for it.
CLUSTER := $(VENV)/.cluster

.PHONY: install demo tools test lint wheel figures baselines ablation bench scale reading clean

install: $(READY)

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vnplan needs Python 3.11 or later; try: make install PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[ocr,train,tables]' --group dev
	$(BIN)/python -m compileall -q extractor
	touch $@

$(CLUSTER): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[spark]'
	touch $@

demo: $(READY)
	$(BIN)/vnplan extract corpus -o out
	$(BIN)/python -m extractor.demo out

tools: $(TOOLS)/.ready

$(TOOLS)/.ready: pyproject.toml
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --group annotation-tools
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps 'doccano>=1.8'
	touch $@

test: $(CLUSTER)
	$(BIN)/python -m pytest

lint: $(CLUSTER)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vnplan grammars check

wheel: $(READY)
	PYTHON=$(PYTHON) .ci/check-wheel

figures: $(READY)
	$(BIN)/vnplan evaluate gold --text corpus --against gold/released.json

baselines: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group baselines
	$(BIN)/python -m tests.baselines

ablation: $(READY)
	$(BIN)/python -m tests.ablation

bench: $(CLUSTER)
	$(BIN)/python tests/bench.py
	$(BIN)/python -m tests.scale 1000

scale: $(CLUSTER)
	$(BIN)/python -m tests.scale 1000 10000 100000

reading: $(READY)
	$(BIN)/python -m tests.reading_loss

clean:
	rm -rf $(VENV) $(TOOLS) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
