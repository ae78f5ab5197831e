# What every script here shares; sourced, not run.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# Swift's own folder, where it is not on the PATH.
command -v swift >/dev/null || PATH=$PATH:/opt/swift/usr/bin

# Package sources may come from a mirror in folders of another user; git wants to be told that this is meant, and
# passes only a file of settings on to the programs it starts.
if [[ ${GIT_CONFIG_GLOBAL:-} != "$PWD/.build/gitconfig" ]]; then
  mkdir -p .build
  printf '[include]\n\tpath = %s\n[safe]\n\tdirectory = *\n' "${GIT_CONFIG_GLOBAL:-$HOME/.gitconfig}" >.build/gitconfig
  export GIT_CONFIG_GLOBAL=$PWD/.build/gitconfig
fi

say() { printf '\n== %s\n' "$*"; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
