# The Kotlin library, the Android screens and their desktop window: compiled and tested on the JVM with Maven.

# Roboto, so that pictures of the screens show the same letters on every machine; and what drawing them links to.
FONTS=/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF

test_kotlin() {
  local failed=0
  lint_kotlin || failed=1
  need_tools Xvfb:xvfb && need_window && need_bindings && start_sandbox && start_display || return 1
  # Compiled anew in every run anyway; what a deleted file was compiled to would stay, and a deleted test run on.
  rm -rf {bindings/kotlin,android/*}/target/{classes,test-classes,kotlin-ic}
  begin_scenes kotlin
  DISPLAY=$X_DISPLAY step "kotlin tests" 'Tests run:' test_kotlin_packages "-Daccept=$ACCEPT" || failed=1
  stop_display
  stop_sandbox
  return $failed
}

test_kotlin_packages() {
  COMPANION_SANDBOX=$SANDBOX_READY COMPANION_LEFT=$LOGS/left/kotlin in_kotlin_packages test "$@"
}

need_drawing() {
  local library missing=()
  [ -e "$FONTS/Roboto-Regular.ttf" ] || missing+=(fonts-roboto-unhinted)
  for library in libGL.so.1:libgl1 libX11.so.6:libx11-6 libfontconfig.so.1:libfontconfig1; do
    /sbin/ldconfig -p | grep -qF "${library%%:*}" || missing+=("${library##*:}")
  done
  [ ${#missing[@]} -eq 0 ] || step "install Debian packages: ${missing[*]}" '' apt_install "${missing[@]}"
}

# Artefacts are kept in the cache. Once a build of these very pom.xml files has come as far as $1, Maven stays offline.
# No compiler daemon: it would outlive the run, and saves nothing when nothing changed.
in_kotlin_packages() {
  local stamp offline=()
  stamp=$CACHE/maven/.complete-$1-$(cat bindings/kotlin/pom.xml android/pom.xml android/*/pom.xml | sha256sum | cut -c 1-12)
  [ ! -e "$stamp" ] || offline=(-o)
  mvn -B -ntp -Dstyle.color=never -f android "${offline[@]}" -Dmaven.repo.local="$CACHE/maven" \
    -Dkotlin.compiler.daemon=false -Dnative.dir="$TARGET/debug" -Dfonts.dir="$FONTS" "$@" && touch "$stamp"
}
