#!/usr/bin/env bash
# Builds the Android library of a release: bindings/kotlin/release.sh [ABI...]
# target/repository is then a Maven repository with mobile.companion:companion as an AAR: classes, the core for each ABI, rules
# for R8; beside it, as what a store or a crash service takes, the same libraries with what reads their crashes. Needs what
# android/app/native.sh needs, Maven and a JDK.
# release.sh pack: from the libraries that are there already, in android/app/src/main/jniLibs or $JNI_LIBS, and in
# android/app/build/symbols or $SYMBOLS.

set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
ANDROID=$HERE/../../android/app
JNI_LIBS=${JNI_LIBS:-$ANDROID/src/main/jniLibs}
SYMBOLS=${SYMBOLS:-$ANDROID/build/symbols}
OUT=$HERE/target
LEAST_ANDROID=30

# The first of an element in pom.xml after a line that matches, or of all.
pom() { sed -n "/$2/,\$s|.*<$1>\(.*\)</$1>.*|\1|p" "$HERE/pom.xml" | head -n 1; }

version=$(pom version '<artifactId>companion<')
kotlin=$(pom kotlin.version .)
coroutines=$(pom version kotlinx-coroutines-core-jvm)
jna=$(pom version '<artifactId>jna<')

description() {
  cat <<POM
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>mobile.companion</groupId>
  <artifactId>companion</artifactId>
  <version>$version</version>
  <packaging>aar</packaging>
  <licenses><license><name>MIT OR Apache-2.0</name></license></licenses>
  <dependencies>
    <dependency>
      <groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-stdlib</artifactId><version>$kotlin</version>
    </dependency>
    <dependency>
      <groupId>org.jetbrains.kotlinx</groupId><artifactId>kotlinx-coroutines-android</artifactId>
      <version>$coroutines</version>
    </dependency>
    <dependency>
      <groupId>net.java.dev.jna</groupId><artifactId>jna</artifactId><version>$jna</version><type>aar</type>
    </dependency>
  </dependencies>
</project>
POM
}

pack() {
  local aar=$OUT/aar folder=$OUT/repository/mobile/companion/companion/$version kept=$OUT/symbols library name
  rm -rf "$aar" "$kept" "$OUT/repository"
  mkdir -p "$aar/jni" "$folder"
  cat >"$aar/AndroidManifest.xml" <<XML
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="mobile.companion">
    <uses-sdk android:minSdkVersion="$LEAST_ANDROID" />
</manifest>
XML
  : >"$aar/R.txt"
  cp "$OUT/companion-$version.jar" "$aar/classes.jar"
  cp "$HERE/consumer-rules.pro" "$aar/proguard.txt"
  for library in "$JNI_LIBS"/*/libcompanion.so; do
    [ -f "$library" ] || { echo "release.sh: no library in $JNI_LIBS" >&2 && return 1; }
    cp -R "$(dirname "$library")" "$aar/jni/"
    name=${library#"$JNI_LIBS"/}
    [ -f "$SYMBOLS/$name" ] || { echo "release.sh: no $SYMBOLS/$name" >&2 && return 1; }
    mkdir -p "$kept/$(dirname "$name")" && cp "$SYMBOLS/$name" "$kept/$name"
    printf '%s, stripped: %s bytes\n' "$(basename "$(dirname "$library")")" "$(wc -c <"$library" | tr -d ' ')"
  done
  jar --create --no-manifest --file "$folder/companion-$version.aar" -C "$aar" .
  jar --create --no-manifest --file "$folder/companion-$version-sources.jar" \
    -C "$HERE/src/main/kotlin" . -C "$HERE/generated" .
  jar --create --no-manifest --file "$folder/companion-$version-symbols.zip" -C "$kept" .
  description >"$folder/companion-$version.pom"
  echo "$folder"
}

# Writes the bindings too.
[ "${1:-}" = pack ] || "$ANDROID/native.sh" "$@"
mvn -B -ntp -q -f "$HERE" ${MAVEN_ARGUMENTS:-} -DskipTests package
pack
