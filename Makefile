# Two commands are all a newcomer needs: `make demo` and `make test`.

SWIFT ?= swift
CONFIGURATION ?= release

.PHONY: help demo test test-tsan test-asan test-api build install uninstall docc examples setup lint format \
	bench-peers bench-runs bench-gateway bench-service soak train-decomposer docs clean

help: ## Say what the targets do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Install, build, and run the example: download, transform, draw, report; then with failures
	@Scripts/demo --program .build/$(CONFIGURATION)/skillweaver

test: ## Install, build and run every test
	@Scripts/setup runtime test mcp install
	$(SWIFT) build --build-tests
	@Scripts/run-tests
	@Scripts/test-skills

# A scratch folder each: their builds have nothing in common with the usual one.
test-tsan: ## Run every test under Thread Sanitizer
	@Scripts/test-sanitized thread $(if $(FILTER),--filter '$(FILTER)')

test-asan: ## Run every test under Address Sanitizer, with leaks
	@Scripts/test-sanitized address $(if $(FILTER),--filter '$(FILTER)')

PREFIX ?= /usr/local
install: build ## Install the program and all it needs into PREFIX (/usr/local), staged in DESTDIR
	@Scripts/setup install
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' PROGRAM='.build/$(CONFIGURATION)/skillweaver' Scripts/install

uninstall: ## Remove what was installed into PREFIX
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' Scripts/install --remove

build: setup ## Install what is missing and build the skillweaver command
	$(SWIFT) build --configuration $(CONFIGURATION) --product skillweaver

setup: ## Install what is missing (Debian packages, and wheels into .deps)
	@Scripts/setup runtime

LIBRARY ?= ../shared/data/library/mcp-servers-2026-05.jsonl
bench-peers: build ## Time indexing and retrieval beside sentence-transformers + faiss-cpu
	@Scripts/setup bench
	.deps/bench-python/bin/python Benchmarks/encoder_and_index.py --library $(LIBRARY)

bench-runs: build ## Time runs beside LangGraph, kill them five hundred times, and let their tools fail
	@Scripts/setup bench
	.deps/bench-python/bin/python Benchmarks/run_overhead.py
	python3 Benchmarks/run_kills.py
	.build/$(CONFIGURATION)/skillweaver bench recovery

bench-gateway: build ## Time tool calls through the gateway beside FastMCP's proxy and direct calls
	@Scripts/setup mcp
	.deps/mcp-python/bin/python Benchmarks/gateway_overhead.py --gateway .build/$(CONFIGURATION)/skillweaver

bench-service: build ## Count requests a second of the HTTP service beside FastAPI with the same model
	@Scripts/setup bench
	.deps/bench-python/bin/python Benchmarks/service_throughput.py --program .build/$(CONFIGURATION)/skillweaver

MINUTES ?= 10
soak: build ## Load the HTTP service for ten minutes (MINUTES=…), then connect a thousand followers
	python3 Benchmarks/service_soak.py --program .build/$(CONFIGURATION)/skillweaver --minutes $(MINUTES)

test-api: build ## Check the HTTP service against its description, then give it what no client should send
	@Scripts/setup api
	Scripts/fuzz-service --program .build/$(CONFIGURATION)/skillweaver
	python3 Benchmarks/service_abuse.py --program .build/$(CONFIGURATION)/skillweaver

DATA ?= ../shared/data
HEADS := Sources/TaskDecomposition/Heads/step-heads.model
OWN_REQUESTS := Tests/TaskDecompositionTests/Heads/OwnRequests
train-decomposer: build ## Train the local decomposer's model, and models that leave out what they are tested on
	@Scripts/setup train
	@mkdir -p .build/train
	.build/$(CONFIGURATION)/skillweaver bench features --data $(DATA) --lexicon-dropout 1 --out .build/train/full.jsonl
	.build/$(CONFIGURATION)/skillweaver bench features --data $(OWN_REQUESTS) --out .build/train/own.jsonl
	OMP_NUM_THREADS=1 .deps/train-python/bin/python Scripts/train_decomposer.py --features .build/train/full.jsonl \
		--out $(HEADS) --reference .build/train/own.jsonl --expected $(OWN_REQUESTS)/probabilities.json \
		--folds .build/train/folds
	@$(MAKE) --no-print-directory build

docc: ## Build the library's documentation into .build/docc, and compile its examples
	$(SWIFT) build --target SkillWeaver
	@Scripts/docc

examples: build ## Run the programs in Examples against a real service
	@Scripts/setup mcp
	@Scripts/test-examples --program '.build/$(CONFIGURATION)/skillweaver'

docs: build ## Write the command-line page again from --help
	@mkdir -p Docs
	.build/$(CONFIGURATION)/skillweaver help --markdown > Docs/cli.md

lint: ## Check formatting and forbidden constructs
	@Scripts/lint

format: ## Rewrite the sources in the house format
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

clean: ## Remove what was built; .deps stays
	rm -rf .build
