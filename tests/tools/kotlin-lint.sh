# ktlint and detekt over all Kotlin of the project. Both are one jar each, kept in the cache.

KTLINT=com.pinterest.ktlint:ktlint-cli:1.7.1:jar:all
DETEKT=io.gitlab.arturbosch.detekt:detekt-cli:1.23.8:jar:all

lint_kotlin() {
  local failed=0
  need_tools mvn:maven javac:default-jdk-headless || return 1
  need_lint_jar "$KTLINT" && need_lint_jar "$DETEKT" || return 1
  step "ktlint" '\(standard:' run_ktlint || failed=1
  step "detekt" '\[[A-Z][A-Za-z]*\]$' run_detekt || failed=1
  return $failed
}

# Where Maven puts a jar of its local repository: group:name:version:jar:classifier.
lint_jar() {
  local group name version kind
  IFS=: read -r group name version _ kind <<<"$1"
  printf '%s/maven/%s/%s/%s/%s-%s-%s.jar' "$CACHE" "${group//.//}" "$name" "$version" "$name" "$version" "$kind"
}

need_lint_jar() {
  [ -s "$(lint_jar "$1")" ] || step "fetch ${1#*:}" '' mvn -B -ntp -Dstyle.color=never \
    -Dmaven.repo.local="$CACHE/maven" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get \
    -Dartifact="$1" -Dtransitive=false
}

# Generated and compiled files are in folders of other names.
run_ktlint() {
  java -jar "$(lint_jar "$KTLINT")" --relative 'bindings/kotlin/src/**/*.kt' 'android/*/src/**/*.kt' 'android/*/*.kts'
}

run_detekt() {
  local sources=(bindings/kotlin/src android/*/src)
  java -jar "$(lint_jar "$DETEKT")" --build-upon-default-config --config android/detekt.yml \
    --input "$(IFS=, && printf '%s' "${sources[*]}")"
}
