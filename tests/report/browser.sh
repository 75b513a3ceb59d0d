#!/usr/bin/env bash
# Reports in a real browser. Takes Debian's chromium (installed by apt where that may be done) and playwright-core by npm, into
# target/. Says so and ends well where there is no browser or no node.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() { echo "skipped: $*"; exit 0; }

browser=${CHROMIUM:-$(command -v chromium || true)}
if [ -z "$browser" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } > target/browser-install.log 2>&1 || true
  browser=$(command -v chromium || true)
fi
[ -n "$browser" ] || skip "no chromium (apt-get install chromium fonts-noto-cjk)"
command -v node > /dev/null || skip "no node"
place=target/browser
if [ ! -d "$place/node_modules/playwright-core" ]; then
  command -v npm > /dev/null || skip "no npm to get playwright-core with"
  mkdir -p "$place"
  echo '{"private": true}' > "$place/package.json"
  npm install --prefix "$place" --no-audit --no-fund playwright-core@1 > "$place/install.log" 2>&1 || skip "npm cannot get playwright-core"
fi
CHROMIUM="$browser" node tests/report/browser.mjs "$place" "${1:-target/release/zonetext}" target/browser/reports
