# What Swift and Kotlin tests share: the core as a library, its generated bindings, and a running sandbox operator.

# The bindings are generated in every run and never committed: a file that is not kept cannot be out of date. What
# guards the API's surface is the listing of it that a Rust test compares.
need_bindings() {
  [ -z "${BINDINGS_READY:-}" ] || return 0
  build_rust && step "generate bindings" '^(swift|kotlin):' "$TARGET/debug/companion-bindgen" || return 1
  BINDINGS_READY=yes
}

# Starts the sandbox operator, of the debug build or the one named, on ports of its own choosing; SANDBOX_READY is the file
# that says which.
start_sandbox() {
  SANDBOX_DIR=$(mktemp -d) || return 1
  SANDBOX_READY=$SANDBOX_DIR/ready.json
  "$TARGET/${1:-debug}/companion-sandbox" --ready-file "$SANDBOX_READY" >"$LOGS/sandbox.log" 2>&1 </dev/null &
  SANDBOX_PID=$!
  local tries=0
  until [ -s "$SANDBOX_READY" ]; do
    if ! kill -0 "$SANDBOX_PID" 2>/dev/null || [ $((tries += 1)) -gt 150 ]; then
      note "FAILED: the sandbox operator did not start"
      cat "$LOGS/sandbox.log"
      FAILED_STEPS+=("sandbox")
      return 1
    fi
    sleep 0.1
  done
}

stop_sandbox() {
  [ -n "$SANDBOX_PID" ] || return 0
  { kill "$SANDBOX_PID"; wait "$SANDBOX_PID"; } 2>/dev/null
  rm -rf "$SANDBOX_DIR"
  SANDBOX_PID=''
}
