#!/bin/sh
# Whether the settings of an operator go with its profile: check.sh PROFILE
# REDIRECT_URI (empty: as the profile says), REDIRECT_SCHEME, REDIRECT_HOST and APP_ID are Xcode's, from the xcconfig. A sign-in
# that comes back to an address that this app does not have never ends, and nobody would see why.

set -eu

fail() { echo "error: $1" >&2 && exit 1; }

profile=$1
of_profile=$(tr -d '\n' <"$profile" | sed -n 's/.*"redirectUri"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' | sed 's|\\/|/|g')
redirect=${REDIRECT_URI:-$of_profile}
[ -n "$redirect" ] || fail "$profile names no redirectUri"
[ "$redirect" = "$of_profile" ] ||
  echo "warning: sign-ins come back to $redirect, by the settings, and not to $of_profile, as the profile says" >&2
scheme=${redirect%%:*}

if [ "$scheme" = https ]; then
  host=${redirect#https://}
  host=${host%%[/?#]*}
  [ "$host" = "$REDIRECT_HOST" ] || fail "sign-ins come back to $host: REDIRECT_HOST is $REDIRECT_HOST"
  # A scheme that is empty is refused by the store, and one that others have may open them.
  [ "$REDIRECT_SCHEME" = "$APP_ID.unused" ] || fail "sign-ins come back over https: REDIRECT_SCHEME has to be \$(APP_ID).unused"
else
  [ "$scheme" = "$REDIRECT_SCHEME" ] || fail "sign-ins come back over $scheme: REDIRECT_SCHEME is $REDIRECT_SCHEME"
fi
