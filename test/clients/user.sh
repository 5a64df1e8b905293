#!/usr/bin/env bash
# What a person does who is signed in with gcloud: calls a service, and lets a desktop client use an MCP server. Run by
# scripts/clients.cjs, told by its environment what is there.
set -uo pipefail
cd "$(dirname "$0")/../.."

gcp_invoke() {
    node --no-experimental-strip-types --conditions=pulumi-gcp-invoke-source --require ./scripts/register.cjs cli/main.ts "$@" 2>&1
}

begin() {
    printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"desk","version":"1"}}}'
}

# Says how a command ended, by what it printed.
check() {
    if grep -q "$2" <<<"$3"; then
        echo "ok user: $1"
    else
        echo "failed user: $1: $(tr '\n' ' ' <<<"$3")"
    fi
}

called=$(gcp_invoke call "$SERVICE_URL")
check "calls a service" "^received" "$called"
check "has a token of gcloud" "gcloud's own audience" "$called"
check "uses an MCP server from the desk" '"serverInfo"' "$(begin | gcp_invoke proxy --stdio "$MCP_URL")"
check "may not call as an account that trusts nobody" "lacks iam.serviceAccounts.getOpenIdToken" \
    "$(begin | gcp_invoke proxy --stdio --as "$CALLER" "$MCP_URL")"
