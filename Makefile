# From a fresh machine: `make demo` shows an incident, `make test` tests the lab. Both do all set-up themselves.
.DELETE_ON_ERROR:
.PHONY: help setup demo lab test nightly check hermetic smoke test-tools bench down

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: setup ## bring up a cluster, run http2-hot-pod with the fix and what does not help, show the verdicts and where the report is
	npx lab run http2-hot-pod --quick --arm l7-proxy,more-replicas

lab: setup ## the article's incidents on a cluster made for it, in quick mode; ends with the verdicts and the report
	npx lab run --suite article --quick

test: check setup test-tools ## for every change, 12 minutes: types, lint, hermetic tests, and on a real cluster a kill, a Ctrl-C, and incidents with a fix each
	npm run --silent test

check: node_modules/.installed ## types, lint, formatting, import arrows, dead code
	npm run --silent check

hermetic: node_modules/.installed test-tools ## the tests that need no cluster
	npm run --silent test:hermetic

smoke: setup test-tools ## the part of `make test` that needs a real cluster
	npm run --silent test:interruption
	npm run --silent test:smoke

nightly: setup test-tools ## every night and before a release: all other tests, one tier after the other; TIERS="cluster online" plays these; adds a row for each tier to docs/nightly.md
	npm run --silent nightly -- $(TIERS)

bench: setup ## what the generator and the probes are worth and cost: writes docs/benchmarks.md (6 minutes, a quiet machine)
	@command -v h2load >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends nghttp2-client >/dev/null
	npm run --silent bench >reports/runs/benchmarks.md
	mv reports/runs/benchmarks.md docs/benchmarks.md

setup: node_modules/.installed ## install what is missing: npm packages, and on Debian as root its packages
	@npx lab setup

# The tests look at the report in a real browser, and pull from a real registry. Where one is not there and cannot be installed, they say so and
# leave that out. Run level 1: a package starts no service.
test-tools:
	@if { [ -z "$$CHROMIUM_PATH" ] && [ ! -e /usr/bin/chromium-headless-shell ] && [ ! -e /usr/bin/chromium ]; } || [ ! -e /usr/bin/docker-registry ]; then \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1; \
	install() { apt-get -qq install --yes --no-install-recommends "$$@" >/dev/null; }; \
	apt-get -qq update && { install chromium-headless-shell docker-registry || install chromium docker-registry; }; fi; fi

node_modules/.installed: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

down: node_modules/.installed ## remove the cluster and stop the Docker engine the lab started
	npx lab down --engine
