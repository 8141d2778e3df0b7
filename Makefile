# Kyklos. `make demo` shows the site, `make test` proves it; both need python3 (3.11 or newer) and the package registries.
SHELL := /bin/bash
PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

.PHONY: install install-dev demo test test-long bench lint types messages

install: .venv/installed

install-dev: .venv/installed-dev

# Each stamp says for which lock the environment was made, so that a second run has nothing to do.
.venv/uv:
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kyklos needs Python 3.11 or newer.")'
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	touch $@

.venv/installed: requirements.lock | .venv/uv
	[ -e .venv/installed-dev ] || $(PYTHON) -m uv pip sync --quiet --python $(PYTHON) requirements.lock
	touch $@

.venv/installed-dev: requirements-dev.lock requirements.lock | .venv/uv
	$(PYTHON) -m uv pip sync --quiet --python $(PYTHON) requirements-dev.lock
	touch $@ .venv/installed

demo: install
	@mkdir -p var
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) collectstatic --no-input --verbosity 0
	$(MANAGE) load_demo
	exec $(MANAGE) serve --port $(PORT) --then demo_accounts

test: install-dev
	$(PYTHON) -m tests.run

test-long: install-dev
	$(PYTHON) -m tests.run --long

bench: install-dev
	$(PYTHON) -m bench

lint: install-dev
	$(PYTHON) -m tests.run --only format lint templates floors

types: install-dev
	$(PYTHON) -m tests.run --only types

messages: install-dev
	$(MANAGE) makemessages --all --no-location --ignore var --ignore .venv
	$(MANAGE) compilemessages --ignore var --ignore .venv
