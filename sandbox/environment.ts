/** The variables with which a child process finds the sandbox and no other cloud. `undefined` removes a variable. */
export type ChildEnvironment = Record<string, string | undefined>;

/** The access token of a client. */
export const CLIENT_TOKEN = {
    scopes: [
        "https://www.googleapis.com/auth/cloud-platform",
        "https://www.googleapis.com/auth/userinfo.email",
        "openid",
    ],
    /** Longer than any deployment; the token ends with the sandbox anyway. */
    seconds: 12 * 3600,
};

export interface EnvironmentParts {
    proxy: string;
    caFile: string;
    project: string;
    /** An access token of the principal that the process acts as. */
    accessToken: string;
}

/** Variables that could bring a real credential into the sandbox. */
const REAL_CREDENTIALS = [
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CREDENTIALS",
    "GOOGLE_CLOUD_KEYFILE_JSON",
    "GCLOUD_KEYFILE_JSON",
    "GOOGLE_USE_DEFAULT_CREDENTIALS",
    "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT",
    "GOOGLE_API_KEY",
    // Google's library for Ruby makes a credential from these.
    ...["CLIENT_SECRET", "PRIVATE_KEY", "REFRESH_TOKEN"].map((name) => `GOOGLE_${name}`),
    "CLOUDSDK_CONFIG",
    "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
    "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE",
    "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT",
    "CLOUDSDK_ACTIVE_CONFIG_NAME",
    "CLOUDSDK_CORE_ACCOUNT",
    "GOOGLE_BACKEND_CREDENTIALS",
    "GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT",
    "GCE_METADATA_HOST",
    "GCE_METADATA_IP",
    "GCE_METADATA_ROOT",
    // gsutil's own file of credentials.
    "BOTO_CONFIG",
    "BOTO_PATH",
    "FIREBASE_TOKEN",
];

/** Variables that could lead a client elsewhere: to another project's quota, universe, proxy, or emulator. */
const OTHER_PLACES = [
    "ALL_PROXY",
    "all_proxy",
    "grpc_proxy",
    "no_grpc_proxy",
    // npm and pip read these before the usual variables.
    ...["proxy", "http_proxy", "https_proxy", "noproxy"].map((name) => `npm_config_${name}`),
    "PIP_PROXY",
    ...["TYPE", "ADDRESS", "PORT", "USERNAME", "PASSWORD"].map((name) => `CLOUDSDK_PROXY_${name}`),
    "CLOUDSDK_BILLING_QUOTA_PROJECT",
    "GOOGLE_CLOUD_QUOTA_PROJECT",
    "GOOGLE_BILLING_PROJECT",
    "USER_PROJECT_OVERRIDE",
    "GOOGLE_PROJECT_ID",
    "GOOGLE_UNIVERSE_DOMAIN",
    "GOOGLE_CLOUD_UNIVERSE_DOMAIN",
    "CLOUDSDK_CORE_UNIVERSE_DOMAIN",
    "GOOGLE_API_USE_CLIENT_CERTIFICATE",
    "GOOGLE_API_USE_MTLS_ENDPOINT",
    "GCE_METADATA_MTLS_MODE",
    "PUBSUB_EMULATOR_HOST",
    "STORAGE_EMULATOR_HOST",
    "SSL_CERT_DIR",
];

/**
 * More variables of both kinds, by their names, because no list is complete. Settings such as `CLOUDSDK_RUN_REGION` stay, and so
 * does what leads to clouds that the sandbox does not stand for (`KUBECONFIG`, `AWS_…`, `FIRESTORE_EMULATOR_HOST`):
 * nothing of theirs reaches the sandbox but a name, which it refuses.
 */
const STRAYS = [
    /^(GOOGLE|GCLOUD|GCP|CLOUDSDK)_\w*(CREDENTIAL|CREDS|KEYFILE|PRIVATE_KEY|API_KEY|ACCESS_KEY|ENCRYPTION_KEY|TOKEN|SECRET|IMPERSONATE|CERTIFICATE)/,
    /^GOOGLE_\w+_CUSTOM_ENDPOINT$/,
    /^CLOUDSDK_(AUTH|API_ENDPOINT_OVERRIDES|CONTEXT_AWARE|PROXY)_/,
    /^npm_config_(https?_)?proxy$/i,
];

