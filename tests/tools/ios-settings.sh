# The settings of an operator's iPhone app, and whether a mistake in them is told when the app is built.

# A profile's redirect URI, the one of the settings, REDIRECT_SCHEME, REDIRECT_HOST, and what is told: nothing where it is right.
IOS_SETTINGS=(
  "be.op:/in||be.op|op.example|"
  "be.op:/in|be.op:/in|be.op|op.example|"
  "be.op:/in|be.op.ios:/in|be.op.ios|op.example|warning: sign-ins come back to be.op.ios:/in"
  "be.op:/in||be.companion.sandbox|op.example|error: sign-ins come back over be.op"
  "be.op:/in|||op.example|error: sign-ins come back over be.op"
  "https://op.example/in||be.op.app.unused|op.example|"
  "https://op.example/in||be.op.app.unused|companion.example|error: sign-ins come back to op.example"
  "https://op.example/in|||op.example|error: sign-ins come back over https"
  "https://op.example/in||be.companion.sandbox|op.example|error: sign-ins come back over https"
)

check_ios_settings() {
  local folder row profile uri scheme host told said failed=0
  folder=$(mktemp -d) || return 1
  for row in "${IOS_SETTINGS[@]}"; do
    IFS='|' read -r profile uri scheme host told <<<"$row"
    printf '{"identity":{"redirectUri": "%s","postLogoutRedirectUri":"be.op:/out"}}' "${profile//\//\\/}" >"$folder/profile.json"
    said=$(REDIRECT_URI=$uri REDIRECT_SCHEME=$scheme REDIRECT_HOST=$host APP_ID=be.op.app \
      ios/settings/check.sh "$folder/profile.json" 2>&1)
    [[ $said = "$told"* && ( -n $told || -z $said ) ]] || { echo "error: $row: $said" && failed=1; }
  done
  rm -rf "$folder"
  sandbox_settings ios/settings/check.sh core/profiles/sandbox.json || failed=1
  return $failed
}

# With the settings that are in the repository.
sandbox_settings() {
  local settings=()
  mapfile -t settings < <(sed -n 's/^\(APP_ID\|REDIRECT_[A-Z]*\) *= */\1=/p' ios/settings/operator.xcconfig)
  env "${settings[@]}" "$@"
}
