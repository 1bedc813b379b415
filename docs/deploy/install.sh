#!/bin/sh
# Install chainmap from this folder alone; nothing is fetched.  Usage: sh install.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:?usage: sh install.sh FOLDER}
(cd "$here" && sha256sum --quiet -c SHA256SUMS)
"${PYTHON:-python3}" -m venv "$target"
"$target/bin/python" -m pip install --quiet --no-index --disable-pip-version-check --find-links "$here" industry-chainmap
"$target/bin/chainmap" doctor
