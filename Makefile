# `make run` is all it takes on a fresh Debian or Ubuntu; `make help` lists the rest.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION)
LINT    := 2.15.0
GVISOR  := v0.0.0-20260905035102-160fafc42237
ARGS    :=
BOX     := native

# Sources in testdata and submissions are for compilers, as strangers wrote them.
GO_FILES = $$(git ls-files '*.go' ':!:*/testdata/*' ':!:problems/*/submissions/*')

export CGO_ENABLED ?= 0

# Tests that take programs of their own, or longer than a push may; see below.
APART := /internal/attack$$|/internal/sandbox/(oci|docker)$$

.PHONY: run build languages languages-test web test test-go test-web test-cgroup2 test-engines attack bench-box bench-judge lint lint-go deps deps-test clean help
.DEFAULT_GOAL := help

# Boxes are made of namespaces and control groups, which takes root.
run: build ## build if need be and serve at http://127.0.0.1:8080 (ARGS='--addr …')
	exec $$([ "$$(id -u)" = 0 ] || echo sudo) bin/deemster serve $(ARGS)

build: deps web ## the web app, and bin/deemster with it inside
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/deemster ./cmd/deemster

web: web/build/index.html ## the web app alone, into web/build

# What the web app is made of; its tests and what was built of it are left out.
WEB_SOURCES := $(shell find web/src web/static -type f 2>/dev/null) \
	$(wildcard web/*.json web/*.ts web/*.js)

web/build/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build
	@touch $@

# npm writes this file at the end of every installation.
web/node_modules/.package-lock.json: web/package-lock.json | deps
	cd web && npm ci --no-audit --no-fund
	@touch $@

test: deps-test build lint-go test-go test-web test-cgroup2 ## everything that has to pass

# The whole system is tested alone: what else runs would show in the times it measures.
test-go: deps-test web
	CGO_ENABLED=1 go test -race -timeout 15m $$(go list ./... | grep -vE '/e2e$$|$(APART)')
	go test -timeout 12m ./e2e

test-web: deps-test build
	cd web && npm run check
	cd web && ../scripts/with-server npm run e2e

test-cgroup2: deps ## the box's tests on cgroup v2, in an emulated machine (5 minutes)
	@scripts/install-deps cgroup2
	scripts/test-cgroup2

test-engines: deps bin/runsc ## the box's tests with runc, crun, gVisor and Docker
	@scripts/install-deps engines
	PATH=$(CURDIR)/bin:$$PATH go test -timeout 20m ./internal/sandbox/oci ./internal/sandbox/docker

bin/runsc:
	GOBIN=$(CURDIR)/bin go install -trimpath -ldflags '-s -w' gvisor.dev/gvisor/runsc@$(GVISOR)

languages: build ## install all languages (3 GB), or LANGUAGES='kotlin ruby'
	$$([ "$$(id -u)" = 0 ] || echo sudo) bin/deemster languages install --yes $(or $(LANGUAGES),--all)

languages-test: languages ## try and measure every language (10 minutes), or LANGUAGES='kotlin ruby'
	go run ./internal/bench/languages -all $(LANGUAGES)

attack: deps-test ## hostile programs against the box (BOX=oci:crun; ARGS='-run TestHostile/a01')
	DEEMSTER_BOX=$(BOX) go test -timeout 30m ./internal/attack -v $(ARGS)

bench-box: deps ## the box measured against bare posix_spawn (5 minutes; on an idle machine)
	go run ./internal/bench/box

bench-judge: deps ## from submission to verdict against the same work by hand (3 minutes; on an idle machine)
	go run ./internal/bench/judge

lint-go:
	@test -z "$$(gofmt -l $(GO_FILES))" || { echo 'not formatted (gofmt -w):'; gofmt -l $(GO_FILES); exit 1; }
	go vet ./...

lint: bin/golangci-lint lint-go ## what the compiler does not find
	bin/golangci-lint run

bin/golangci-lint: Makefile
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT)

deps: ## install what building and judging take, with apt-get
	@scripts/install-deps run

deps-test:
	@scripts/install-deps test

clean: ## remove what was built
	rm -rf bin web/build web/.svelte-kit web/node_modules
	git checkout -q -- web/build

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)$$/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22
