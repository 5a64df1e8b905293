/** Variables that bring a credential, or lead somewhere else: none may reach a client with the value that it had. */
export const taken = [
    ..."APPLICATION_CREDENTIALS CREDENTIALS CLOUD_KEYFILE_JSON IMPERSONATE_SERVICE_ACCOUNT API_KEY OAUTH_ACCESS_TOKEN"
        .split(" ")
        .map((name) => `GOOGLE_${name}`),
    ..."USE_DEFAULT_CREDENTIALS BACKEND_CREDENTIALS BACKEND_IMPERSONATE_SERVICE_ACCOUNT GHA_CREDS_PATH PRIVATE_KEY"
        .split(" ")
        .map((name) => `GOOGLE_${name}`),
    ..."CLIENT_SECRET REFRESH_TOKEN ENCRYPTION_KEY CLOUD_CREDENTIALS BILLING_PROJECT UNIVERSE_DOMAIN CLOUD_QUOTA_PROJECT"
        .split(" ")
        .map((name) => `GOOGLE_${name}`),
    ..."API_USE_CLIENT_CERTIFICATE API_USE_MTLS_ENDPOINT PROJECT PROJECT_ID CLOUD_PROJECT CLOUD_RUN_V2_CUSTOM_ENDPOINT"
        .split(" ")
        .map((name) => `GOOGLE_${name}`),
    ..."CONFIG AUTH_ACCESS_TOKEN AUTH_ACCESS_TOKEN_FILE AUTH_CREDENTIAL_FILE_OVERRIDE AUTH_IMPERSONATE_SERVICE_ACCOUNT"
        .split(" ")
        .map((name) => `CLOUDSDK_${name}`),
    ..."ACTIVE_CONFIG_NAME CORE_ACCOUNT CORE_PROJECT CORE_UNIVERSE_DOMAIN CORE_CUSTOM_CA_CERTS_FILE BILLING_QUOTA_PROJECT"
        .split(" ")
        .map((name) => `CLOUDSDK_${name}`),
    ..."API_ENDPOINT_OVERRIDES_RUN PROXY_TYPE PROXY_ADDRESS PROXY_PORT PROXY_USERNAME PROXY_PASSWORD AUTH_LOGIN_CONFIG_FILE"
        .split(" ")
        .map((name) => `CLOUDSDK_${name}`),
    ...["GCLOUD_KEYFILE_JSON", "GCLOUD_PROJECT", "GCP_CREDENTIALS", "FIREBASE_TOKEN", "BOTO_CONFIG", "BOTO_PATH"],
    ...["HOST", "IP", "ROOT", "MTLS_MODE"].map((name) => `GCE_METADATA_${name}`),
    ...["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
    ...["grpc_proxy", "no_grpc_proxy", "npm_config_proxy", "npm_config_https_proxy", "npm_config_noproxy", "PIP_PROXY"],
    ...["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"],
    ...["GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "HTTPLIB2_CA_CERTS", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST"],
    "USER_PROJECT_OVERRIDE",
];

/** Of tools that keep a state elsewhere; `--keep-backend` leaves them. */
export const backends = ["PULUMI_ACCESS_TOKEN", "PULUMI_API", "PULUMI_BACKEND_URL", "PULUMI_CREDENTIALS_PATH"];

/** Settings of whoever works here, and of clouds that the sandbox does not stand for. */
export const kept = [
    ...["CLOUDSDK_RUN_REGION", "CLOUDSDK_PYTHON", "GOOGLE_REGION", "GOOGLE_CLOUD_LOCATION", "KUBECONFIG"],
    ...[
        "AWS_ACCESS_KEY_ID",
        "TF_VAR_name",
        "TF_CLI_CONFIG_FILE",
        "FIRESTORE_EMULATOR_HOST",
        "NODE_TLS_REJECT_UNAUTHORIZED",
    ],
    ...["PULUMI_CONFIG_PASSPHRASE", "PULUMI_STACK", "GITHUB_TOKEN"],
];
