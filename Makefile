# Zvonok: two commands matter, `make run` and `make test`. `make help` lists the rest.
#
# Each set-up step leaves a file behind and is done again only when what it was made from has changed:
#   .venv/.journal          the journal's own dependencies   <- requirements.lock
#   .venv/.tests            what the tests need on top       <- requirements-dev.lock
#   pwa/node_modules/.ready the tablet's tools               <- pwa/package-lock.json
#   pwa/dist/sw.js          the built tablet, written last   <- everything under pwa/src, pwa/public, pwa/build
# After set-up nothing here touches the network.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two cores: one thing at a time is as fast, and its output can be read.
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8032
DATA ?= data
BACKUPS ?= backups
SEEDS ?= 1000

python := .venv/bin/python
pip := $(python) -m pip --disable-pip-version-check
# Folders are listed too: a file taken away or added changes its folder.
tablet_sources := $(shell find pwa/src pwa/public pwa/build -not -name '*.test.*') \
	pwa/index.html pwa/vite.config.ts pwa/tsconfig.json

.PHONY: help run setup build test test-python test-tablet test-browser simulate crash parity patience pictures screens bench bench-tablet lint format generate lock clean clean-all

help:  ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo "  Variables of make run: PORT=$(PORT) DATA=$(DATA) BACKUPS=$(BACKUPS)"

# ---- run ------------------------------------------------------------------------------------------------------

run: .venv/.journal pwa/dist/sw.js  ## The journal with a demo school; Ctrl-C ends everything
	@exec .venv/bin/zvonok run --port "$(PORT)" --data "$(DATA)" --backups "$(BACKUPS)"

build: pwa/dist/sw.js  ## The tablet's app into pwa/dist

# ---- set-up ---------------------------------------------------------------------------------------------------

setup: .venv/.tests pwa/node_modules/.ready  ## All that make test needs, Chromium included
	@deploy/setup/chromium.sh >/dev/null
	@deploy/setup/strace.sh >/dev/null || echo "Without it the crash tests are skipped." >&2

.venv/bin/python:
	@deploy/setup/python.sh .venv

.venv/.journal: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up Python (.venv) from requirements.lock"
	@$(pip) install --quiet --only-binary :all: --require-hashes -r requirements.lock
	@$(pip) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.tests: requirements-dev.lock .venv/.journal
	@echo "Setting up the tests (.venv) from requirements-dev.lock"
	@$(pip) install --quiet --only-binary :all: --require-hashes -r requirements-dev.lock
	@touch $@

pwa/node_modules/.ready: pwa/package-lock.json pwa/package.json pwa/.npmrc
	@deploy/setup/node.sh
	@echo "Setting up the tablet's tools (pwa/node_modules) from pwa/package-lock.json"
	@cd pwa && npm ci --no-progress --loglevel=error
	@ln -sfn ../../pwa/node_modules tests/browser/node_modules
	@ln -sfn ../../pwa/node_modules tests/bench/node_modules
	@touch $@

pwa/dist/sw.js: pwa/node_modules/.ready $(tablet_sources)
	@echo "Building the tablet's app (pwa/dist)"
	@cd pwa && node_modules/.bin/vite build --logLevel warn
	@cd pwa && node build/pack.mjs
	@touch $@

# ---- tests ----------------------------------------------------------------------------------------------------

test: setup lint test-python test-tablet test-browser  ## Everything: set-up, lint, Python, tablet, browser
	@echo "All tests have passed."

test-python: .venv/.tests  ## pytest: rules, write path, edges, a sample of the crash points, 1,000 simulated schools
	@echo "== Python: tests/pure tests/path tests/edge tests/crash tests/simulation"
	@$(python) -m pytest tests/pure tests/path tests/edge tests/crash tests/simulation

test-tablet: .venv/.tests pwa/node_modules/.ready  ## vitest: the tablet's engine and screens
	@echo "== Tablet: pwa"
	@cd pwa && node_modules/.bin/vitest run

test-browser: setup pwa/dist/sw.js  ## Playwright: the story in a real Chromium, with the real server
	@echo "== Browser: tests/browser"
	@cd pwa && CHROMIUM="$$(../deploy/setup/chromium.sh)" \
		node_modules/.bin/playwright test -c ../tests/browser/playwright.config.ts

simulate: .venv/.tests  ## Simulated schools with everything that goes wrong: SEEDS=20000
	@$(python) -m tests.simulation --seeds $(SEEDS) --coverage

crash: .venv/.tests  ## The server killed or refused by the disk at every call (about an hour)
	@deploy/setup/strace.sh >/dev/null
	@CRASH_EVERY=1 $(python) -m pytest tests/crash

parity: .venv/.tests pwa/node_modules/.ready  ## The law in both languages on 100,000 drawn cases: CASES=1000000 SEED=2
	@cd pwa && PARITY=$(or $(CASES),100000) PARITY_SEED=$(or $(SEED),1) node_modules/.bin/vitest run test/rules/parity.test.ts

patience: setup pwa/dist/sw.js  ## 100 kills of the browser, updates with 5,000 entries waiting, two tabs (about ten minutes)
	@cd pwa && KILLS=$${KILLS:-100} WAITING=$${WAITING:-5000} EDITS=$${EDITS:-1000} \
		node_modules/.bin/playwright test -c ../tests/browser/playwright.config.ts \
		killed.spec.ts update.spec.ts tabs.spec.ts

pictures: setup pwa/dist/sw.js  ## The README's pictures, taken from the running app
	@cd pwa && PICTURES=pictures.ts node_modules/.bin/playwright test -c ../tests/browser/playwright.config.ts

screens: setup pwa/dist/sw.js  ## Every screen in every look into screenshots/, to be looked at
	@cd pwa && PICTURES=all-screens.ts node_modules/.bin/playwright test -c ../tests/browser/playwright.config.ts

bench: .venv/.tests  ## How fast it is, each figure beside its ceiling; BENCH_JSON=FILE writes it down
	@$(python) -m tests.bench $(if $(BENCH_JSON),--json "$(BENCH_JSON)")

bench-tablet: setup pwa/dist/sw.js  ## How quick the tablet is, in Chromium slowed six times
	@cd pwa && node_modules/.bin/playwright test -c ../tests/bench/playwright.config.ts

lint: .venv/.tests pwa/node_modules/.ready  ## ruff, mypy, tsc, biome, and locks that name no host
	@echo "== Lint"
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy
	@cd pwa && for part in tsconfig.json tsconfig.worker.json tsconfig.tools.json; do node_modules/.bin/tsc -p $$part; done
	@cd pwa && node_modules/.bin/biome check --error-on-warnings . ../tests/browser ../tests/bench/*.ts
	@deploy/setup/locks.sh check

# ---- for those who change it ----------------------------------------------------------------------------------

format: .venv/.tests pwa/node_modules/.ready  ## Formats Python and TypeScript in place
	@$(python) -m ruff check --fix-only --quiet . && $(python) -m ruff format .
	@cd pwa && node_modules/.bin/biome check --write . ../tests/browser ../tests/bench/*.ts

generate: .venv/.journal  ## Files made from sync/model: wire types, rights, schema
	@$(python) -m sync.codegen

lock: .venv/bin/python  ## Remakes the locks after a change of pyproject.toml or package.json
	@deploy/setup/locks.sh make $(UPGRADE)

clean:  ## Takes away what was built, not the set-up and never a school's data
	@rm -rf pwa/dist test-results tests/browser/test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis

clean-all: clean  ## The set-up as well
	@rm -rf .venv pwa/node_modules
