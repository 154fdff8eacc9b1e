# Plain progress: what is being done, how it ended, how long it took.
# A step's full output goes to a log of its own; the terminal shows the lines that carry results.

say() { printf '== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }

# Seconds with one digit, since $1 (an EPOCHREALTIME reading).
seconds_since() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 100000))
  printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# step NAME KEEP COMMAND...: runs the command with its output in a log.
# Lines matching the regular expression KEEP are shown as they come ('' shows none), and a sign of life every 20 s.
# A failing command's whole output is shown.
step() {
  local name=$1 keep=$2 log=$LOGS/${1//[^a-z0-9]/-}.log began=$EPOCHREALTIME status=0 shown
  shift 2
  say "$name"
  : >"$log"
  in_own_group "$@" >>"$log" 2>&1
  # Following the file, not a pipe: a process left behind holding the output cannot keep us waiting.
  tail -n +1 -s 0.2 -f --pid="$GROUP" "$log" 2>/dev/null | grep --line-buffered -E "${keep:-^$.}" &
  shown=$!
  sign_of_life "$name" "$log" "$began" &
  LIFE=$!
  wait "$GROUP" || status=$?
  { kill "$LIFE"; wait "$LIFE" $shown; } 2>/dev/null
  GROUP='' LIFE=''
  if [ $status -eq 0 ]; then
    note "ok: $name ($(seconds_since "$began"))"
  else
    printf -- '---- output of the failed step: %s\n' "$name"
    cat "$log"
    printf -- '---- end of output: %s\n' "$name"
    note "FAILED: $name, exit $status ($(seconds_since "$began"))"
    FAILED_STEPS+=("$name")
    reasons "$name" "$log"
  fi
  return $status
}

# Keeps what a failed step's log says in a few lines, for the end of the run: what fails far up is easily missed, and
# some keepers of logs show the end only.
reasons() {
  local line
  while IFS= read -r line; do REASONS+=("$1: ${line:0:220}"); done < <(
    grep -aE '^error(\[|:)|^test .*FAILED$|panicked at |<<< (ERROR|FAILURE)!$|^Caused by: |: error: ' "$2" | head -n 12
  )
}

# Starts a command as a process group of its own (GROUP), so that an interrupted run can end all of it.
in_own_group() {
  set -m
  "$@" </dev/null &
  GROUP=$!
  set +m
}

# Says every 20 s how far a step is. One that has said nothing for long hangs, and is ended with its last words: it would take
# the whole run with it.
sign_of_life() {
  local never last='' size silent=0 limit=1200
  [ "$LONG" = no ] || limit=7200
  # A pipe nobody writes to: waiting on it needs no child process that would outlive us.
  exec {never}<> <(:)
  while ! read -r -t 20 -u $never; do
    size=$(stat -c %s "$2")
    [ "$size" = "$last" ] && silent=$((silent + 20)) || silent=0
    last=$size
    note "... $1, $(seconds_since "$3"): $(tail -n 1 "$2" | cut -c 1-160)"
    [ $silent -lt $limit ] || {
      printf 'error: ended, nothing new for %d s after: %s\n' $silent "$(tail -n 1 "$2")" >>"$2"
      kill -- "-$GROUP"
      read -r -t 20 -u $never
      kill -KILL -- "-$GROUP" 2>/dev/null
      return
    }
  done
}
