import { asText, isObject, type Properties } from "../../values";
import type { RestType } from "../rest";

/** `gcp.cloudfunctionsv2.Function`. https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions */
export const function2: RestType = {
    token: "gcp:cloudfunctionsv2/function:Function",
    // Pulumi's provider is made from Terraform's beta provider, which calls the beta version.
    base: "https://cloudfunctions.googleapis.com/v2beta/",
    id: "projects/{project}/locations/{location}/functions/{name}",
    create: "projects/{project}/locations/{location}/functions?functionId={name}",
    update: "mask",
    autoName: { property: "name", maximum: 63 },
    bodyName: "full",
    defaults: { "serviceConfig.allTrafficOnLatestRevision": true },
    shortNames: ["name"],
    rename: { "FunctionServiceConfig.directVpcNetworkInterfaces": "directVpcNetworkInterface" },
};

/** `gcp.cloudfunctions.Function`, the first generation. https://cloud.google.com/functions/docs/reference/rest/v1/projects.locations.functions */
export const function1: RestType = {
    token: "gcp:cloudfunctions/function:Function",
    base: "https://cloudfunctions.googleapis.com/v1/",
    id: "projects/{project}/locations/{region}/functions/{name}",
    create: "projects/{project}/locations/{region}/functions",
    update: "mask",
    autoName: { property: "name", maximum: 63 },
    bodyName: "full",
    defaults: { availableMemoryMb: 256, ingressSettings: "ALLOW_ALL", timeout: 60 },
    shortNames: ["name"],
    notSent: ["triggerHttp", "sourceArchiveBucket", "sourceArchiveObject"],
    toBody: (body, inputs) => ({
        ...body,
        ...(inputs["triggerHttp"] === true && { httpsTrigger: httpsTriggerOf(inputs) }),
        ...(typeof inputs["sourceArchiveBucket"] === "string" && {
            sourceArchiveUrl: `gs://${inputs["sourceArchiveBucket"]}/${asText(inputs["sourceArchiveObject"])}`,
        }),
        ...(typeof body["timeout"] === "number" && { timeout: `${body["timeout"]}s` }),
    }),
    toOutputs: (outputs, remote) => {
        const trigger = isObject(remote["httpsTrigger"]) ? remote["httpsTrigger"] : {};
        return {
            ...outputs,
            httpsTriggerUrl: trigger["url"] ?? "",
            httpsTriggerSecurityLevel: trigger["securityLevel"] ?? "",
            timeout: parseInt(asText(remote["timeout"] ?? 0), 10),
        };
    },
    unsupported: ["eventTrigger", "sourceRepository"],
};

function httpsTriggerOf(inputs: Properties): Properties {
    const level = inputs["httpsTriggerSecurityLevel"];
    return level === undefined ? {} : { securityLevel: level };
}
