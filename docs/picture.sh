#!/usr/bin/env bash
# The picture of a report in the README: docs/report.png. Needs chromium and a built zonetext.
#   docs/picture.sh [target/release/zonetext]
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/zonetext}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$program" explain --no-config -q --html "$folder/report.html" fixtures/readme/mirror.html
"${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
  --window-size=1180,880 --screenshot="$folder/report.png" "file://$folder/report.html" > /dev/null 2>&1
cp "$folder/report.png" docs/report.png
ls -l docs/report.png
