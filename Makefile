# Kyklos. `make demo` shows the site, `make test` proves it; both need python3 (3.11 or newer) and the package registries.
SHELL := /bin/bash
PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

.PHONY: install install-dev demo test test-long bench lint types messages

install: .venv/installed

install-dev: .venv/installed-dev

.venv/uv:
	@python3 -c 'import sys; sys.exit("Kyklos needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@echo "Making .venv …"
	@python3 -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@touch $@

# A stamp is newer than the lock that it was made from; the environment for development holds the other one whole.
.venv/installed: requirements.lock | .venv/uv
	@echo "Installing …"
	@if [ -e .venv/installed-dev ]; then lock=requirements-dev.lock; else lock=requirements.lock; fi; \
		$(PYTHON) -m uv pip sync --quiet --python $(PYTHON) $$lock
	@touch $@

.venv/installed-dev: requirements-dev.lock requirements.lock | .venv/uv
	@echo "Installing …"
	@$(PYTHON) -m uv pip sync --quiet --python $(PYTHON) requirements-dev.lock
	@touch $@ .venv/installed

demo: install
	@mkdir -p var
	@echo "Preparing the database …"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@$(MANAGE) load_demo
	@exec $(MANAGE) serve --port $(PORT) --then demo_accounts

test: install-dev
	@$(PYTHON) -m tests.run

test-long: install-dev
	@$(PYTHON) -m tests.run --long

bench: install-dev
	@$(PYTHON) -m bench

lint: install-dev
	@$(PYTHON) -m tests.run --only format lint templates floors

types: install-dev
	@$(PYTHON) -m tests.run --only types

messages: install-dev
	@$(MANAGE) makemessages --all --no-location --ignore var --ignore .venv
	@$(MANAGE) compilemessages --ignore var --ignore .venv
