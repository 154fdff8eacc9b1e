# A browser for the tests of the pages people reach: Debian's Chromium, driven by WebDriver.

# Tells the tests where the driver is, by COMPANION_CHROMEDRIVER. Without it they are passed over.
need_browser() {
  unset COMPANION_CHROMEDRIVER
  # certutil has Chromium trust the sandbox operator.
  if need_tools chromium:chromium chromedriver:chromium-driver certutil:libnss3-tools; then
    COMPANION_CHROMEDRIVER=$(command -v chromedriver)
    export COMPANION_CHROMEDRIVER
  elif [ -n "${CI:-}" ]; then
    return 1
  else
    # A person may be offline or not allowed to install; continuous integration has no such excuse.
    note "not run: the sign-in page in a browser, which needs: apt-get install chromium chromium-driver libnss3-tools"
  fi
}
