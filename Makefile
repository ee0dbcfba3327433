# Every recipe is POSIX sh for GNU make 3.81 or newer, and every path is relative: folders may have spaces.
# `make PYTHON=python3.13` makes the environment with another Python, after `make clean`.

PYTHON ?= python3
ARGS ?=
BASE_URL ?=

RUN := .venv/bin/python
# `$(call INSTALL,PYTHON)`. Wheels only: nothing is compiled, and nothing but what the locks name is fetched or run.
INSTALL = [ -t 1 ] && bar=on || bar=off; \
	$(1) -m pip install --disable-pip-version-check --progress-bar $$bar --only-binary :all: --require-hashes
# What a lock says of how it is compiled is read by Dependabot, which looks for these three options.
COMPILE = $(RUN) -m uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --no-build \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock (--universal --python-version 3.11 --no-strip-extras)' $(ARGS)

# `$(call VERB,NAME OPTIONS,END)` runs a verb of the engine, and shows what it says. It fails where the verb fails, and
# also where its last line is not as END, patterns of the shell: what has not said what it did has done nothing.
VERB = @{ $(RUN) -m press $(1); echo "exit status of press: $$?"; } | { last=; status=1; \
	while IFS= read -r line; do case $$line in \
		'exit status of press: '*) status=$${line\#exit status of press: } ;; \
		*) last=$$line; printf '%s\n' "$$line" ;; \
	esac; done; \
	[ "$$status" = 0 ] || exit "$$status"; \
	case $$last in $(2)) ;; *) echo 'press has not said what it did: look at press/__main__.py' >&2; exit 1 ;; esac; }

SPREAD = --numprocesses auto --dist loadfile --no-loadscope-reorder
ENGINE_TESTS = $(RUN) -m pytest $(SPREAD) $(ARGS) tests/engine
STORY_TESTS = $(if $(wildcard tests/story),$(RUN) -m pytest $(SPREAD) $(ARGS) tests/story,@echo 'There is no folder tests/story: nothing is tested')

PORT ?= 5500

.PHONY: site preview test test-story test-engine test-long coverage check import propose fix read diff edition explain describe lint bench mutate links audit lock clean help FORCE
.NOTPARALLEL:

site: .venv/runtime.stamp ## build the site into site/; BASE_URL=https://example.org/story sets its address
	$(call VERB,build $(if $(BASE_URL),--base-url '$(BASE_URL)') $(ARGS),'site/: '*)

test: .venv/dev.stamp ## run the tests, in a browser too; ARGS="-k words" runs some
	@$(RUN) tools/browser.py
	@echo 'Running the tests ...'
	$(if $(ARGS),$(RUN) -m pytest $(ARGS),$(ENGINE_TESTS))
	$(if $(ARGS),,$(STORY_TESTS))

test-story: .venv/dev.stamp ## run the tests of this story alone
	@$(RUN) tools/browser.py
	$(STORY_TESTS)

test-engine: .venv/dev.stamp ## run the tests of the engine alone
	@$(RUN) tools/browser.py
	$(ENGINE_TESTS)

coverage: .venv/dev.stamp ## run the tests of the engine and name the lines that none runs; counting takes as long as testing
	@$(RUN) tools/browser.py
	$(RUN) -m pytest --cov $(SPREAD) tests/engine

test-long: .venv/dev.stamp ## run the slow tests: every page and every chart of each kind
	@$(RUN) tools/browser.py
	@echo 'Running the long tests ...'
	$(RUN) -m pytest -m long $(SPREAD) $(ARGS)

preview: .venv/runtime.stamp ## serve the site on this computer and rebuild it at every save; PORT=5500, BASE_URL as for site
	$(RUN) -m press preview --port '$(PORT)' $(if $(BASE_URL),--base-url '$(BASE_URL)') $(ARGS)

check: .venv/runtime.stamp ## report all problems and do not write site/; ARGS=--strict refuses what nobody has read
	$(call VERB,check $(ARGS),'Checked in '*)

read: .venv/runtime.stamp ## show what nobody has read beside its data, and approve it; ARGS=--list only lists it
	@$(RUN) -m press read $(ARGS)

lint: .venv/dev.stamp ## check the style and the types of the Python files
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

import: .venv/runtime.stamp ## fetch the figures that publishers have printed since, and merge them; ARGS=--dry-run only says what is new
	@$(RUN) -m press import $(ARGS)

propose: .venv/runtime.stamp ## let new figures into a copy, and send them as a pull request; ARGS=--dry-run only shows it
	@$(RUN) -m tools.propose $(ARGS)

