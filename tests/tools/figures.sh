# The measured figures: release build, printed as a table or, with --json, as one last line.

print_figures() {
  step "build the release profile" '^(warning|error)' \
    cargo build --locked --release -p companion-journeys --bin figures || return 1
  cargo run --locked --release -q -p companion-journeys --bin figures -- "${JSON[@]}"
}
