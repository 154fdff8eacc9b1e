# The Kotlin library: compiled and tested on the JVM with Maven.

test_kotlin() {
  local failed=0
  need_tools mvn:maven javac:default-jdk-headless && need_bindings && start_sandbox || return 1
  COMPANION_SANDBOX=$SANDBOX_READY step "kotlin tests" 'Tests run:' in_kotlin_package test || failed=1
  stop_sandbox
  return $failed
}

# Artefacts are kept in the cache. Once a build of this very pom.xml has passed, Maven stays offline.
# No compiler daemon: it would outlive the run, and saves nothing when nothing changed.
in_kotlin_package() {
  local stamp offline=()
  stamp=$CACHE/maven/.complete-$(sha256sum <bindings/kotlin/pom.xml | cut -c 1-12)
  [ ! -e "$stamp" ] || offline=(-o)
  mvn -B -ntp -Dstyle.color=never -f bindings/kotlin "${offline[@]}" -Dmaven.repo.local="$CACHE/maven" \
    -Dkotlin.compiler.daemon=false -Dnative.dir="$TARGET/debug" "$@" && touch "$stamp"
}
