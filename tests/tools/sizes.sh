# How large the library is that a phone loads, and of what: the whole product under the `mobile` profile, stripped.
# For x86-64 with this machine's Rust. For arm64 with that of the check for the phones' targets, linked for GNU/Linux, since no
# NDK and no Xcode is here: what Android's linker makes of the same objects differs by little.

ARM64=aarch64-unknown-linux-gnu
# As in android/app/native.sh: Android's loader reads them since API 30.
PACKED_RELOCATIONS=(-C link-arg=-Wl,-z,pack-relative-relocs)

# Writes the figures to the file named first.
measure_sizes() {
  local small=$TARGET/mobile/libcompanion.so figures=()
  need_tools nm:binutils &&
    step "build the library as phones ship it" '^(warning|error)' \
      cargo rustc --locked -p companion --profile mobile --lib --crate-type cdylib -- "${PACKED_RELOCATIONS[@]}" || return 1
  step "see what costs how much" ' kB ' tell_sizes "$small" || return 1
  figures+=("$(size_figure "the library, stripped, x86-64" 5.0 stripped "$small")")
  if need_tools bwrap:bubblewrap && need_mobile_root &&
    step "build it for arm64" '^(warning|error)' build_arm64; then
    figures+=("$(size_figure "the library, stripped, arm64 (linked for GNU/Linux)" 4.5 stripped_arm64)")
  else
    note "not measured: the library for arm64"
  fi
  figures+=("$(figure "functions that a phone can call" "$(called_functions "$small")" "" 120)")
  printf '[%s]\n' "$(IFS=, && printf '%s' "${figures[*]}")" >"$1"
}

build_arm64() {
  in_mobile_root cargo fetch --locked &&
    in_mobile_root env RUSTC_BOOTSTRAP=1 CC_aarch64_unknown_linux_gnu=aarch64-linux-gnu-gcc \
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
      cargo rustc --locked -Zbuild-std=std,panic_unwind -p companion --profile mobile --lib --crate-type cdylib \
      --target $ARM64 -- "${PACKED_RELOCATIONS[@]}"
}

# figure NAME VALUE UNIT GOAL: what is at most its goal.
figure() {
  awk -v name="$1" -v value="$2" -v unit="$3" -v goal="$4" 'BEGIN {
    printf "{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"goal\":%s,\"holds\":%s}", name, value, unit, goal,
      value <= goal ? "true" : "false"
  }'
}

# size_figure NAME GOAL COMMAND...: what the command leaves of a library, in millions of bytes.
size_figure() { figure "$1" "$("${@:3}" | awk '{ printf "%.3f", $1 / 1e6 }')" MB "$2"; }

stripped() {
  local stripped
  stripped=$(mktemp) && strip -o "$stripped" "$1" && wc -c <"$stripped"
  rm -f "$stripped"
}

stripped_arm64() {
  in_mobile_root env LC_ALL=C bash -c "aarch64-linux-gnu-strip -o /tmp/stripped /scratch/$ARM64/mobile/libcompanion.so && wc -c </tmp/stripped"
}

# The functions, methods and constructors of the API. The methods of the traits that a phone implements are its own.
called_functions() {
  nm -D --defined-only "$1" | awk '
    sub(/.* uniffi_companion_fn_init_callback_vtable_/, "") { lent[$0]; next }
    sub(/.* uniffi_companion_fn_(func|method|constructor)_/, "") { if (!/_uniffi_trait_/) called[$0] }
    END { for (name in called) { split(name, part, "_"); if (!(part[1] in lent)) count++ } print count + 0 }'
}

# The sections, and the code of each crate. A function of the standard library counts for the crate whose types it was made
# for. Constants have no names.
tell_sizes() {
  size -A "$1" | awk '$2 > 20000 && /^\./ && !/^\.debug/ { printf "%8.0f kB  %s\n", $2 / 1000, $1 }'
  nm -CS --defined-only "$1" | awk '
    function hex(text, i, n) {
      for (i = 1; i <= length(text); i++) n = n * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
      return n
    }
    $3 ~ /^[tTwW]$/ {
      bytes = hex($2); name = $0; sub(/^[^ ]* [^ ]* [^ ]* /, "", name); crate = ""
      if (name ~ /^(uniffi|ffi)_companion/) crate = "companion"
      else if (name ~ /^ring_core/) crate = "ring"
      else if (name !~ /::/) crate = "SQLite, and what else is C"
      while (crate == "" && match(name, /[A-Za-z_][A-Za-z0-9_]*::/)) {
        word = substr(name, RSTART, RLENGTH - 2)
        if (word !~ /^(core|alloc|std)$/) crate = word
        rest = substr(name, RSTART + RLENGTH)
        # The rest of this path: what comes next is another one.
        sub(/^[A-Za-z0-9_:]*/, "", rest); name = rest
      }
      if (crate == "") crate = "the standard library"
      size[crate] += bytes
    }
    END { for (crate in size) printf "%8.0f kB  code of %s\n", size[crate] / 1000, crate }' | sort -rn | head -n 30
}
