import { asText, isObject, type Properties, type Value } from "../../values";
import type { RestType } from "../rest";

/** `gcp.orgpolicy.Policy`. https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies */
export const orgPolicy: RestType = {
    token: "gcp:orgpolicy/policy:Policy",
    base: "https://orgpolicy.googleapis.com/v2/",
    id: "{name}",
    create: "{parent}/policies",
    update: "none",
    notSent: ["parent"],
    toBody: ({ spec, dryRunSpec }, inputs) => ({
        name: asText(inputs["name"]),
        ...(isObject(spec) && { spec: withRules(spec, ofText) }),
        ...(isObject(dryRunSpec) && { dryRunSpec: withRules(dryRunSpec, ofText) }),
    }),
    toOutputs: (outputs, remote, inputs) => ({
        ...outputs,
        // The API answers the number of a project, whatever the program named it by.
        name: inputs["name"] ?? remote["name"] ?? null,
        parent: inputs["parent"] ?? asText(remote["name"]).replace(/\/policies\/.*$/, ""),
        spec: isObject(outputs["spec"]) ? withRules(outputs["spec"], toText) : null,
        dryRunSpec: isObject(outputs["dryRunSpec"]) ? withRules(outputs["dryRunSpec"], toText) : null,
    }),
};

/** What a rule has as a text in the provider, and as something else in the API. */
const SWITCHES = ["allowAll", "denyAll", "enforce"];

function withRules(spec: Properties, convert: (value: Value, isParameters: boolean) => Value): Properties {
    const rules = Array.isArray(spec["rules"]) ? spec["rules"].filter((rule) => isObject(rule)) : [];
    const converted = rules.map((rule) =>
        Object.fromEntries(
            Object.entries(rule).map(([key, value]) => [
                key,
                [...SWITCHES, "parameters"].includes(key) ? convert(value, key === "parameters") : value,
            ]),
        ),
    );
    return { ...spec, rules: converted };
}

const ofText = (value: Value, isParameters: boolean): Value =>
    isParameters ? (JSON.parse(asText(value) || "{}") as Value) : asText(value).toUpperCase() === "TRUE";

const toText = (value: Value, isParameters: boolean): Value => (isParameters ? value : asText(value).toUpperCase());
