# Everything a newcomer, a developer and CI run. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
DOCS ?=

.PHONY: help setup serve test lint format fuzz bench lock docs clean
help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "carisec needs Python 3.11 or newer; try: make setup PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/.ready ## install everything into .venv

serve: setup ## build the graph and serve the API and the explorer (DOCS=PATH loads documents too)
	$(BIN)/carisec load $(DOCS) || { [ $$? -eq 1 ] && echo "Serving without what is at fault (see above)."; }
	$(BIN)/carisec serve

test: setup lint ## lint, type-check and run the tests on both engines
	$(BIN)/python -m pytest -n 2

lint: setup ## ruff and mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup ## let ruff rewrite what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fuzz: setup ## 10,000 random and hostile requests at every door (FUZZ_STRINGS=N for another number)
	FUZZ_STRINGS=$${FUZZ_STRINGS:-10000} $(BIN)/python -m pytest tests/test_fuzz.py -n 2 -k "not neo4j"

bench: setup ## timings as ratios, both sides in one run
	$(BIN)/python -m bench

docs: setup ## write the generated files again (with DOCS=PATH the pointers to mentions too)
	$(BIN)/python -m cli.docs $(DOCS)

lock: ## pin every dependency with its hashes (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras --group dev -o requirements.lock pyproject.toml

clean: ## remove the virtual environment and the caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
