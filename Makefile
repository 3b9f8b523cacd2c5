# People and CI run the same targets. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo chat test check simulate model-test train benchmark evaluate replay review dead-letters probe lock widget screenshot clean

PY := .venv/bin/python
RASA := .venv-rasa/bin/python
ENVIRONMENTS := @python3 -m scripts.environments
SPREAD = -n $(or $(PROCESSES),2)
export RASA_TELEMETRY_ENABLED := false

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Start everything and print the shop's address (GATEWAY_PORT, SANDBOX_PORT, REDIS_URL)
	@python3 -m scripts.demo.ports
	$(ENVIRONMENTS) runtime rasa
	@exec $(PY) -m scripts.demo

chat: ## Talk to the assistant in this terminal (CUSTOMER=c-1001: as one who signed in)
	$(ENVIRONMENTS) runtime rasa
	@exec $(PY) -m scripts.chat --customer "$(CUSTOMER)"

test: ## Run every test: ours, inside Rasa's environment, conversations, the browser (PROCESSES=2)
	$(ENVIRONMENTS) runtime dev rasa rasa-test
	$(RASA) -m rasa_runtime.train
	$(RASA) -m rasa test core --stories tests/conversations --fail-on-prediction-errors --no-plot --out reports/conversations
	$(RASA) -m pytest -c rasa_runtime/pytest.ini --rootdir . tests/rasa_runtime $(SPREAD) --dist loadfile
	$(PY) -m pytest --ignore tests/rasa_runtime -m "not alone" $(SPREAD) --dist loadgroup
	$(PY) -m pytest --ignore tests/rasa_runtime -m alone

check: ## Lint, types, import contracts, Rasa's data, the chat (where Node is)
	$(ENVIRONMENTS) runtime dev rasa
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/mypy --python-executable $(RASA) --package rasa_runtime
	.venv/bin/lint-imports
	$(PY) -m pytest tests/contract
	$(PY) -m scripts.widget check
	$(RASA) -m rasa data validate --fail-on-warnings

simulate: ## Let simulated customers talk to the whole system (CONVERSATIONS=500, SEED)
	$(ENVIRONMENTS) runtime dev rasa
	@$(PY) -m tests.simulation

model-test: ## Walk the handover through 200,000 steps in any order (STEPS, SEED)
	$(ENVIRONMENTS) runtime dev
	@$(PY) -m tests.model

train: ## Train the model if anything it is made of has changed
	$(ENVIRONMENTS) rasa
	$(RASA) -m rasa_runtime.train

evaluate: ## Measure the model on labelled messages (DATA=file.csv; RIVAL=1, RIVAL_EPOCHS: beside Rasa's default)
	$(ENVIRONMENTS) rasa
	@$(RASA) -m rasa_runtime.evaluation "$(DATA)" $(if $(RIVAL),--rival)

benchmark: ## Measure turns beside Rasa's default configuration (QUICK=1: a glance, RIVAL_EPOCHS)
	$(ENVIRONMENTS) runtime dev rasa
	$(if $(QUICK),$(RASA) -m rasa_runtime.train)
	$(PY) -m benchmarks

replay: ## Run stored conversations against today's assistant (REDIS_URL or FILE, MOST=200)
	$(ENVIRONMENTS) runtime rasa
	@$(PY) -m scripts.replay

review: ## Label the messages that were not understood (REDIS_URL; ARGS="--list", "--help" for more)
	$(ENVIRONMENTS) rasa
	@$(RASA) -m rasa_runtime.review $(ARGS)

dead-letters: ## List the messages that could not be sent (REDIS_URL; ARGS="resend <id>" or "resend all" sends them)
	$(ENVIRONMENTS) runtime
	@$(PY) -m worker.dead_letters $(or $(ARGS),list)

probe: ## Say what is wrong with the systems that are set up (SYSTEM=australia_post: with one, RECORD=file)
	$(ENVIRONMENTS) runtime
	@$(PY) -m scripts.probe $(SYSTEM) $(if $(RECORD),--record $(RECORD))

lock: export UV_CUSTOM_COMPILE_COMMAND := make lock
lock: COMPILE := $(or $(shell command -v uv),.demo/uv/bin/uv) pip compile --quiet --python-version 3.11 --generate-hashes
lock: ## Lock the requirement files anew, with hashes
	$(COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) requirements/runtime.in -o requirements/runtime.txt
	$(COMPILE) requirements/dev.in -o requirements/dev.txt
	$(COMPILE) --override rasa_runtime/overrides.txt rasa_runtime/requirements.in -o rasa_runtime/requirements.txt
	$(COMPILE) rasa_runtime/requirements-test.in -o rasa_runtime/requirements-test.txt

widget: ## Build the chat anew into web/widget/dist (needs Node)
	python3 -m scripts.widget build

screenshot: ## Take docs/images anew from the running product
	$(ENVIRONMENTS) runtime dev rasa
	$(PY) -m scripts.screenshot

clean: ## Remove what was made: environments, model, demo data, reports
	rm -rf web/widget/node_modules .venv .venv-rasa .demo .rasa models reports .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
