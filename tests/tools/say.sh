# Plain progress: what is being done, how it ended, how long it took.
# Full output goes to one log per step; the terminal shows the lines that carry results.

say() { printf '== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }

# Seconds with one digit, since $1 (an EPOCHREALTIME reading).
seconds_since() {
  local now=${EPOCHREALTIME/[.,]/} then=${1/[.,]/}
  local tenths=$(((now - then) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# run_logged NAME KEEP COMMAND...: runs the command, its output in $LOGS/NAME.log.
# Lines matching the regular expression KEEP are shown as they come ('' shows none), and a sign of life every 20 s.
# A failing command's whole output is shown.
run_logged() {
  local name=$1 keep=$2 log=$LOGS/$1.log began=$EPOCHREALTIME pid watcher life status=0
  shift 2
  say "$name"
  : >"$log"
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  # Following the file, not a pipe: a daemon left holding the output cannot keep us waiting.
  tail -n +1 -s 0.2 -f --pid=$pid "$log" 2>/dev/null | grep --line-buffered -E "${keep:-^$.}" &
  watcher=$!
  sign_of_life "$name" "$log" "$began" &
  life=$!
  wait $pid || status=$?
  end_process $life
  wait $watcher 2>/dev/null || true
  if [ $status -eq 0 ]; then
    note "ok: $name ($(seconds_since "$began"))"
  else
    printf -- '---- output of the failed step: %s\n' "$name"
    cat "$log"
    printf -- '---- end of output: %s\n' "$name"
    note "FAILED: $name, exit $status ($(seconds_since "$began"))"
  fi
  return $status
}

sign_of_life() {
  local never
  # A pipe nobody writes to: waiting on it needs no child process that would outlive us.
  exec {never}<> <(:)
  while ! read -r -t 20 -u $never; do
    note "... $1, $(seconds_since "$3"): $(tail -n 1 "$2" | cut -c 1-100)"
  done
}

# Ends one process we started and reaps it quietly.
end_process() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
