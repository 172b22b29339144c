#!/bin/sh
# Makes the virtual environment: every package at its locked version and hash, then Selter itself, editable.
# uv does it in seconds; where uv cannot be had, pip does the same from the same lock.
# Usage: install.sh [ENVIRONMENT] [LOCK]
set -eu
cd "$(dirname "$0")/.."
environment=${1:-.venv}
lock=${2:-requirements.txt}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Selter needs Python 3.11 or newer; set PYTHON to one, as in: make demo PYTHON=/path/to/python3.11" >&2
    exit 1
}

python=$(find_python)
[ -x "$environment/bin/python" ] || "$python" -m venv "$environment" || {
    echo "No virtual environment could be made; on Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
}
pip="$environment/bin/python -m pip --disable-pip-version-check"

# uv reads no configuration of pip: hand over an index that somebody set there.
index=$($pip config get global.index-url 2>/dev/null || $pip config get user.index-url 2>/dev/null || true)
index=${PIP_INDEX_URL:-$index}
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
export UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-120}" VIRTUAL_ENV="$PWD/$environment"
case $environment in /*) VIRTUAL_ENV=$environment ;; esac

if $pip install --quiet --require-hashes --only-binary :all: -r deploy/uv.txt &&
    "$environment/bin/uv" pip install --quiet --require-hashes -r "$lock"; then
    :
else
    echo "uv could not install; using pip (a minute or two)" >&2
    $pip install --quiet --require-hashes -r "$lock"
fi
# Without isolation, so that the build tool is the locked one too.
$pip install --quiet --require-hashes -r deploy/build.txt
$pip install --quiet --no-deps --no-build-isolation --editable .