/** The variables of an environment that are removed because of their names. */
export function strays(environment: NodeJS.ProcessEnv): ChildEnvironment {
    const found = Object.keys(environment).filter((name) => STRAYS.some((pattern) => pattern.test(name)));
    return Object.fromEntries(found.map((name) => [name, undefined]));
}

/**
 * Every variable of a cloud, or of a service that keeps secrets or code, by the beginning of its name. Where resources are
 * to be made is no secret, and programs read it.
 */
const OF_CLOUDS =
    /^(GOOGLE|GCLOUD|GCP|CLOUDSDK|GCE|FIREBASE|AWS|AMAZON|AZURE|ARM|MSI|IDENTITY|VAULT|CONSUL|NOMAD|TF|GITHUB|GH|GITLAB|CI_JOB|BITBUCKET|CIRCLE|ALICLOUD|ALIBABA|OCI|IBMCLOUD|DIGITALOCEAN|CLOUDFLARE|CF|HCLOUD|LINODE|SCW|OVH|HEROKU|FLY|VERCEL|NETLIFY|SNOWFLAKE|DATADOG|DD|KUBECONFIG|KUBE|ACTIONS|DOCKER_AUTH_CONFIG|NPM_TOKEN|NODE_AUTH_TOKEN|PULUMI_ACCESS_TOKEN|PULUMI_BACKEND_URL)(_|$)/;
const OF_PLACES = /_(REGION|ZONE|LOCATION)$/;

/**
 * The variables that a Pulumi program in the sandbox is not to see, beside those that {@link childEnvironment} takes away:
 * it deploys to the sandbox alone, so it needs no other cloud's.
 */
export function otherClouds(environment: NodeJS.ProcessEnv): ChildEnvironment {
    const found = Object.keys(environment).filter((name) => OF_CLOUDS.test(name) && !OF_PLACES.test(name));
    return Object.fromEntries(found.map((name) => [name, undefined]));
}

/** Loopback is reached directly: Pulumi's own gRPC, metadata servers, databases. */
const NO_PROXY = "localhost,127.0.0.1,::1";

/**
 * The variables by which every runtime trusts the sandbox's root and goes through its proxy: Node (`fetch`, gRPC), Go
 * and so the gcp provider, Python, curl, gcloud. The JVM reads none of them.
 */
export function childEnvironment({ proxy, caFile, project, accessToken }: EnvironmentParts): ChildEnvironment {
    return {
        ...strays(process.env),
        ...Object.fromEntries([...REAL_CREDENTIALS, ...OTHER_PLACES].map((name) => [name, undefined])),
        HTTPS_PROXY: proxy,
        https_proxy: proxy,
        HTTP_PROXY: proxy,
        http_proxy: proxy,
        NO_PROXY,
        no_proxy: NO_PROXY,
        // Node adds this root to its own; the others trust this one alone.
        NODE_EXTRA_CA_CERTS: caFile,
        NODE_USE_ENV_PROXY: "1",
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: caFile,
        SSL_CERT_FILE: caFile,
        REQUESTS_CA_BUNDLE: caFile,
        CURL_CA_BUNDLE: caFile,
        // The transport of google-api-python-client reads this.
        HTTPLIB2_CA_CERTS: caFile,
        CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE: caFile,
        GOOGLE_OAUTH_ACCESS_TOKEN: accessToken,
        CLOUDSDK_AUTH_ACCESS_TOKEN: accessToken,
        GOOGLE_PROJECT: project,
        GOOGLE_CLOUD_PROJECT: project,
        // Google's libraries for Node look at it first.
        GCLOUD_PROJECT: project,
        CLOUDSDK_CORE_PROJECT: project,
        // Authentication libraries must not look for the machine's own metadata server.
        NO_GCE_CHECK: "true",
        // Pulumi would ask for its latest version, which is refused and reported.
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
}
