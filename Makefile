# Everything starts from a machine with Python 3.11 and make. `make help` lists what there is.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# images for containers often forbid Python to keep what it has parsed: each of our processes would take 2.7 s more to start
export PYTHONDONTWRITEBYTECODE :=

# named after what decides which clips it holds: a folder of an older version's takes no others
DEMO   := out/demo-$(shell cat Makefile generator/values.py generator/recipes/*.toml generator/sampling/*.py | cksum | cut -d' ' -f1)

.PHONY: help demo test check-all lint format golden prepare clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: prepare  ## render four clips of waving with Blender, verify them, make a contact sheet
	$(BIN)/synapt render --action waving --n 4 --with camera.azimuth_rad=-0.9..0.9 --seed 1138 --out $(DEMO)
	$(BIN)/synapt verify $(DEMO)
	@$(BIN)/synapt preview $(DEMO)

# one thread each: two processes that compute with two threads on two cores wait for each other
ALONE := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

test: prepare  ## run the tests (without the slow ones)
	$(ALONE) $(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not slow"

check-all: lint prepare  ## lint, and all tests
	$(BIN)/python -m pip install --quiet --editable '.[check]'
	$(ALONE) $(BIN)/python -m pytest -q -n 2 --dist loadfile

# mypy does not see editable installs, so it looks at the package through a link named like it; what it found out last time
# lies beside the link, which therefore stays
lint: $(STAMP)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@mkdir -p $(VENV)/mypy && ln -sfn "$(CURDIR)" $(VENV)/mypy/synapt
	@cd $(VENV)/mypy && MYPYPATH=. "$(CURDIR)/$(BIN)/mypy" --config-file "$(CURDIR)/pyproject.toml" --cache-dir .cache \
	  -p synapt.generator -p synapt.training -p synapt.assets_manifest -m synapt.cli

format: $(STAMP)  ## let ruff put the sources in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: prepare  ## keep the labels of today as the golden ones, when SPEC_VERSION was raised
	cd tests && ../$(BIN)/python golden.py

prepare: $(STAMP)  ## install, bake the body, compile
	$(BIN)/synapt prepare

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "Python 3.11 is needed (bpy 4.5 is built for it): make PYTHON=/path/to/python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "venv is missing; on Debian or Ubuntu: apt-get install python3.11-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --editable '.[dev]' || \
	  { echo "pip failed, as it says above. About 8 GB of disk are needed; $$(df -Ph . | awk 'NR==2 {print $$4}') are free."; exit 2; }
	@touch $@

clean:  ## remove the environment and what was rendered
	rm -rf $(VENV) out build dist *.egg-info
