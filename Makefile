# Every path here is relative, so that a checkout whose path has a space in it works as well.

PYTHON ?= python3
WORKERS ?= auto
DEV := .venv/.dev-lock-installed
RUNTIME := .venv/.runtime-lock-installed
OLDEST := (3, 11)

# What belongs to the caller's own Python must not leak into .venv.
unexport PYTHONHOME PYTHONPATH PIP_REQUIRE_VIRTUALENV PIP_TARGET PIP_USER

# $(call install,LOCK): make .venv/ where it is missing or no longer starts, and install a lock and Jejak into it.
# Debian keeps ensurepip in python3-venv; pip can also install into a .venv/ that has none of its own.
define install
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < $(OLDEST))' 2>/dev/null \
		|| { echo 'Jejak needs Python 3.11 or newer, and $(PYTHON) is not: try make $(MAKECMDGOALS) PYTHON=python3.11' >&2; exit 1; }
	@.venv/bin/python -c '' 2>/dev/null || rm -rf .venv
	@test -d .venv || "$(PYTHON)" -m venv .venv >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear --without-pip .venv
	@echo 'Installing $(1) into .venv/ …'
	@pip() { if .venv/bin/python -c 'import pip' 2>/dev/null; then .venv/bin/python -m pip "$$@"; \
			else "$(PYTHON)" -m pip --python .venv/bin/python "$$@"; fi; }; \
		pip install --quiet --disable-pip-version-check --require-hashes -r $(1) \
		&& pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

.PHONY: help
help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

.PHONY: setup
setup: $(DEV)  ## create .venv/ from the locks; the other targets do it by themselves
	@:

$(DEV): requirements-dev.lock requirements.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $(RUNTIME) $(DEV)

$(RUNTIME): requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $(RUNTIME)

.PHONY: run
run: $(RUNTIME)  ## start the bot; without a token, with a stand-in of Telegram on this machine
	@exec .venv/bin/python -m bot run

.PHONY: test
test: $(DEV)  ## run all tests; those of the chat page need Chromium
	@.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: check
check: $(DEV)  ## lint, formatting, types, and the arrows between the rooms
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

.PHONY: bench
bench: $(DEV)  ## measure, and write bench.json; ROOM=name measures one room
	@.venv/bin/python -m tests.bench $(if $(ROOM),--room $(ROOM))

.PHONY: knowledge
knowledge: $(DEV)  ## learn the words of complaints anew, after phrasings.tsv, chatter.tsv or words.toml changed
	@.venv/bin/python -m bot.learning

.PHONY: gallery
gallery: $(DEV)  ## draw maps of every kind into build/gallery/, to look at; NAMES='coffee-id empty' draws some
	@.venv/bin/python -m tests.gallery $(NAMES)

.PHONY: lock
lock:  ## write both locks anew from pyproject.toml; UPGRADE=--upgrade takes newer versions
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT \
		&& "$(PYTHON)" -m venv "$$tools" && "$$tools/bin/pip" install --quiet --disable-pip-version-check uv \
		&& compile() { "$$tools/bin/uv" pip compile pyproject.toml --quiet --python-version 3.11 --generate-hashes \
			--no-header --no-annotate $(UPGRADE) "$$@" >/dev/null; } \
		&& compile -o requirements.lock && compile --extra dev -c requirements.lock -o requirements-dev.lock

.PHONY: clean
clean:  ## remove .venv/ and what the tools left; data/ stays
	@rm -rf .venv build bench.json *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
