# Runs the parts one after the other, keeps their verdicts and, whatever happens, leaves no process behind.

GROUP='' LIFE='' SANDBOX_PID='' X_PID=''
SUMMARY=() FAILED_PARTS=() FAILED_STEPS=() REASONS=()

# A failing part does not stop the others: one run tells everything that is wrong.
run_part() {
  local part=$1 began=$EPOCHREALTIME verdict=ok failed
  FAILED_STEPS=()
  "test_$part" || {
    verdict=FAILED
    FAILED_PARTS+=("$part")
  }
  failed=$(IFS=, && echo "${FAILED_STEPS[*]}")
  SUMMARY+=("$(printf '%-8s %-7s %9s  %s' "$part" "$verdict" "$(seconds_since "$began")" "${failed//,/, }")")
  say "$part: $verdict ($(seconds_since "$began"))"
}

# What a whole run from a clean clone fills, downloads and all, with room to spare. Tools that run out of it fail in words of
# their own, far from the reason.
NEEDED_GB=20

note_free_disk() {
  local free
  free=$(($(df --output=avail -B 1000000000 "$LOGS" | tail -n 1)))
  [ "$free" -ge $NEEDED_GB ] || {
    note "$free GB of disk are free; a run from a clean clone may need $NEEDED_GB"
    REASONS+=("little disk: $free GB were free at the start, a run from a clean clone may need $NEEDED_GB")
  }
}

summary() {
  say "summary"
  printf '   %s\n' "${SUMMARY[@]}"
  [ ${#FAILED_PARTS[@]} -eq 0 ] || [ ${#REASONS[@]} -eq 0 ] || printf '   %s\n' "why:" "${REASONS[@]}"
  note "all in $(seconds_since "$1"); logs in $LOGS"
  [ ${#FAILED_PARTS[@]} -eq 0 ]
}

clean_up() {
  [ -z "$LIFE" ] || kill "$LIFE" 2>/dev/null
  [ -z "$GROUP" ] || kill -- "-$GROUP" 2>/dev/null
  stop_sandbox
  stop_display
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
