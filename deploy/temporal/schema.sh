#!/bin/sh
# Makes and upgrades the tables in the two databases of Temporal; safe to run again. Runs in the image temporalio/admin-tools.
set -eu
SQL_PASSWORD=$(cat /run/secrets/temporal_db_password)
export SQL_PASSWORD
schema=/etc/temporal/schema/postgresql/v12

sql() { temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_SEEDS" --port 5432 --user temporal --db "$@"; }

for pair in temporal:temporal temporal_visibility:visibility; do
    database=${pair%:*}
    # Refused when the schema is there already; the upgrade then tells whether all is well.
    sql "$database" setup-schema --version 0.0 || true
    sql "$database" update-schema --schema-dir "$schema/${pair#*:}/versioned"
done
