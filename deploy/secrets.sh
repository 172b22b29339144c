#!/bin/sh
# Makes the secrets of docker-compose.yml, once, in deploy/secrets/; existing ones stay as they are.
# The folder is for its owner alone; the files are readable within the containers, which run under other users.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets

keep() { [ -s "secrets/$1" ] || { cat >"secrets/$1.new" && chmod 444 "secrets/$1.new" && mv "secrets/$1.new" "secrets/$1"; }; }
random() { head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }

random 24 | keep postgres_password
random 24 | keep temporal_db_password
random 24 | keep selter_db_password
random 48 | keep secret_key
printf 'k1=%s' "$(random 32)" | keep keyring
printf 'postgresql+psycopg://selter:%s@postgres:5432/selter' "$(cat secrets/selter_db_password)" | keep database_url
[ -e secrets/smtp_password ] || : >secrets/smtp_password
# The mail catcher's certificate, which vouches for itself; an agency puts those of its own mail authority in its place.
[ -s secrets/smtp_ca ] || {
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=mailpit -addext subjectAltName=DNS:mailpit \
        -keyout secrets/mail_catcher_key -out secrets/smtp_ca 2>/dev/null ||
        { echo "openssl could not make the mail catcher's certificate" >&2; exit 1; }
}
chmod 444 secrets/smtp_password secrets/smtp_ca secrets/mail_catcher_key
echo "secrets are in deploy/secrets; keep a copy of keyring and secret_key somewhere safe"
