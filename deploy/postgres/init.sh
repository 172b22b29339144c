#!/bin/sh
# Runs once, when PostgreSQL makes its files: a role for Temporal and one for Selter, each with its own password.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set temporal_password="$(cat /run/secrets/temporal_db_password)" \
    --set selter_password="$(cat /run/secrets/selter_db_password)" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE ROLE selter LOGIN PASSWORD :'selter_password';
CREATE DATABASE selter OWNER selter;
SQL
