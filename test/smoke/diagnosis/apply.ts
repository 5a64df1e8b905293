import assert from "node:assert/strict";
import { accountUrl, type Sandboxed } from "../../support/sandboxed";

type Flags = Record<string, string>;

/** The resource that a group of gcloud's commands works on, by the name and the flags. */
const resources: Record<string, (name: string, flags: Flags) => string> = {
    "run services": (name, { project, region }) =>
        `https://run.googleapis.com/v2/projects/${project}/locations/${region}/services/${name}`,
    functions: (name, { project, region }) =>
        `https://cloudfunctions.googleapis.com/v1/projects/${project}/locations/${region}/functions/${name}`,
    "iap web": (_, { project, region, service }) =>
        `https://iap.googleapis.com/v1/projects/${project}/iap_web/cloud_run-${region}/services/${service}`,
    secrets: (name, { project }) => `https://secretmanager.googleapis.com/v1/projects/${project}/secrets/${name}`,
    "iam service-accounts": accountUrl,
    "tasks queues": (name, { project, location }) =>
        `https://cloudtasks.googleapis.com/v2/projects/${project}/locations/${location}/queues/${name}`,
    "pubsub topics": (name, { project }) => `https://pubsub.googleapis.com/v1/projects/${project}/topics/${name}`,
    "run jobs": (name, { project, region }) =>
        `https://run.googleapis.com/v2/projects/${project}/locations/${region}/jobs/${name}`,
    projects: (name) => `https://cloudresourcemanager.googleapis.com/v1/projects/${name}`,
    "resource-manager folders": (name) => `https://cloudresourcemanager.googleapis.com/v3/folders/${name}`,
    organizations: (name) => `https://cloudresourcemanager.googleapis.com/v3/organizations/${name}`,
    "iam service-accounts keys": (name, { "iam-account": account = "" }) => `${accountUrl(account)}/keys/${name}`,
};

const ingresses: Record<string, string> = {
    all: "ALL",
    internal: "INTERNAL_ONLY",
    "internal-and-cloud-load-balancing": "INTERNAL_LOAD_BALANCER",
};

/** Whether a suggestion is a command that changes something: others show a log, or are code. */
export const isCommand = (fix = ""): boolean => /^gcloud (?!.* logs read )/.test(fix);

/** Does what suggested commands say, by their words and flags alone. */
export async function apply(world: Sandboxed, commands: string): Promise<void> {
    for (const command of commands.split("\n")) {
        await run(world, command);
    }
}

async function run(world: Sandboxed, command: string): Promise<void> {
    const words = command.split(" ").slice(1);
    const flags: Flags = {};
    for (const word of words.filter((each) => each.startsWith("--"))) {
        const [, name = "", value = ""] = /^--([^=]+)=?(.*)$/.exec(word) ?? [];
        flags[name] = value;
    }
    const plain = words.filter((word) => !word.startsWith("--"));
    const at = plain.findIndex((word) =>
        /^(add-iam-policy-binding|remove-iam-policy-binding|update|enable|delete)$/.test(word),
    );
    const [group, verb, name = ""] = [plain.slice(0, at).join(" "), plain[at], plain[at + 1]];
    const { role = "", member: quoted = "" } = flags;
    const member = quoted.replace(/^'(.*)'$/, "$1");
    const resource = resources[group]?.(name, flags);
    if (resource && verb === "add-iam-policy-binding") {
        return world.grant(resource, role, member);
    }
    if (resource && verb === "remove-iam-policy-binding") {
        return world.revoke(resource, role, member);
    }
    if (resource && verb === "delete") {
        await world.admin("DELETE", resource);
        return;
    }
    const enabled: Record<string, string> = {
        "iam service-accounts": accountUrl(name),
        services: `https://serviceusage.googleapis.com/v1/projects/${flags["project"] ?? ""}/services/${name}`,
    };
    const enable = enabled[group];
    if (enable !== undefined && verb === "enable") {
        await world.admin("POST", `${enable}:enable`, {});
    } else if (resource && group === "run services" && verb === "update") {
        const audience = flags["add-custom-audiences"];
        const service = await world.admin("GET", resource);
        const change = {
            ...(audience !== undefined && {
                customAudiences: [...((service["customAudiences"] ?? []) as string[]), audience],
            }),
            ...("invoker-iam-check" in flags && { invokerIamDisabled: false }),
            ...("clear-custom-audiences" in flags && { customAudiences: [] }),
            ...("set-custom-audiences" in flags && { customAudiences: flags["set-custom-audiences"].split(",") }),
            ...("ingress" in flags && { ingress: `INGRESS_TRAFFIC_${ingresses[flags["ingress"] ?? ""] ?? ""}` }),
        };
        assert.ok(Object.keys(change).length > 0, command);
        await world.admin("PATCH", resource, { ...service, ...change });
    } else {
        assert.fail(`no command that this test can run: ${command}`);
    }
}
