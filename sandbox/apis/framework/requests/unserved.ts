type ByMessage<Fields> = Readonly<Record<string, Fields>>;

/**
 * The fields that no handler reads, by message. A request that sets one is refused by the field's name.
 * `test/sandbox/apis/fields` finds each field that is neither read, nor refused here, nor {@link HARMLESS}.
 */
export const UNSERVED: ByMessage<readonly string[]> = {
    "google.cloud.apigateway.v1.ApiConfig": ["grpc_services", "managed_service_configs"],
    // What a load balancer does with requests beyond sending them to a service.
    "google.cloud.compute.v1.HttpHeaderMatch": ["regex_match", "range_match"],
    "google.cloud.compute.v1.HttpQueryParameterMatch": ["regex_match"],
    "google.cloud.compute.v1.HttpRouteAction": [
        "cors_policy",
        "fault_injection_policy",
        "request_mirror_policy",
        "weighted_backend_services",
    ],
    "google.cloud.compute.v1.SecurityPolicyRule": [
        "header_action",
        "network_match",
        "preconfigured_waf_config",
        "rate_limit_options",
        "redirect_options",
    ],
    "google.cloud.compute.v1.SecurityPolicyRuleMatcher": ["expr_options"],
    "google.cloud.compute.v1.HttpRouteRule": ["custom_error_response_policy", "header_action"],
    "google.cloud.compute.v1.HttpRouteRuleMatch": ["metadata_filters", "path_template_match", "regex_match"],
    "google.cloud.compute.v1.PathMatcher": ["default_custom_error_response_policy", "header_action"],
    "google.cloud.compute.v1.PathRule": ["custom_error_response_policy"],
    "google.cloud.compute.v1.UrlMap": ["default_custom_error_response_policy", "header_action"],
    "google.cloud.compute.v1.UrlRewrite": ["path_template_rewrite"],
    "google.cloud.eventarc.v1.Destination": ["gke", "http_endpoint"],
    "google.cloud.functions.v1.GenerateUploadUrlRequest": ["kms_key_name"],
    "google.cloud.functions.v1.GetFunctionRequest": ["version_id"],
    "google.cloud.functions.v2.GenerateUploadUrlRequest": ["kms_key_name"],
    "google.cloud.functions.v2.GetFunctionRequest": ["revision"],
    "google.cloud.functions.v2beta.GenerateUploadUrlRequest": ["kms_key_name"],
    "google.cloud.functions.v2beta.GetFunctionRequest": ["revision"],
    // Keys are made in software here, and nobody asks why one is used.
    "google.cloud.kms.v1.CryptoKey": ["import_only", "crypto_key_backend", "key_access_justifications_policy"],
    "google.cloud.kms.v1.CryptoKeyVersion": ["external_protection_level_options", "trusted_wrapping_enabled"],
    "google.cloud.run.v2.ListExecutionsRequest": ["show_deleted"],
    "google.cloud.run.v2.ListJobsRequest": ["show_deleted"],
    "google.cloud.run.v2.ListRevisionsRequest": ["show_deleted"],
    "google.cloud.run.v2.ListServicesRequest": ["show_deleted"],
    "google.cloud.run.v2.ListWorkerPoolsRequest": ["show_deleted"],
    // Messages go to subscribers and endpoints only, and as they were published.
    "google.pubsub.v1.Subscription": [
        "bigquery_config",
        "cloud_storage_config",
        "bigtable_config",
        "message_transforms",
        "detached",
    ],
    "google.pubsub.v1.Topic": ["ingestion_data_source_settings", "message_transforms", "schema_settings"],
    "google.cloud.tasks.v2.Task": ["app_engine_http_request"],
    "google.cloud.servicedirectory.v1.ResolveServiceRequest": ["endpoint_filter"],
};

const SERVER_SETS = "only the server sets it";
const NO_ATTESTATION = "a full view has the attestation of a hardware module in addition, and no key here has one";
const ONE_ADDRESS = "functions of both generations are uploaded to the same address";

/** The fields that change nothing in the sandbox, by message, each with the reason. */
export const HARMLESS: ByMessage<Readonly<Record<string, string>>> = {
    "google.api.serviceusage.v1.DisableServiceRequest": {
        disable_dependent_services: "no service of the sandbox depends on another",
        check_if_service_has_usage: "the sandbox keeps no usage of services, so that there is none",
    },
    "google.cloud.functions.v2.GenerateUploadUrlRequest": { environment: ONE_ADDRESS },
    "google.cloud.functions.v2beta.GenerateUploadUrlRequest": { environment: ONE_ADDRESS },
    "google.cloud.kms.v1.ListCryptoKeysRequest": { version_view: NO_ATTESTATION },
    "google.cloud.kms.v1.ListCryptoKeyVersionsRequest": { view: NO_ATTESTATION },
    "google.cloud.orgpolicy.v2.Policy": { etag: "a policy that is to be created has no state yet" },
    "google.cloud.run.v2.Service.MultiRegionSettings": { multi_region_id: SERVER_SETS },
    "google.cloud.tasks.v2.Queue": { state: SERVER_SETS, purge_time: SERVER_SETS },
    "google.cloud.workflows.executions.v1.Execution": { create_time: SERVER_SETS },
    "google.iam.admin.v1.ServiceAccount": {
        name: "an account is called after its ID, which the request to create has beside it",
        project_id: SERVER_SETS,
        unique_id: SERVER_SETS,
        email: SERVER_SETS,
        oauth2_client_id: SERVER_SETS,
        disabled: SERVER_SETS,
        description: "UpdateServiceAccount changes the display name only, as Google documents it",
        etag: "Google has deprecated the etags of accounts, and ignores them",
    },
    "google.longrunning.ListOperationsRequest": { return_partial_success: "each list is whole" },
    "google.longrunning.WaitOperationRequest": {
        timeout: "Google may answer before the time is over, and the sandbox always does",
    },
    "google.pubsub.v1.StreamingPullRequest": {
        client_id: "messages without an order can go to any of a client's streams",
        protocol_version: "the stream has no message yet that newer clients alone understand",
    },
    "google.pubsub.v1.PullRequest": { return_immediately: "a pull never waits for messages" },
};
