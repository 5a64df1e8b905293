import { InternalError } from "../../errors";

/**
 * The permissions that the sandbox knows: those that its APIs and front doors check, and others that Google's roles hold
 * together with them. The form is `service: { resource: "verbs" }`.
 * Mirrors https://cloud.google.com/iam/docs/permissions-reference
 */
const catalogue: Record<string, Record<string, string>> = {
    apigateway: {
        apis: "create delete get getIamPolicy list setIamPolicy update",
        apiconfigs: "create delete get getIamPolicy list setIamPolicy update",
        gateways: "create delete get getIamPolicy list setIamPolicy update",
        locations: "get list",
        operations: "cancel delete get list",
    },
    artifactregistry: {
        repositories:
            "create delete deleteArtifacts downloadArtifacts get getIamPolicy list setIamPolicy update uploadArtifacts",
        locations: "get list",
    },
    cloudbuild: { builds: "create get list update" },
    cloudfunctions: {
        functions:
            "call create delete get getIamPolicy invoke list setIamPolicy sourceCodeGet sourceCodeSet update generateUploadUrl generateDownloadUrl",
        locations: "get list",
        operations: "get list",
        runtimes: "list",
    },
    servicemanagement: { services: "bind check create delete get getIamPolicy list quota report setIamPolicy update" },
    cloudscheduler: {
        jobs: "create delete enable fullView get list pause run update",
        locations: "get list",
    },
    cloudtasks: {
        queues: "create delete get getIamPolicy list pause purge resume setIamPolicy update",
        tasks: "create delete fullView get list run",
        locations: "get list",
    },
    compute: {
        addresses: "create delete get list setLabels use",
        backendServices: "create delete get getIamPolicy list setIamPolicy setSecurityPolicy update use",
        forwardingRules: "create delete get list setLabels setTarget update use",
        globalAddresses: "create delete get list setLabels use",
        globalForwardingRules: "create delete get list setLabels setTarget update use",
        globalOperations: "get list",
        networks: "create delete get list update use",
        projects: "get",
        regionBackendServices: "create delete get getIamPolicy list setIamPolicy setSecurityPolicy update use",
        regionNetworkEndpointGroups: "create delete get list use",
        regionOperations: "get list",
        regionSecurityPolicies: "create delete get list update use",
        regionSslCertificates: "create delete get list use",
        regionTargetHttpProxies: "create delete get list setUrlMap update use",
        regionTargetHttpsProxies:
            "create delete get list setCertificateMap setQuicOverride setSslCertificates setSslPolicy setUrlMap update use",
        regionUrlMaps: "create delete get list update use validate",
        regions: "get list",
        securityPolicies: "create delete get list update use",
        sslCertificates: "create delete get list use",
        subnetworks: "create delete get list setPrivateIpGoogleAccess update use",
        targetHttpProxies: "create delete get list setUrlMap update use",
        targetHttpsProxies:
            "create delete get list setCertificateMap setQuicOverride setSslCertificates setSslPolicy setUrlMap update use",
        urlMaps: "create delete get list update use validate",
        zones: "get list",
    },
    eventarc: {
        events: "receiveEvent receiveAuditLogWritten",
        triggers: "create delete get getIamPolicy list setIamPolicy undelete update",
        locations: "get list",
        operations: "cancel delete get list",
    },
    iam: {
        denypolicies: "create delete get list update",
        roles: "create delete get list undelete update",
        serviceAccountKeys: "create delete disable enable get list upload",
        serviceAccounts:
            "actAs create delete disable enable get getAccessToken getIamPolicy getOpenIdToken implicitDelegation list setIamPolicy signBlob signJwt undelete update",
        workloadIdentityPools: "create delete get list undelete update",
        workloadIdentityPoolProviders: "create delete get list undelete update",
    },
    iap: {
        tunnelDestGroups: "accessViaIAP getIamPolicy setIamPolicy",
        tunnelInstances: "accessViaIAP getIamPolicy setIamPolicy",
        web: "getIamPolicy getSettings setIamPolicy updateSettings",
        webServiceVersions: "accessViaIAP getIamPolicy getSettings setIamPolicy updateSettings",
        webServices: "getIamPolicy getSettings setIamPolicy updateSettings",
        webTypes: "getIamPolicy getSettings setIamPolicy updateSettings",
    },
    logging: { logEntries: "create list", logMetrics: "create delete get list update", logs: "delete list" },
    monitoring: {
        alertPolicies: "create delete get list update",
        alerts: "get list",
        metricDescriptors: "create delete get list",
        monitoredResourceDescriptors: "get list",
        timeSeries: "create list",
        notificationChannelDescriptors: "get list",
        notificationChannels: "create delete get list update",
    },
    pubsub: {
        snapshots: "create delete get getIamPolicy list seek setIamPolicy update",
        subscriptions: "consume create delete get getIamPolicy list setIamPolicy update",
        topics: "attachSubscription create delete detachSubscription get getIamPolicy list publish setIamPolicy update updateTag",
        schemas: "create delete get getIamPolicy list setIamPolicy validate",
    },
    orgpolicy: { policies: "create delete list update", policy: "get set" },
    resourcemanager: {
        folders: "create get getIamPolicy list setIamPolicy",
        organizations: "get getIamPolicy setIamPolicy",
        projects: "create delete get getIamPolicy list move setIamPolicy undelete update",
    },
    run: {
        configurations: "get list",
        domainmappings: "create delete get list",
        executions: "cancel delete get list",
        jobs: "create delete get getIamPolicy list run runWithOverrides setIamPolicy update",
        locations: "list",
        operations: "delete get list",
        revisions: "delete get list",
        routes: "get invoke list",
        services: "create delete get getIamPolicy list setIamPolicy update",
        tasks: "get list",
        workerpools: "create delete get getIamPolicy list setIamPolicy update",
    },
    cloudkms: {
        cryptoKeyVersions: "create destroy get list restore update useToDecrypt useToEncrypt",
        cryptoKeys: "create get getIamPolicy list setIamPolicy update",
        keyRings: "create get getIamPolicy list setIamPolicy",
        locations: "get list",
    },
    secretmanager: {
        locations: "get list",
        secrets: "create delete get getIamPolicy list setIamPolicy update",
        versions: "access add destroy disable enable get list",
    },
    servicedirectory: {
        endpoints: "create delete get getIamPolicy list setIamPolicy update",
        locations: "get list",
        namespaces: "associatePrivateZone create delete get getIamPolicy list setIamPolicy update",
        networks: "access attach",
        services: "bind create delete get getIamPolicy list resolve setIamPolicy update",
    },
    serviceusage: { operations: "get list", quotas: "get update", services: "disable enable get list use" },
    storage: {
        buckets: "create delete get getIamPolicy list setIamPolicy update",
        managedFolders: "create delete get getIamPolicy list setIamPolicy",
        multipartUploads: "abort create list listParts",
        objects: "create delete get getIamPolicy list setIamPolicy update",
    },
    vpcaccess: {
        connectors: "create delete get list update use",
        locations: "list",
        operations: "get list",
    },
    workflows: {
        callbacks: "list send",
        executions: "cancel create get list",
        locations: "get list",
        operations: "cancel get list",
        stepEntries: "get list",
        workflows: "create delete get list listRevision update",
    },
};

