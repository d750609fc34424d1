# Shared by the scripts in this folder; sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Build nodes would outlive the run and hold its files.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

# Real files for the tests of models, where a folder of them stands beside the checkout.
if [ -z "${RRS_MODELS:-}" ] && [ -d "$ROOT/../shared/models" ]; then
  RRS_MODELS=$(cd "$ROOT/../shared/models" && pwd)
  export RRS_MODELS
fi

PACKAGES=$ROOT/artifacts/packages/Release
RESULTS=$ROOT/artifacts/test-results
PYTHON_CLIENT=$ROOT/artifacts/tools/python

package_version() {
  local package
  package=$(echo "$PACKAGES"/RemoteRendering.Sessions.Emulator.*.nupkg)
  package=${package##*/RemoteRendering.Sessions.Emulator.}
  echo "${package%.nupkg}"
}

# Copies a folder out of the repository, so that none of its MSBuild files apply, and offers it the packed packages.
# The cache is its own too, so that older packages of the same version cannot hide the new ones.
outside() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/rrs-outside.XXXXXX")
  cp -R "$1/." "$folder"
  cat > "$folder/nuget.config" <<CONFIG
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <add key="packed" value="$PACKAGES" />
  </packageSources>
</configuration>
CONFIG
  echo "$folder"
}

# Fails unless every package of ours in the given cache came from the folder of packed packages.
came_from_here() {
  local metadata found=0
  for metadata in "$1"/remoterendering.sessions*/*/.nupkg.metadata; do
    grep -qF "\"source\": \"$PACKAGES\"" "$metadata" || { echo "$metadata names another source than $PACKAGES"; return 1; }
    found=$((found + 1))
  done
  echo "$found packages of ours, all of them just packed"
}
