PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: build serve test golden setup lint check bench clean

build: $(READY) ## Build the sample archive into public/
	$(BIN)/site-builder build
	@echo "To look at it: make serve"

serve: $(READY) ## Preview on http://127.0.0.1:8000
	$(BIN)/site-builder serve

test: $(READY) ## Run the whole suite
	$(BIN)/python -m pytest -n auto

setup: $(READY) ## Only make the environment that the others use

golden: $(READY) ## Write the expected pages anew; look at the diff
	$(BIN)/python -m tests.golden.test_golden

lint: $(READY) ## Style and types
	$(BIN)/ruff check site_builder tests benchmarks
	$(BIN)/mypy

check: $(READY) ## What build would complain about
	$(BIN)/site-builder check

SIZES ?= 1000,10000
RUNS ?= 3,1
bench: $(READY) ## Build the same archives with site-builder, Hugo, Eleventy and Pelican
	$(BIN)/python -m benchmarks.run --sizes $(SIZES) --runs $(RUNS)

$(READY): pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q site_builder # as for an installed package: the first build need not
	@touch $(READY)

clean: ## Remove what is made, not what is written
	rm -rf $(VENV) public .site-builder benchmarks/work benchmarks/.tools
