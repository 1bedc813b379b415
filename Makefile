# Targets document themselves: `make help`.
PYTHON ?= python3
BIN := .venv/bin
OUT := chainmap-workspace/lists
export UV_SYSTEM_CERTS := 1
# A command starts in half the time where Python may keep what it has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run serve test faults deep lint fix api client release-contract sample pictures catalogues verify-data bench check wheel wheelhouse

help: ## show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: .venv/.ready ## create .venv and install everything

.venv/.ready: pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chainmap needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (first time only) ..." >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check -U 'pip>=25.1' 2>/dev/null || true
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv 2>/dev/null || true
	@$(BIN)/uv pip install -q --python $(BIN)/python -e . --group dev -c .ci/constraints.txt 2>.venv/uv.log \
	  || $(BIN)/python -m pip install -q --disable-pip-version-check -e . --group dev -c .ci/constraints.txt 2>.venv/pip.log \
	  || { tail -n 15 .venv/uv.log .venv/pip.log >&2; \
	       echo "安装失败：检查软件源是否可达" >&2; \
	       echo "Installation failed: check that the package index can be reached" >&2; exit 1; }
	@touch $@

run: setup ## the main job on the bundled data: 绍兴's ranked targets for 集成电路
	@mkdir -p $(OUT)
	@$(BIN)/chainmap targets 绍兴 --chain 集成电路 --top 20
	@$(BIN)/chainmap targets 绍兴 --chain 集成电路 --top 100 --format xlsx --out $(OUT)/绍兴-集成电路-招商目标.xlsx
	@echo "启动接口服务：make serve    换城市或产业链：$(BIN)/chainmap targets 宁波 --chain 新材料"

serve: setup ## API and its reading page on loopback
	@$(BIN)/chainmap serve

# Two tests at a time, a thread each: more than cores only wait for each other (a third made two
# cores take a tenth longer). A file is run by one of them, so that what it sets up is set up once.
test: setup ## run the tests
	@POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# The suite does the same once or a few times; docs/threat-model.md tells what came of these.
faults: setup ## kills, swaps and made-up requests at full scale, half an hour
	@CHAINMAP_TEST_KILLS=20 CHAINMAP_TEST_SWAPS=5 CHAINMAP_TEST_EXAMPLES=50 CHAINMAP_TEST_FUZZ=10000 \
	  $(BIN)/python -m pytest $(addprefix tests/server/test_,kills.py hot_swap.py contract_kept.py fuzz.py)

deep: setup ## the properties the suite tries on 50 examples, on 500 others
	@POLARS_MAX_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile --hypothesis-profile=deep \
	  $$(grep -rl '^@given' tests)

lint: setup ## format, lint, types, floors, taxonomy
	@$(BIN)/ruff format --check -q chainmap tests
	@$(BIN)/ruff check -q chainmap tests
	@$(BIN)/mypy -n 2
	@$(BIN)/lint-imports
	@$(BIN)/chainmap review

fix: setup ## format and apply safe fixes
	@$(BIN)/ruff format -q chainmap tests
	@$(BIN)/ruff check -q --fix chainmap tests

api: setup ## rewrite api/openapi.json and taxonomy/schema/
	@$(BIN)/python -m chainmap.server.contract

client: setup ## rebuild api/client, the typed Python client, from api/openapi.json
	@test -x build/client-generator/bin/openapi-python-client || { \
	  $(PYTHON) -m venv build/client-generator && \
	  build/client-generator/bin/pip install -q --disable-pip-version-check openapi-python-client==0.29.1; }
	@$(BIN)/python -m chainmap.server.contract --client >build/client-contract.json
	@PATH="$(CURDIR)/$(BIN):$$PATH" build/client-generator/bin/openapi-python-client generate --overwrite \
	  --path build/client-contract.json --meta uv --config api/client/generator.yml --output-path build/client >build/client.log \
	  || { cat build/client.log >&2; exit 1; }
	@rm -rf api/client/chainmap_client && cp -r build/client/chainmap_client api/client/
	@find api/client -name __pycache__ -o -name .ruff_cache | xargs rm -rf
	@$(BIN)/python -c "import hashlib, pathlib; print(hashlib.sha256(pathlib.Path('api/openapi.json').read_bytes()).hexdigest())" >api/client/contract.sha256

release-contract: setup ## keep today's api/openapi.json as that of this version's release
	@$(BIN)/python -m chainmap.server.contract --release

sample: setup ## rewrite the sample in both READMEs
	@$(BIN)/python -m tests.readme_sample

pictures: setup ## redraw the pages and the Excel list shown in the documentation
	@$(BIN)/python -m tests.pictures

catalogues: setup ## rebuild the bundled draft catalogues
	@$(BIN)/chainmap catalogue bundle

verify-data: setup ## hold bundled facts to the real lists in ../shared, where they are at hand
	@$(BIN)/python -m tests.verify_data

bench: setup ## timings and ratios, measured now
	@$(BIN)/python -m tests.bench

wheel: setup ## build the wheel into dist/
	@$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist .

wheelhouse: setup ## dist/wheelhouse: one folder that installs with the network off
	@rm -rf dist/wheelhouse
	@$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w dist/wheelhouse .
	@$(BIN)/python -m pip download -q --disable-pip-version-check --only-binary=:all: -c .ci/constraints.txt -d dist/wheelhouse dist/wheelhouse/industry_chainmap-*.whl
	@cp docs/deploy/install.sh dist/wheelhouse/
	@cd dist/wheelhouse && sha256sum *.whl > SHA256SUMS
	@echo "dist/wheelhouse：复制到目标机器后运行 sh install.sh 目录"

check: lint test wheel ## everything that must pass before a commit