fix: .venv/runtime.stamp ## rewrite stale numbers in the texts; ARGS=--dry-run only lists them
	$(call VERB,fix $(ARGS),*' written in '*|'Nothing to fix'*)

diff: .venv/runtime.stamp ## say what has changed since the last commit; ARGS=v1 since another revision
	$(call VERB,diff $(ARGS),'Compared with '*|*' a change of '*|*' a correction of '*)

edition: .venv/runtime.stamp ## keep the story of the last commit as a version that stays: NAME=2026-11; ARGS=--dry-run says what it weighs
	$(call VERB,edition $(if $(NAME),'$(NAME)') $(ARGS),'Edition '*)

explain: .venv/runtime.stamp ## print what a fact rests on and where it is used: FACT=total/2023; without it, list all facts
	$(call VERB,explain $(if $(FACT),'$(FACT)'),'Explained '*|*' listed')

describe: .venv/runtime.stamp ## draft the alternative text and the summary of a chart: CHART=race_to_200bn
	$(call VERB,describe '$(CHART)','Drafted '*)

bench: .venv/dev.stamp .venv-bench/bench.stamp ## measure builds, saves and pages in five minutes, 1 where a must is missed; ARGS=framework, memory or growth alone: longer
	@$(RUN) -m tools.bench $(ARGS)

mutate: .venv/runtime.stamp ## change the words and the target of each link, and print what the checker did not notice
	@$(RUN) -m tools.mutate

links: .venv/runtime.stamp ## ask each address that sources and pages name whether it is still there: minutes
	@$(RUN) -m tools.links

audit: site .cache/audit/stamp ## check the site with an HTML validator and Lighthouse: ten minutes; needs Node 20, Java and Chrome
	@.cache/audit/node_modules/.bin/vnu --skip-non-html --filterfile tools/audit/vnu.txt site
	@cd .cache/audit && for form in '' --settings.preset=desktop; do \
		node_modules/.bin/lhci collect --config ../../tools/audit/lighthouse.json $$form && \
		node_modules/.bin/lhci assert --config ../../tools/audit/lighthouse.json || exit 1; \
	done

lock: .venv/dev.stamp ## write the lock files from press/pyproject.toml and the .in files; ARGS=--upgrade takes the newest versions
	@echo 'Choosing versions for press/requirements.txt, requirements-dev.txt and requirements-bench.txt ...'
	@$(COMPILE) --output-file press/requirements.txt --extra install press/pyproject.toml
	@$(COMPILE) --output-file requirements-dev.txt requirements-dev.in
	@$(COMPILE) --output-file requirements-bench.txt requirements-bench.in

clean: ## remove everything that make has made
	rm -rf .venv .venv-bench site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

# A stamp is written when all is installed, so that an interrupted set-up is done again.
.venv/runtime.stamp: press/requirements.txt
	@[ ! -L .venv ] || { echo '.venv is a link, and setting it up would empty the folder that it leads to: remove it' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Python 3.11 or newer is needed, and $(PYTHON) is older or not there: name one: make PYTHON=python3.13' >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) lacks its venv module: install it (on Debian and Ubuntu: apt install python3-venv)' >&2; exit 1; }
	@echo 'Setting up .venv with the packages that build the site: once, about a minute ...'
	@'$(PYTHON)' -m venv --clear .venv || { rm -rf .venv; exit 1; }
	@$(call INSTALL,$(RUN)) -r press/requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/runtime.stamp
	@echo 'Adding the packages that test the project: once, about a minute ...'
	@$(call INSTALL,$(RUN)) -r requirements-dev.txt
	@touch $@

# Pelican, beside which the bench builds plain pages, in an environment of its own: nothing else needs it.
.venv-bench/bench.stamp: requirements-bench.txt .venv/runtime.stamp
	@echo 'Setting up .venv-bench with Pelican, which the bench measures beside: once ...'
	@$(RUN) -m venv --clear .venv-bench || { rm -rf .venv-bench; exit 1; }
	@$(call INSTALL,.venv-bench/bin/python) -r requirements-bench.txt
	@touch $@

# What npm fetches is held to the hashes of its lock, and runs no script of its own when it is installed.
.cache/audit/stamp: tools/audit/package.json tools/audit/package-lock.json
	@mkdir -p .cache/audit
	@cp tools/audit/package.json tools/audit/package-lock.json .cache/audit
	@cd .cache/audit && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# Where the Python that .venv was made with has gone, it is made anew.
ifeq ($(realpath $(RUN)),)
.venv/runtime.stamp: FORCE
endif
