# 乡音 Xiangyin. Every target does its own set-up in .venv; nothing else on the machine is touched.
SHELL := /bin/sh
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
LOCKED := uv.lock pyproject.toml
# A third of a test's time it waits: one runner more than there are cores. Whole files in their own order, for the last
# then are the shortest.
RUNNERS = $$(($$(nproc) + 1))
# Where a machine says that nothing compiled is kept, each of the many processes of a run compiles all of ours anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check audit bench prove

help: ## say what each target does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 8

run: $(VENV)/.demo ## start everything on this machine; STORY=1 plays one case from call to rating and ends
	@$(BIN)/xiangyin run $(if $(STORY),--story)

test: $(VENV)/.test ## run every test
	@sh tools/browser.sh
	@$(BIN)/pytest -n $(RUNNERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.check ## lint, types, import contracts, spelling, forgotten secrets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell
	git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --no-verify --exclude-secrets '^wrong$$'

audit: $(VENV)/.audit ## before a release: ask of every locked package whether a hole in it is known
	@mkdir -p var && $(BIN)/uv export --quiet --locked --all-extras --no-emit-project --output-file var/audit.txt
	@$(BIN)/python tools/audit.py $(BIN)/pip-audit var/audit.txt

bench: $(VENV)/.test ## measure, print a table, write var/bench.json
	@$(BIN)/python -m tests.bench

prove: $(VENV)/.test ## the long proofs, one JSON line each; PROOF=calls for one of them
	@$(BIN)/python -m tests.prove $(PROOF)

# One environment, filled as far as a target needs: the stamp of each is older than the lock when it must be filled again.
$(VENV)/.demo: $(VENV)/.uv $(LOCKED)
	@$(call fill,--extra demo)
$(VENV)/.test: $(VENV)/.uv $(LOCKED)
	@$(call fill,--extra demo --extra test)
$(VENV)/.check: $(VENV)/.uv $(LOCKED)
	@$(call fill,--extra demo --extra test --extra check)
$(VENV)/.audit: $(VENV)/.uv $(LOCKED)
	@$(call fill,--extra demo --extra audit)

fill = echo "· 装好所需的软件包（只装在 $(VENV)/ 里）……" && \
	UV_COMPILE_BYTECODE=1 UV_HTTP_TIMEOUT=120 $(BIN)/uv sync --quiet --locked --inexact --no-progress $(1) && touch $@

$(VENV)/.uv: tools/python.sh
	@python="$$(sh tools/python.sh)" && echo "· 用 $$python 建 $(VENV)/……" && "$$python" -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)" && touch $@