/** Every permission that the sandbox knows, such as `run.routes.invoke`. */
export const permissions: readonly string[] = Object.entries(catalogue).flatMap(([service, resources]) =>
    Object.entries(resources).flatMap(([resource, verbs]) =>
        verbs.split(" ").map((verb) => `${service}.${resource}.${verb}`),
    ),
);

/** Whether a role can name a permission: the sandbox knows it, or it is of a service that the sandbox does not have. */
export function isPermission(name: string): boolean {
    const [, service = ""] = /^([a-z][a-z0-9]*)\.[a-zA-Z0-9]+\.[a-zA-Z0-9]+$/.exec(name) ?? [];
    return service !== "" && (catalogue[service] === undefined || permissions.includes(name));
}

/**
 * The permissions that patterns stand for: `run.*`, `run.services.get`, `run.{jobs,services}.{get,list}`.
 * @throws Error if a pattern matches no permission, which is a mistake in a role
 */
export function expand(patterns: readonly string[]): string[] {
    return patterns.flatMap(spread).flatMap((pattern) => {
        const found = pattern.endsWith(".*")
            ? permissions.filter((permission) => permission.startsWith(pattern.slice(0, -1)))
            : permissions.filter((permission) => permission === pattern);
        if (found.length === 0) {
            throw new InternalError(`no permission is called ${pattern}`);
        }
        return found;
    });
}

function spread(pattern: string): string[] {
    const [, before = "", words = "", after = ""] = /^(.*?)\{(.*?)\}(.*)$/.exec(pattern) ?? [];
    return words === "" ? [pattern] : words.split(",").flatMap((word) => spread(before + word + after));
}
