import type { Call, Json, RouteRequest } from "../../cloud";
import type { Messages } from "../descriptors";
import { checkAddress, showAddress } from "./addresses";
import { checkBackendService, checkEndpointGroup } from "./backends";
import { checkCertificate, checkForwardingRule, checkProxy } from "./frontends";
import { checkNetwork, checkSubnetwork, showNetwork } from "./networks";
import { checkSecurityPolicy, ruleActions } from "./security-policies";
import { checkUrlMap } from "./url-maps";
import type { Wanted } from "./wanted";

/** One kind of resource of Compute Engine. */
export interface Kind {
    /** The collection in paths and links. */
    segment: string;
    message: keyof Messages;
    /** What the resource is called in permissions, where it is in no region and where it is in one. */
    permissions: { global?: string; region?: string };
    /** Whether it can be changed as a whole. @default only by the methods of {@link setters} */
    changes?: true;
    /** The methods `POST …/NAME/METHOD` that change one field, and the field. */
    setters?: Record<string, string>;
    /** The methods `POST …/NAME/METHOD` that change one of its rules, which are changed by nothing else. */
    actions?: Record<string, (request: RouteRequest) => (resource: Json) => Json>;
    /** Checks what the client asks for and fills in what Google fills in. @throws ApiError */
    check(resource: Json, wanted: Wanted): Json;
    /** The resource as clients see it. @default as it is kept */
    show?(resource: Json, call: Call): Json;
}

/** https://cloud.google.com/compute/docs/reference/rest/v1 */
export const kinds: readonly Kind[] = [
    {
        segment: "addresses",
        message: "google.cloud.compute.v1.Address",
        permissions: { global: "globalAddresses", region: "addresses" },
        setters: { setLabels: "labels" },
        check: checkAddress,
        show: showAddress,
    },
    {
        segment: "networkEndpointGroups",
        message: "google.cloud.compute.v1.NetworkEndpointGroup",
        permissions: { region: "regionNetworkEndpointGroups" },
        check: checkEndpointGroup,
    },
    {
        segment: "backendServices",
        message: "google.cloud.compute.v1.BackendService",
        permissions: { global: "backendServices", region: "regionBackendServices" },
        changes: true,
        setters: { setSecurityPolicy: "securityPolicy" },
        check: checkBackendService,
    },
    {
        segment: "urlMaps",
        message: "google.cloud.compute.v1.UrlMap",
        permissions: { global: "urlMaps", region: "regionUrlMaps" },
        changes: true,
        check: checkUrlMap,
    },
    {
        segment: "targetHttpProxies",
        message: "google.cloud.compute.v1.TargetHttpProxy",
        permissions: { global: "targetHttpProxies", region: "regionTargetHttpProxies" },
        changes: true,
        setters: { setUrlMap: "urlMap" },
        check: checkProxy,
    },
    {
        segment: "targetHttpsProxies",
        message: "google.cloud.compute.v1.TargetHttpsProxy",
        permissions: { global: "targetHttpsProxies", region: "regionTargetHttpsProxies" },
        changes: true,
        setters: {
            setUrlMap: "urlMap",
            setSslCertificates: "sslCertificates",
            setSslPolicy: "sslPolicy",
            setQuicOverride: "quicOverride",
            setCertificateMap: "certificateMap",
        },
        check: checkProxy,
    },
    {
        segment: "sslCertificates",
        message: "google.cloud.compute.v1.SslCertificate",
        permissions: { global: "sslCertificates", region: "regionSslCertificates" },
        check: checkCertificate,
    },
    {
        segment: "forwardingRules",
        message: "google.cloud.compute.v1.ForwardingRule",
        permissions: { global: "globalForwardingRules", region: "forwardingRules" },
        changes: true,
        setters: { setTarget: "target", setLabels: "labels" },
        check: checkForwardingRule,
    },
    {
        segment: "securityPolicies",
        message: "google.cloud.compute.v1.SecurityPolicy",
        permissions: { global: "securityPolicies", region: "regionSecurityPolicies" },
        changes: true,
        actions: ruleActions,
        check: checkSecurityPolicy,
    },
    {
        segment: "networks",
        message: "google.cloud.compute.v1.Network",
        permissions: { global: "networks" },
        changes: true,
        check: checkNetwork,
        show: showNetwork,
    },
    {
        segment: "subnetworks",
        message: "google.cloud.compute.v1.Subnetwork",
        permissions: { region: "subnetworks" },
        changes: true,
        setters: { setPrivateIpGoogleAccess: "privateIpGoogleAccess" },
        check: checkSubnetwork,
    },
];
