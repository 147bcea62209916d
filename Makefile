# Everything starts here, on a machine with Python 3.11+ and make: `make demo`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo up test fuzz lint types imports contracts check bench clean

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

install: $(STAMP)

demo: $(STAMP) ## play a month in Ningjin over the REST API: ARGS="--people 400 --seed 7 --stay"
	@$(BIN)/careloop demo $(ARGS)

up: $(STAMP) ## start PostgreSQL, NATS, the four services and the web pages, until Ctrl-C
	@$(BIN)/careloop up $(ARGS)

test: $(STAMP) ## all tests in two processes, on real PostgreSQL and NATS from wheels; ARGS="tests/orders" for some
	@$(BIN)/python -m $(if $(ARGS),pytest $(ARGS),tests)

fuzz: $(STAMP) ## generated requests against a deployment of its own: TIME=60 seconds for each service and caller
	@$(BIN)/python -m tests.walls.bad_input.generated $(TIME)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

imports: $(STAMP)
	@$(BIN)/lint-imports

contracts: $(STAMP) ## the generated contracts equal the committed ones
	@$(BIN)/python -m contracts.generate --check
	@$(BIN)/python -m careloop.openapi_files --check
	@$(BIN)/python -m careloop.problem_table --check

check: lint types imports contracts

bench: $(STAMP) ## ratios within one run; QUICK=1 for a minute
	@$(BIN)/python -m bench $(if $(QUICK),--quick)

clean:
	rm -rf $(VENV) .careloop
