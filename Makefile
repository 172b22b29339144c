# Everything a person or a machine runs. Each target works on a fresh clone: the environment is made first.
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet
# One more than there are cores: tests with servers of their own wait for them now and then.
PROCESSES := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
SPREAD := -n $(PROCESSES) --dist loadfile --no-loadscope-reorder
# Debian keeps PostgreSQL's programs off PATH.
INITDB := $(shell command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)

.DEFAULT_GOAL := help
.PHONY: help demo up test both lint format types contracts compose reference check ci lock sbom audit clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

$(READY): requirements.txt deploy/uv.txt deploy/build.txt deploy/install.sh pyproject.toml
	PYTHON="$(PYTHON)" sh deploy/install.sh $(VENV)
	@touch $@

demo: $(READY) ## run a whole selection and what follows it, on sample data, in a fresh folder
	$(BIN)/selter demo

up: $(READY) ## start the embedded installation
	$(BIN)/selter up

test: $(READY) ## run the tests
	@if [ -n "$(INITDB)" ]; then echo "PostgreSQL found ($(INITDB)): its half of the tests runs"; \
	else echo "PostgreSQL not found (no initdb): its half of the tests is SKIPPED"; fi
	$(BIN)/python -m pytest -q $(SPREAD) --durations=15

both: $(READY) ## run the tests, each on both databases; `test` lets most of them take turns
	$(BIN)/python -m pytest -q $(SPREAD) --every-database

lint: $(READY) ## check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(READY) ## apply style and formatting
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(READY) ## check types
	$(BIN)/mypy

contracts: $(READY) ## check who imports whom
	$(BIN)/lint-imports

compose: $(READY) ## check the compose file against its schema
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

reference: $(READY) ## write docs/acts.md, docs/rules.md and docs/settings.md anew
	PYTHONPATH=. $(BIN)/python docs/build_acts.py
	PYTHONPATH=. $(BIN)/python docs/build_rules.py
	PYTHONPATH=. $(BIN)/python docs/build_settings.py

check: lint types contracts compose ## all checks without the tests

ci: ## everything, as continuous integration runs it
	.ci/run

lock: $(READY) ## renew the locks: of everything, of what the images need, of the installer
	$(LOCK) --upgrade --extra dev pyproject.toml --output-file requirements.txt
	$(LOCK) --constraint requirements.txt pyproject.toml --output-file deploy/runtime.txt
	$(LOCK) --constraint requirements.txt --extra tools pyproject.toml --output-file deploy/tools.txt
	$(LOCK) deploy/uv.in --output-file deploy/uv.txt
	$(LOCK) deploy/build.in --output-file deploy/build.txt

# Tools that are run by hand; they join the environment, whose versions their lock repeats.
TOOLS := $(VENV)/.tools
$(TOOLS): $(READY) deploy/tools.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/tools.txt
	@touch $@

sbom: $(TOOLS) ## write build/selter.cdx.json: every package that the images run, with its hashes (CycloneDX)
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements deploy/runtime.txt --pyproject pyproject.toml --mc-type application \
		--spec-version 1.6 --output-reproducible --validate --output-file build/selter.cdx.json
	@echo "build/selter.cdx.json: Python packages only; the base image's are in the image's own list"

audit: $(TOOLS) ## compare the locks with known weaknesses; needs to reach an advisory source
	@echo "This asks an advisory service about every locked version. Without a way to it the answer is an error, not a pass."
	@status=0; for lock in requirements.txt deploy/runtime.txt deploy/uv.txt deploy/build.txt; do \
		echo "== $$lock"; $(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r $$lock || status=1; \
	done; exit $$status

clean: ## remove the environment and everything generated; data/ stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
