import type * as pulumi from "@pulumi/pulumi";

type Outputs = Record<string, unknown>;

/** The outputs that Google Cloud would add to the inputs, as far as the components read them. */
export function googleOutputs({ type, name, inputs }: pulumi.runtime.MockResourceArgs, project: string): Outputs {
    const given = inputs as Outputs;
    const own = text(given["project"]) ?? project;
    const named = { project: own, name: text(given["name"]) ?? `${name}-0000000` };
    const location = text(given["location"]) ?? text(given["region"]) ?? "us-central1";
    switch (type) {
        case "gcp:serviceaccount/account:Account": {
            const email = `${text(given["accountId"]) ?? name}@${own}.iam.gserviceaccount.com`;
            return {
                project: own,
                email,
                member: `serviceAccount:${email}`,
                name: `projects/${own}/serviceAccounts/${email}`,
                uniqueId: "100000000000000000001",
            };
        }
        case "gcp:cloudrunv2/service:Service":
            return {
                ...named,
                uri: `https://${name}-abcdefghij-uc.a.run.app`,
                latestReadyRevision: `projects/${own}/locations/${location}/services/${named.name}/revisions/${named.name}-00001`,
            };
        case "gcp:cloudfunctionsv2/function:Function":
            return {
                ...named,
                url: `https://${location}-${own}.cloudfunctions.net/${named.name}`,
                serviceConfig: {
                    ...(given["serviceConfig"] as Outputs | undefined),
                    uri: `https://${name}-abcdefghij-uc.a.run.app`,
                    service: `projects/${own}/locations/${location}/services/${named.name}`,
                },
            };
        case "gcp:cloudfunctions/function:Function":
            return { ...named, httpsTriggerUrl: `https://${location}-${own}.cloudfunctions.net/${named.name}` };
        case "gcp:workflows/workflow:Workflow":
            return { ...named, revisionId: "000001-abc" };
        case "gcp:secretmanager/secret:Secret":
            return { project: own, secretId: text(given["secretId"]) ?? `${name}-0000000` };
        case "pulumi:index:Stash":
            return { output: given["input"] };
        default:
            return named;
    }
}

/** The ID of a resource. It has Google's form if the components read it. */
export function googleId({ type, name, inputs }: pulumi.runtime.MockResourceArgs, outputs: Outputs): string {
    const given = inputs as Outputs;
    const place = `projects/${text(outputs["project"]) ?? ""}/locations/${text(given["location"]) ?? text(given["region"]) ?? "us-central1"}`;
    const short = text(outputs["name"]) ?? name;
    switch (type) {
        case "gcp:workflows/workflow:Workflow":
            return `${place}/workflows/${short}`;
        case "gcp:cloudrunv2/service:Service":
            return `${place}/services/${short}`;
        case "gcp:cloudscheduler/job:Job":
            return `${place}/jobs/${short}`;
        case "gcp:cloudtasks/queue:Queue":
            return `${place}/queues/${short}`;
        case "gcp:pubsub/topic:Topic":
            return `projects/${text(outputs["project"]) ?? ""}/topics/${short}`;
        case "gcp:serviceaccount/account:Account":
            return text(outputs["name"]) ?? short;
        default:
            return `${name}-id`;
    }
}

/** The name, project and location in an ID such as `projects/P/locations/L/services/S`. */
export function placeOf(id: string): Outputs {
    const [, project, , location] = id.split("/");
    const name = id.slice(id.lastIndexOf("/") + 1);
    return { name, ...(id.startsWith("projects/") && { project, location, region: location }) };
}

function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}
