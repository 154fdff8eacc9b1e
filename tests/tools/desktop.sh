# The app in a desktop window: what it is built of, and an X server for its test.

# What a window links to beside what drawing does; Java comes in a part without windows, too.
need_window() {
  local library missing=()
  need_tools mvn:maven javac:default-jdk-headless && need_drawing || return 1
  [ -e "$(java_home)/lib/libawt_xawt.so" ] || missing+=("openjdk-$(java_version)-jre")
  for library in libXtst.so.6:libxtst6 libXrender.so.1:libxrender1 libXi.so.6:libxi6; do
    /sbin/ldconfig -p | grep -qF "${library%%:*}" || missing+=("${library##*:}")
  done
  [ ${#missing[@]} -eq 0 ] || step "install Debian packages: ${missing[*]}" '' apt_install "${missing[@]}"
}

java_home() { java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p'; }
java_version() { java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'; }

# The library, the sandbox operator and the classes, and nothing that only tests need.
need_desktop() {
  step "build the core and the sandbox" '^(warning|error)' \
    cargo build --locked -p companion -p companion-sandbox -p companion-bindgen &&
    step "generate bindings" '' "$TARGET/debug/companion-bindgen" &&
    step "compile the screens" '' in_kotlin_packages process-classes --projects desktop --also-make
}

# Starts an X server that nobody sees, on a display of its own choosing, which X_DISPLAY names.
start_display() {
  local number=$LOGS/display tries=0
  : >"$number"
  Xvfb -displayfd 3 -screen 0 1024x900x24 -nolisten tcp 3>"$number" >"$LOGS/xvfb.log" 2>&1 </dev/null &
  X_PID=$!
  until [ -s "$number" ]; do
    if ! kill -0 "$X_PID" 2>/dev/null || [ $((tries += 1)) -gt 150 ]; then
      note "FAILED: no X server for the window"
      cat "$LOGS/xvfb.log"
      FAILED_STEPS+=("Xvfb")
      return 1
    fi
    sleep 0.1
  done
  X_DISPLAY=:$(cat "$number")
}

stop_display() {
  [ -n "$X_PID" ] || return 0
  { kill "$X_PID"; wait "$X_PID"; } 2>/dev/null
  X_PID=''
}
