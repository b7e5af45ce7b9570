# Samspel. `make run` starts it, `make test` tries it; the rest is in `make help`.

PYTHON ?= $(firstword $(shell command -v python3.11) python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := SAMSPEL_DEMO=1 $(BIN)/python manage.py
CATALOGS := $(wildcard locale/*/LC_MESSAGES/django.po)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help machine run test lint lock messages bench screenshots clean chromium

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: machine $(VENV)/installed $(CATALOGS:.po=.mo) | .env ## Serve the demo municipality (PORT=8000)
	@SAMSPEL_DEMO=1 $(if $(filter-out 8000,$(PORT)),SITE_URL=http://127.0.0.1:$(PORT) )exec $(BIN)/python manage.py serve --port $(PORT)

test: $(VENV)/installed-dev $(CATALOGS:.po=.mo) chromium ## Run every test: unit, journey, browser
	$(BIN)/python -m pytest -n 2 -m "not browser"
	$(BIN)/python -m pytest -m browser

lint: $(VENV)/installed-dev $(CATALOGS:.po=.mo) ## Read the code for faults
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z 'templates/*.html' '*/templates/*.html' | xargs -0r $(BIN)/djade --check --target-version 5.2
	$(MANAGE) makemigrations --check --dry-run
	SAMSPEL_DEMO=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=samspel.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python scripts/translations.py check

lock: machine ## Pin requirements*.in anew, with hashes
	$(PYTHON) -m venv var/lock
	var/lock/bin/pip install --quiet pip-tools
	for name in requirements requirements-dev; do \
		CUSTOM_COMPILE_COMMAND="make lock" var/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
			--no-header --no-emit-index-url --no-emit-trusted-host --output-file $$name.txt $$name.in || exit 1; \
	done

messages: $(VENV)/installed ## Collect the strings of the code into locale/
	$(BIN)/python scripts/translations.py update

bench: $(VENV)/installed $(CATALOGS:.po=.mo) ## Measure the pages on the full demo data
	DJANGO_SETTINGS_MODULE=bench.settings $(BIN)/python manage.py bench

screenshots: $(VENV)/installed-dev $(CATALOGS:.po=.mo) chromium ## Take the pictures of docs/img/ anew
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
