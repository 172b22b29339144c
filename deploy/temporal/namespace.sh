#!/bin/sh
# Makes Selter's namespace and search attributes; safe to run again. Runs in the image temporalio/admin-tools.
# Histories of closed cases are kept ten years; the record in the database is kept for good in any case.
set -eu
: "${TEMPORAL_ADDRESS:?}" "${NAMESPACE:=selter}" "${RETENTION:=3650d}"
export TEMPORAL_ADDRESS

# The server may still be starting, and a new namespace is known to all its parts only after some seconds.
until_done() {
    tries=60
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { echo "gave up: $*" >&2; exit 1; }
        sleep 1
    done
}

until_done temporal operator cluster health
temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION"
until_done temporal operator namespace update --namespace "$NAMESPACE" --retention "$RETENTION"
for attribute in AgencyId:Keyword Stage:Keyword DueAt:Datetime; do
    until_done temporal operator search-attribute create --namespace "$NAMESPACE" \
        --name "${attribute%:*}" --type "${attribute#*:}"
done
