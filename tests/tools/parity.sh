# Both phones, one truth: what Swift and Kotlin read in the same scenes is compared, string by string.
# The scenes are in tests/parity/scenes.json; the tests of both languages play them and write a file for each.

# Who has played in this run.
PLAYED=()

test_parity() {
  local failed=0
  [[ " ${PLAYED[*]} " == *" swift "* ]] || play_swift || failed=1
  [[ " ${PLAYED[*]} " == *" kotlin "* ]] || play_kotlin || failed=1
  step "compare what both phones read" '^[0-9]+ scenes' compare_parity || failed=1
  return $failed
}

play_swift() {
  need_tools bwrap:bubblewrap && need_swift_root && need_bindings && start_sandbox || return 1
  local failed=0
  begin_scenes swift
  step "play the scenes in Swift" '^(✘|.*error:)' test_swift_package --filter everySceneIsReadWhole || failed=1
  stop_sandbox
  return $failed
}

play_kotlin() {
  need_tools mvn:maven javac:default-jdk-headless && need_bindings && start_sandbox || return 1
  local failed=0
  rm -rf bindings/kotlin/target/test-classes
  begin_scenes kotlin
  step "play the scenes in Kotlin" 'Tests run:' test_kotlin_packages --projects ../bindings/kotlin -Dtest=ParityTest || failed=1
  stop_sandbox
  return $failed
}

# begin_scenes LANGUAGE: to be called before its tests, and not in a step, which is a process of its own. Makes an empty folder
# for its files, which say which library they came from.
begin_scenes() {
  rm -rf "$LOGS/left/$1" && mkdir -p "$LOGS/left/$1" && library_sum >"$LOGS/left/$1.library" && PLAYED+=("$1")
}

library_sum() { sha256sum <"$TARGET/debug/libcompanion.so"; }

compare_parity() {
  local folder=$LOGS/left language scene scenes=0 strings=0 same differ=0
  for language in swift kotlin; do
    # A library that was built in between would make a difference, or hide one.
    [ "$(cat "$folder/$language.library")" = "$(library_sum)" ] || { echo "error: $language played on another library"; return 1; }
  done
  diff <(ls "$folder/swift") <(ls "$folder/kotlin") >&2 || { echo "error: not the same scenes in Swift and in Kotlin"; return 1; }
  for scene in "$folder"/swift/*; do
    scenes=$((scenes + 1)) same=$(same_strings "${scene##*/}" "$scene" "$folder/kotlin/${scene##*/}") || differ=1
    printf '%s\n' "$same" | sed '$d'
    strings=$((strings + $(tail -n 1 <<<"$same")))
  done
  all_records_seen "$folder" || differ=1
  echo "$scenes scenes, $strings values the same"
  [ "$strings" -gt 10000 ] || { echo "error: hardly anything was read"; return 1; }
  return $differ
}

# same_strings SCENE SWIFT KOTLIN: prints each difference, and at the end how many values are the same.
same_strings() {
  awk -F '\t' -v scene="$1" -v rules="$CHECKOUT/tests/parity/left-out.tsv" '
    BEGIN { while ((getline rule < rules) > 0) if (rule !~ /^(#|$)/) { split(rule, part, "\t"); left_out[part[1]] } }
    function is_left_out(path, rule) { for (rule in left_out) if (path ~ rule) return 1; return 0 }
    function differs(path, swift, kotlin) {
      printf "error: %s: %s: Swift reads %s, Kotlin reads %s\n", scene, path, swift, kotlin
      different = 1
    }
    is_left_out($1) { next }
    NR == FNR { swift[$1] = $2; next }
    !($1 in swift) { differs($1, "nothing", $2); next }
    { if (swift[$1] == $2) same++; else differs($1, swift[$1], $2); delete swift[$1] }
    END { for (path in swift) differs(path, swift[path], "nothing"); print same + 0; exit different }
  ' "$2" "$3"
}

# Every record that the core gives is shown by some scene, so that no new one is forgotten.
all_records_seen() {
  local record seen missing=0
  seen=$(sed -n 's/^record \(.*\)\tseen$/\1/p' "$1"/swift/* | sort -u)
  while read -r record; do
    grep -qx "$record" <<<"$seen" || { echo "error: no scene shows a $record"; missing=1; }
  done < <(sed -n 's/^record //p' bindings/bindgen/tests/snapshots/*.snap | sed 's/^Text$/SpokenText/' | grep -vxF -f tests/parity/lent.txt)
  return $missing
}
