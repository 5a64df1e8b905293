#!/usr/bin/env bash
# What gcloud does against a sandbox: run by scripts/clients.cjs, told by its environment what is there.
set -euo pipefail
export CLOUDSDK_CORE_DISABLE_PROMPTS=1

fail() {
    echo "$1" >&2
    exit 1
}

status() {
    curl --silent --output /dev/null --write-out '%{http_code}' "$@" "$SERVICE_URL"
}

# A token of `gcloud auth print-identity-token`: the service lets it in.
check() {
    local way=$1 token=$2
    [ "$(status --header "Authorization: Bearer $token")" = 200 ] || fail "$way: the service does not let the token in"
}

own=$(mktemp -d)
trap 'rm -rf "$own"' EXIT
export CLOUDSDK_CONFIG=$own/gcloud
key=$own/key.json
printf '%s' "$CALLER_KEY" >"$key"
workflow=${WORKFLOW##*/}
location=$(cut -d/ -f4 <<<"$WORKFLOW")

[ "$(status)" = 403 ] || fail "a call without a token was let in"
check metadata "$(gcloud auth print-identity-token --audiences="$SERVICE_URL")"
curl --silent --header 'Metadata-Flavor: Google' \
    "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/email" | grep -qx "$CALLER"
gcloud auth activate-service-account --key-file="$key" --quiet
check key "$(gcloud auth print-identity-token --audiences="$SERVICE_URL")"
check impersonation "$(gcloud auth print-identity-token --audiences="$SERVICE_URL" --impersonate-service-account="$CALLER" --include-email)"

gcloud run services list --format='value(metadata.name)' | grep -qx receiver || fail "the service is not listed"
gcloud workflows describe "$workflow" --location="$location" --format='value(revisionId)' | grep -q .
result=$(gcloud workflows run "$workflow" --location="$location" --data='{"name":"gcloud"}' --format='value(result)')
[ "$result" = '"hello gcloud"' ] || fail "the execution's result is $result"
[ "$(gcloud secrets versions access latest --secret=word)" = sesame ] || fail "the secret is another one"
gcloud pubsub topics publish news --message=gcloud
gcloud tasks create-http-task --queue=work --location="$location" --url="$SERVICE_URL/task" --body-content=gcloud \
    --oidc-service-account-email="$CALLER" --oidc-token-audience="$SERVICE_URL"
echo "sent gcloud"
