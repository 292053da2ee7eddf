# make run and make test do all the set-up; what the machine lacks is named.

GO ?= go
ASSETS := charts/assets/node_modules/.package-lock.json

.PHONY: run test build lint bench accuracy golden notices tools clean

run: build
	bin/workreport run --year 2021

test: notices lint
	$(GO) test ./...

build: notices
	$(GO) build -trimpath -o bin/workreport ./cmd/workreport

lint: notices
	@unformatted=$$(gofmt -l cmd pipeline queries charts data | grep -v node_modules); \
	if [ -n "$$unformatted" ]; then echo "not formatted (gofmt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# Ratios measured in one run; nothing here can fail for being slow. Takes some
# fifteen minutes and 30 GB of disk (BENCH_SCALE=2000 a tenth of it).
bench: notices
	$(GO) test -run '^$$' -bench . -benchtime 1x -timeout 1h ./...

# Precision and recall of finding and classifying numbers, with every miss, on
# labelled texts; make accuracy TEXTS=folder for texts of your own.
accuracy: $(ASSETS)
	TEXTS="$(if $(TEXTS),$(abspath $(TEXTS)))" $(GO) test -count 1 -v -run '^TestAccuracy$$' ./pipeline/draft

# Rewrites what the tests compare with; look at the change before committing it.
golden: notices
	UPDATE=1 $(GO) test ./...

# ECharts, resvg and the font, by lock file, into an ignored folder.
$(ASSETS): charts/assets/package-lock.json charts/assets/package.json | tools
	cd charts/assets && npm ci --ignore-scripts --no-audit --no-fund
	@touch $(ASSETS)

# What the program contains of others, with their licences, from their packages.
notices: $(ASSETS)
	$(GO) run ./cmd/notices -o cmd/workreport/notices.txt

tools:
	@missing=""; \
	command -v $(GO) >/dev/null || missing="$$missing\n  Go 1.26: https://go.dev/dl"; \
	command -v gcc >/dev/null || missing="$$missing\n  gcc: apt-get install gcc libc6-dev"; \
	command -v g++ >/dev/null || missing="$$missing\n  g++ (DuckDB links the C++ library): apt-get install g++"; \
	command -v git >/dev/null || missing="$$missing\n  git: apt-get install git"; \
	command -v npm >/dev/null || missing="$$missing\n  Node.js 20 and npm: apt-get install nodejs npm"; \
	if [ -n "$$missing" ]; then printf "missing on this machine:$$missing\n"; exit 1; fi

clean:
	rm -rf bin out charts/assets/node_modules cmd/workreport/notices.txt
