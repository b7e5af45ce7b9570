# Samspel. `make run` starts it, `make test` tries it; the rest is in `make help`.

PYTHON ?= $(firstword $(shell command -v python3.11) python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := SAMSPEL_DEMO=1 $(BIN)/python manage.py
ROOM = $(if $(NOTES),--notes $(NOTES)) $(if $(OFFLINE),--offline $(OFFLINE)) --workers $(or $(WORKERS),3)
WALL = $(if $(WATCHERS),--watchers $(WATCHERS)) $(if $(LASTING),--seconds $(LASTING)) $(if $(WORKERS),--workers $(WORKERS))
BURST = $(if $(PEOPLE),--people $(PEOPLE)) $(if $(WORKERS),--workers $(WORKERS))
BENCH_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/samspel_bench
CATALOGS := $(wildcard locale/*/LC_MESSAGES/django.po)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help machine run test lint lock messages bench bench-desk bench-groupwork bench-registration bench-seating bench-summary bench-trends bench-wall screenshots clean chromium

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: machine $(VENV)/installed $(CATALOGS:.po=.mo) | .env ## Serve the demo municipality (PORT=8000)
	@SAMSPEL_DEMO=1 $(if $(filter-out 8000,$(PORT)),SITE_URL=http://127.0.0.1:$(PORT) )exec $(BIN)/python manage.py serve --port $(PORT)

test: $(VENV)/installed-dev $(CATALOGS:.po=.mo) chromium ## Run every test: unit, journey, browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not browser"
	$(BIN)/python -m pytest -m browser

lint: $(VENV)/installed-dev $(CATALOGS:.po=.mo) ## Read the code for faults
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z 'templates/*.html' '*/templates/*.html' | xargs -0r $(BIN)/djade --check --target-version 5.2
	$(MANAGE) makemigrations --check --dry-run
	SAMSPEL_DEMO=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=samspel.example \
		NEEDS_KEYS=$$($(BIN)/python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python scripts/translations.py check

lock: machine ## Pin requirements*.in anew, with hashes
	$(PYTHON) -m venv var/lock
	var/lock/bin/pip install --quiet pip-tools
	for name in requirements requirements-pdf requirements-dev; do \
		CUSTOM_COMPILE_COMMAND="make lock" var/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
			--no-header --no-emit-index-url --no-emit-trusted-host --output-file $$name.txt $$name.in || exit 1; \
	done

messages: $(VENV)/installed ## Collect the strings of the code into locale/
	$(BIN)/python scripts/translations.py update

bench: $(VENV)/installed $(CATALOGS:.po=.mo) ## Measure the pages on the full demo data
	DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench
	SAMSPEL_VAR=var/bench-depth DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench_depth

bench-desk: $(VENV)/installed $(CATALOGS:.po=.mo) ## Save a text of 20,000 words, compare two, and take large pictures in
	SAMSPEL_VAR=var/bench-desk DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench_desk

# Its own home and its own database, beside everybody's. Short, on a busy machine: make bench-groupwork NOTES=20000 OFFLINE=10
bench-groupwork: $(VENV)/installed $(CATALOGS:.po=.mo) ## Write notes over a bad network, on both databases
	$(BIN)/python scripts/make_database.py $(BENCH_DATABASE_URL)
	export SAMSPEL_VAR=var/bench-room DJANGO_SETTINGS_MODULE=bench.settings; missed=0; \
	$(BIN)/python manage.py bench_groupwork $(ROOM) || missed=1; \
	DATABASE_URL=$(BENCH_DATABASE_URL) $(BIN)/python manage.py bench_groupwork $(ROOM) || missed=1; \
	exit $$missed

bench-registration: $(VENV)/installed $(CATALOGS:.po=.mo) ## Let 2,000 people answer at once, on both databases
	$(BIN)/python scripts/make_database.py $(BENCH_DATABASE_URL)_burst
	export SAMSPEL_VAR=var/bench-burst DJANGO_SETTINGS_MODULE=bench.settings; missed=0; \
	$(BIN)/python manage.py bench_registration $(BURST) || missed=1; \
	DATABASE_URL=$(BENCH_DATABASE_URL)_burst $(BIN)/python manage.py bench_registration $(BURST) || missed=1; \
	exit $$missed

bench-seating: $(VENV)/installed ## Mix 800 people at 100 tables, and press the button that does
	DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench_seating

bench-trends: $(VENV)/installed $(CATALOGS:.po=.mo) ## Count 20 forums with 100,000 notes anew, and show the trends
	DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench_trends

bench-wall: $(VENV)/installed $(CATALOGS:.po=.mo) ## Watch one wall on 7,500 screens (WATCHERS=, LASTING=)
	SAMSPEL_VAR=var/bench-room DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench_wall $(WALL)

bench-summary: $(VENV)/installed $(CATALOGS:.po=.mo) ## Draft the summary of 100 tables and 3,000 notes
	SAMSPEL_VAR=var/bench-room DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench_summary

screenshots: $(VENV)/installed-dev $(CATALOGS:.po=.mo) ## Take the pictures of docs/img/ anew
	@scripts/ensure_chromium.sh --swedish
	$(BIN)/python scripts/screenshots.py

clean: ## Remove what was made here; var/ with its data stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis test-results $(CATALOGS:.po=.mo)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

machine:
	@$(PYTHON) scripts/check_machine.py $(if $(filter run,$(MAKECMDGOALS)),$(PORT))

chromium:
	@scripts/ensure_chromium.sh

# So that `manage.py` by hand means the same home as `make run`. Never made where one is already.
.env:
	@printf '# Made by make run: this is the demo. In production, begin from .env.example instead.\nSAMSPEL_DEMO=1\n' > $@

$(BIN)/python:
	@$(PYTHON) scripts/check_machine.py
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(BIN)/python
	@echo "Installing what Samspel runs on ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po scripts/translations.py | $(VENV)/installed
	@$(BIN)/python scripts/translations.py compile
