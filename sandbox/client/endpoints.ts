/**
 * The gcp provider's custom endpoints: variable → host and base path, as in its own defaults (`BaseUrl` in `product.go` of each
 * service, https://github.com/hashicorp/terraform-provider-google-beta). The last segment matters: the provider wants one, and
 * some of its clients cut it off and add their own.
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference#service-specific-custom-endpoints
 */
const ENDPOINTS: Record<string, string> = {
    GOOGLE_API_GATEWAY_CUSTOM_ENDPOINT: "apigateway.googleapis.com/v1beta",
    GOOGLE_ARTIFACT_REGISTRY_CUSTOM_ENDPOINT: "artifactregistry.googleapis.com/v1",
    GOOGLE_CLOUDFUNCTIONS2_CUSTOM_ENDPOINT: "cloudfunctions.googleapis.com/v2beta",
    // The base of the client that reads whether a project is billed, under the names that it has had.
    GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT: "cloudbilling.googleapis.com/v1",
    GOOGLE_CORE_BILLING_CUSTOM_ENDPOINT: "cloudbilling.googleapis.com/v1",
    GOOGLE_CLOUD_FUNCTIONS_CUSTOM_ENDPOINT: "cloudfunctions.googleapis.com/v1",
    GOOGLE_CLOUD_IDENTITY_CUSTOM_ENDPOINT: "cloudidentity.googleapis.com/v1beta1",
    // The provider fills in the region, which is nowhere else in what it asks for.
    GOOGLE_CLOUD_RUN_CUSTOM_ENDPOINT: "{{location}}-run.googleapis.com",
    GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT: "run.googleapis.com/v2",
    GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: "cloudscheduler.googleapis.com/v1",
    GOOGLE_CLOUD_TASKS_CUSTOM_ENDPOINT: "cloudtasks.googleapis.com/v2",
    GOOGLE_COMPUTE_CUSTOM_ENDPOINT: "compute.googleapis.com/compute/beta",
    GOOGLE_EVENTARC_CUSTOM_ENDPOINT: "eventarc.googleapis.com/v1",
    GOOGLE_IAM2_CUSTOM_ENDPOINT: "iam.googleapis.com/v2beta",
    GOOGLE_IAM_BETA_CUSTOM_ENDPOINT: "iam.googleapis.com/v1",
    // Read by older providers in the place of GOOGLE_IAM_BETA_CUSTOM_ENDPOINT and GOOGLE_RESOURCE_MANAGER_….
    GOOGLE_IAM_CUSTOM_ENDPOINT: "iam.googleapis.com/v1",
    GOOGLE_CLOUD_RESOURCE_MANAGER_CUSTOM_ENDPOINT: "cloudresourcemanager.googleapis.com/v1",
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: "iamcredentials.googleapis.com/v1",
    GOOGLE_IAP_CUSTOM_ENDPOINT: "iap.googleapis.com/v1",
    GOOGLE_LOGGING_CUSTOM_ENDPOINT: "logging.googleapis.com/v2",
    GOOGLE_MONITORING_CUSTOM_ENDPOINT: "monitoring.googleapis.com",
    GOOGLE_ORG_POLICY_CUSTOM_ENDPOINT: "orgpolicy.googleapis.com/v2",
    GOOGLE_PUBSUB_CUSTOM_ENDPOINT: "pubsub.googleapis.com/v1",
    GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: "cloudresourcemanager.googleapis.com/v1",
    GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT: "cloudresourcemanager.googleapis.com/v3",
    GOOGLE_SECRET_MANAGER_CUSTOM_ENDPOINT: "secretmanager.googleapis.com/v1",
    GOOGLE_SERVICE_DIRECTORY_CUSTOM_ENDPOINT: "servicedirectory.googleapis.com/v1beta1",
    GOOGLE_SERVICE_MANAGEMENT_CUSTOM_ENDPOINT: "servicemanagement.googleapis.com/v1",
    GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: "serviceusage.googleapis.com/v1beta1",
    GOOGLE_STORAGE_CUSTOM_ENDPOINT: "storage.googleapis.com/storage/v1",
    GOOGLE_KMS_CUSTOM_ENDPOINT: "cloudkms.googleapis.com/v1",
    GOOGLE_VPC_ACCESS_CUSTOM_ENDPOINT: "vpcaccess.googleapis.com/v1beta1",
    GOOGLE_WORKFLOWS_CUSTOM_ENDPOINT: "workflows.googleapis.com/v1",
};

/** The variables by which the gcp provider reaches the sandbox's APIs over plain HTTP, without its root certificate. */
export function endpointVariables(url: string): Record<string, string> {
    return {
        ...Object.fromEntries(Object.entries(ENDPOINTS).map(([name, path]) => [name, `${url}/${path}/`])),
        // The check asks the default host, whatever the endpoints say.
        PULUMI_GCP_SKIP_REGION_VALIDATION: "true",
    };
}

/** Where a request came in by an endpoint: an answer that sends its client on is to send it the same way. */
export const ENDPOINT_HEADER = "x-sandbox-endpoint";

/**
 * The host that a plain-HTTP request on the proxy's own address is for, and its path there: the first segment names the
 * host. Uploads to buckets come without one, because their client asks for an absolute path.
 */
export function endpointTarget(path: string): { host: string; path: string } | undefined {
    if (path.startsWith("/upload/storage/")) {
        return { host: "storage.googleapis.com", path };
    }
    const [, host, rest = "/"] = /^\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.googleapis\.com)(\/.*)?$/.exec(path) ?? [];
    return host === undefined ? undefined : { host, path: rest };
}
