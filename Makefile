# make run: the bot. make test: every check. Both set themselves up, and need the network only the first time.
MAKEFLAGS += --no-print-directory
# The tests begin the program a hundred times: it is compiled once, also where this is set, and takes half as long to begin.
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
PY := $(VENV)/bin/python
DB_TESTS := $(VENV)/.secantus
# Twice the cores where all is measured: nearly half of the tests' time is waiting for a socket or another process.
WORKERS := 4
PYTEST = $(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal

.PHONY: run test cover lint rules bench readme pictures lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed
	@$(VENV)/bin/elevate $(ARGS)

# mypy goes along beside the tests. What it says comes at the end.
test: $(VENV)/.installed-dev $(DB_TESTS) rules
	@$(PY) -m mypy > .mypy.log 2>&1 & types=$$!; \
	$(PYTEST) $(ARGS); tested=$$?; \
	wait $$types || tested=1; cat .mypy.log; exit $$tested

# The same, with what the tests have reached: it takes half as long again.
cover: $(VENV)/.installed-dev $(DB_TESTS)
	@$(PYTEST) --cov --cov-report term $(ARGS)

lint: rules
	@$(PY) -m mypy

rules: $(VENV)/.installed-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(VENV)/bin/lint-imports --no-cache > .import-linter.log 2>&1 || { cat .import-linter.log; exit 1; }

bench: $(VENV)/.installed-dev
	@for each in benchmarks/[a-z]*.py; do $(PY) "$$each" || exit 1; done

# The tables of README.md that are made from the code, and its pictures (these need Chromium).
readme: $(VENV)/.installed-dev
	@$(PY) -m tests.house.readme

pictures: $(VENV)/.installed-dev
	@echo "Taking the pictures: this takes a quarter of a minute." >&2
	@$(PY) -m tests.pictures

# A Python of 3.11 or newer that answers: a version manager may leave commands behind that do not.
$(PY):
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Elevate needs Python 3.11 or newer. Install it, then run this again." >&2; exit 1; fi; \
	"$$found" -m venv $(VENV) >&2 || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv. Then run this again." >&2; exit 1; }

# By pip, for it heeds the mirrors and certificates that this machine is set up with, which uv does not. Of what is installed a
# quarter is ever imported: Python compiles that when it is.
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --no-input --no-compile
PIP = $(INSTALL) --require-hashes
# The project itself is linked in, not copied: no network, no build isolation.
LINK = $(INSTALL) --no-deps --no-build-isolation --no-index -e .

$(VENV)/.installed: $(PY) requirements.lock pyproject.toml
	@echo "Setting up: this takes a minute, once." >&2
	@$(PIP) -r requirements.lock >&2
	@$(LINK) >&2
	@touch $@

$(VENV)/.installed-dev: $(PY) requirements-dev.lock pyproject.toml
	@echo "Setting up the tools for tests: this takes a minute, once." >&2
	@$(PIP) -r requirements-dev.lock >&2
	@$(LINK) >&2
	@touch $@ $(VENV)/.installed

# A stand-in for MongoDB, kept out of the lock on purpose: docs/decisions/0001. Without it the Motor half is not run.
$(DB_TESTS): $(VENV)/.installed-dev
	@if [ -z "$$ELEVATE_TEST_MONGODB_URI" ]; then \
	  $(INSTALL) secantusdb >&2 \
	    && touch $@ || echo "SecantusDB could not be installed: the tests over Motor will not run." >&2; fi

# Extras stay: else pip looks at the newest of what another package wants with one, and refuses it for want of a hash.
lock: $(VENV)/.installed-dev
	@$(PY) -m pip install --quiet uv
	@$(PY) -m uv pip compile pyproject.toml --group build --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras --quiet -o requirements.lock
	@$(PY) -m uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras --quiet -o requirements-dev.lock

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
