# The measured figures: release build, printed as a table or, with --json, as one last line.

print_figures() {
  local also=()
  step "build the release profile" '^(warning|error)' cargo build --locked --release --lib --bins \
    -p companion -p companion-bindgen -p companion-sandbox -p companion-journeys || return 1
  # First the library as phones ship it: both languages are measured with it.
  if measure_sizes "$LOGS/sizes.json"; then also+=("$LOGS/sizes.json"); else note "not measured: the sizes"; fi
  # Whoever cannot have Java has the others.
  if measure_kotlin; then also+=("$LOGS/kotlin-figures.json"); else note "not measured: the figures of the Kotlin library"; fi
  if measure_swift; then also+=("$LOGS/left/swift/figures.json"); else note "not measured: the figure of the Swift package"; fi
  "$TARGET/release/figures" "${also[@]/#/--also=}" "${JSON[@]}"
}

# The Kotlin library on the core as phones ship it. From archives: Java keeps prepared the classes of those alone.
measure_kotlin() {
  local paths=$LOGS/kotlin-class-path archives=$LOGS/kotlin-archives
  need_tools mvn:maven javac:default-jdk-headless &&
    step "generate bindings" '^kotlin:' "$TARGET/release/companion-bindgen" &&
    step "compile the Kotlin library" '' in_kotlin_packages test-compile --projects ../bindings/kotlin \
      org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile="$paths" &&
    mkdir -p "$archives" && jar --create --file "$archives/library.jar" -C bindings/kotlin/target/classes . &&
    jar --create --file "$archives/figures.jar" -C bindings/kotlin/target/test-classes . &&
    start_sandbox release || return 1
  COMPANION_SANDBOX=$SANDBOX_READY step "measure the Kotlin library" ' takes ' java \
    -cp "$archives/figures.jar:$archives/library.jar:$(cat "$paths")" \
    -Djna.library.path="$TARGET/mobile" mobile.companion.figures.FiguresKt "$LOGS/kotlin-figures.json"
  local status=$?
  stop_sandbox
  return $status
}

# Compiled as for a phone, with the library as phones ship it.
measure_swift() {
  rm -rf "$LOGS/left/swift"
  need_tools bwrap:bubblewrap && need_swift_root &&
    step "generate bindings" '^swift:' "$TARGET/release/companion-bindgen" && start_sandbox release || return 1
  NATIVE=mobile COMPANION_FIGURES=yes step "measure the Swift package" ' takes ' test_swift_package -c release --scratch-path /scratch/figures \
    --filter FiguresTests
  local status=$?
  stop_sandbox
  [ $status -eq 0 ] && [ -s "$LOGS/left/swift/figures.json" ]
}
