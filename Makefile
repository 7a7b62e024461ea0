# Two commands: `make demo` and `make test`. Each sets up what it needs. What they do is in tools/, a page each.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
SIDE_BY_SIDE := -n 3 --dist loadfile# most of a test is waiting
WITH_BROWSER = @path=$$($(BIN)/python -m tools.browser) && export MISSIONDESK_CHROMIUM="$$path" && \
	echo "browser tests in $$path" &&
OWN_STEP := stories crash browser
SEED ?= 1
PARTS := demo effects exams mcp_client missions proving terminal workers# whole processes and real systems: with the stories, to keep `make check` quick
QUICK := $(filter-out __pycache__ $(OWN_STEP) $(PARTS),$(patsubst tests/%/,%,$(wildcard tests/*/)))
LONGEST_FIRST := $(addprefix tests/,$(OWN_STEP) $(PARTS) $(QUICK)) $(wildcard tests/test_*.py)
PROOF := tests/proving/prove/test_broken_builds.py tests/proving/prove/test_without_keys.py# minutes: by make proof
PYTHON_FILES := src tests tools bench evals hatch_build.py
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE# hundreds of processes are started here: what one has compiled, the next need not

.DEFAULT_GOAL := help
.PHONY: help ready setup demo demo-reset check test format lint types contracts docs unit stories crash browser proof
.PHONY: fix openapi lock wheel bench exam-retail exam-mcp-client exam-lineage
.PHONY: prove prove-ci prove-ci-keyed prove-ci-queryable prove-ci-neither

help:
	@echo "make demo        the platform and the demo company, on this machine; Ctrl-C stops it"
	@echo "make demo-reset  start over: forget what happened in the demo"
	@echo "make test        every check and every test"
	@echo "make check       the quick part: $(check_steps)"
	@echo "make bench       how fast it is, beside named alternatives"
	@echo "make exam-retail      114 retail cases by outsiders, through the public doors; ARGS=--thresholds: some go by themselves"
	@echo "make exam-mcp-client  the MCP conformance suite's client scenarios"
	@echo "make exam-lineage     200 labelled proposals: where their values came from"
	@echo "make proof       builds broken on purpose are caught, and systems without keys: minutes of kills"
	@echo "make prove-ci    kills by the hundred for each effect class, a line each: some three minutes"
	@echo "make prove       kills by the thousand, and three books compared: hours; the reports go to docs/proof/"
	@echo "make fix         let ruff put format and imports right"
	@echo "make openapi     after a change of the HTTP API: web/openapi.json and the pages' types"
	@echo "make lock        after a change of requirements*.in: pin again (UPGRADE=1: to the newest)"
	@echo "make wheel       dist/: the package, with its pages"

# --- running it

ready:
	@$(PYTHON) -m tools.setup run

demo: ready
	@exec $(BIN)/missiondesk demo $(ARGS)

demo-reset: ready
	@exec $(BIN)/missiondesk demo --reset

# --- checking it

check_steps := format lint types contracts docs unit

check: setup $(check_steps)
$(check_steps) stories crash browser proof fix openapi lock wheel bench exam-retail exam-mcp-client exam-lineage prove prove-ci: setup

test: setup# the checks beside each other, then all tests at once: each pytest needs half a minute before its first one
	@$(MAKE) -j2 --output-sync=target SET_UP=yes $(filter-out unit,$(check_steps))
	@$(BIN)/python -m tools.web test
	$(WITH_BROWSER) $(PYTEST) $(SIDE_BY_SIDE) --no-loadscope-reorder $(LONGEST_FIRST) $(PROOF:%=--ignore=%)

setup:
	@$(if $(SET_UP),:,$(PYTHON) -m tools.setup dev)

format:
	$(BIN)/ruff format --check $(PYTHON_FILES)

lint:
	$(BIN)/ruff check $(PYTHON_FILES)
	@$(BIN)/python -m tools.web lint

types: export PYRIGHT_PYTHON_IGNORE_WARNINGS = 1
types:
	$(BIN)/pyright --pythonpath $(BIN)/python
	@$(BIN)/python -m tools.openapi --check
	@$(BIN)/python -m tools.web types:check typecheck

contracts:
	$(BIN)/lint-imports

docs:
	@$(BIN)/python -m tools.docs

unit:
	@$(BIN)/python -m tools.web test
	$(PYTEST) $(SIDE_BY_SIDE) tests $(patsubst %,--ignore=tests/%,$(OWN_STEP) $(PARTS))

stories:
	$(PYTEST) $(SIDE_BY_SIDE) tests/stories $(PARTS:%=tests/%) $(PROOF:%=--ignore=%)

proof:
	$(PYTEST) $(SIDE_BY_SIDE) $(PROOF)

crash:
	$(PYTEST) $(SIDE_BY_SIDE) tests/crash

browser:
	$(WITH_BROWSER) $(PYTEST) $(SIDE_BY_SIDE) tests/browser

# --- measuring it

bench:
	@$(BIN)/python -m bench $(ARGS)

exam-retail:
	@$(BIN)/python -m evals.retail $(ARGS)

exam-mcp-client:
	@$(BIN)/python -m evals.mcp_client $(ARGS)

exam-lineage:
	@$(BIN)/python -m evals.lineage

prove-ci:# beside each other: most of a run is waiting
	@$(MAKE) -j3 --output-sync=line prove-ci-keyed prove-ci-queryable prove-ci-neither

prove-ci-keyed:
	@$(BIN)/missiondesk prove --class keyed --kills 300 --zombies 20 --workers 4 --seed $(SEED) --json

prove-ci-queryable:
	@$(BIN)/missiondesk prove --class queryable --kills 100 --zombies 10 --seed $(SEED) --json

prove-ci-neither:
	@$(BIN)/missiondesk prove --class neither --kills 100 --zombies 10 --seed $(SEED) --json

prove:
	@mkdir -p docs/proof
	$(BIN)/missiondesk prove --class keyed --kills 10000 --zombies 1000 --seed $(SEED) --json >docs/proof/keyed.json
	$(BIN)/missiondesk prove --class queryable --kills 1500 --zombies 500 --seed $(SEED) --json >docs/proof/queryable.json
	$(BIN)/missiondesk prove --class neither --kills 1500 --zombies 500 --seed $(SEED) --json >docs/proof/neither.json

# --- keeping it

fix:
	$(BIN)/ruff check --fix $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)

openapi:
	@$(BIN)/python -m tools.openapi
	@$(BIN)/python -m tools.web types

lock:
	@$(BIN)/python -m tools.lock $(if $(UPGRADE),--upgrade)

wheel:
	$(BIN)/python -m build --no-isolation --skip-dependency-check
