# What every script here shares; sourced, not run.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# Swift's own folder, where it is not on the PATH.
command -v swift >/dev/null || PATH=$PATH:/opt/swift/usr/bin

# Package sources may lie in folders of another user (a mirror); git wants to be told that this is meant.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'

say() { printf '\n== %s\n' "$*"; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
