import { asText, type Properties } from "../../values";
import type { ResourceSchema } from "../schema";
import type { IamTarget } from "./targets";

/** The services whose name differs from that of their module in `@pulumi/gcp`. */
const SERVICES: Record<string, string> = {
    bigqueryanalyticshub: "analyticshub",
    bigtable: "bigtableadmin",
    billing: "cloudbilling",
    certificateauthority: "privateca",
    cloudbuildv2: "cloudbuild",
    colab: "aiplatform",
    endpoints: "servicemanagement",
    gemini: "cloudaicompanion",
    kms: "cloudkms",
    vertex: "aiplatform",
    workbench: "notebooks",
};

/** Inputs of grants that do not name the resource. */
const NO_NAME = /^(role|members?|condition|policyData|project|location|region|zone|deletionPolicy|etag)$/;

/** The input that holds each collection which a resource is in, in the order of a path. */
const CONTAINERS = [
    ["project", "projects"],
    ["location", "locations"],
    ["region", "regions"],
    ["zone", "zones"],
] as const;

/**
 * How the policy of a resource is read and written that the sandbox only keeps: at an address of the sandbox's own, which
 * holds policies for the names of resources that nothing stands behind. Google's own addresses differ for each product.
 *
 * @param token - the type of a grant, such as `gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember`
 */
export function keptTarget(token: string, schema: ResourceSchema): IamTarget {
    const [, module = "", kind = ""] = /^gcp:(\w+)\/(\w*?)[iI][aA][mM](?:Member|Binding|Policy):/.exec(token) ?? [];
    const names = Object.keys(schema.inputs).filter((key) => !NO_NAME.test(key));
    return {
        token,
        base: "https://kept-policies.googleapis.com/v1/",
        path: "",
        get: "GET?",
        pathOf: (filled: Properties) => {
            const given = names.map((key) => asText(filled[key] ?? "")).filter((name) => name !== "");
            const whole = given.find((name) => name.includes("/"));
            const above = CONTAINERS.flatMap(([input, collection]) =>
                typeof filled[input] === "string" ? [collection, asText(filled[input])] : [],
            );
            const own = whole === undefined ? [...above, `${kind === "" ? module : kind}s`, ...given] : [whole];
            return [`${SERVICES[module] ?? module}.googleapis.com`, ...own].join("/");
        },
    };
}
