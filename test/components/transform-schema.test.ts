import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { objectSchema, resourceSchema, type TypeSchema } from "../../engine/provider/schema";
import { deploy } from "./support/deploy";
import { components } from "./support/transforms";

const config = { "gcp:project": "demo" };

type Path = (string | number)[];

/** All properties within a type, also those of the first entry of a list. */
function within(type: TypeSchema, at: Path, above: string[] = []): [Path, TypeSchema][] {
    const own: [Path, TypeSchema] = [at, type];
    if (type.kind === "list" || type.kind === "map") {
        return [own, ...within(type.of, [...at, type.kind === "list" ? 0 : "key"], above)];
    }
    if (type.kind !== "object" || above.includes(type.name)) {
        return [own];
    }
    const members = Object.entries(objectSchema(type.name));
    return [own, ...members.flatMap(([key, each]) => within(each.type, [...at, key], [...above, type.name]))];
}

/** Another value than the one that the component writes. */
const VALUES: Record<TypeSchema["kind"], (before: unknown) => unknown> = {
    ...{ string: () => "other", number: () => 77, boolean: (before) => before !== true, asset: () => "other" },
    ...{ list: () => [], map: () => ({}), object: () => ({}) },
};

/** Sets a property, and makes what it is in where that is missing. */
function set(args: object, path: Path, type: TypeSchema): undefined {
    let at = args as Record<string | number, unknown>;
    for (const [index, key] of path.slice(0, -1).entries()) {
        if (typeof at[key] !== "object" || at[key] === null || pulumi.Output.isInstance(at[key])) {
            at[key] = typeof path[index + 1] === "number" ? [] : {};
        }
        at = at[key] as typeof at;
    }
    const last = path.at(-1) ?? "";
    at[last] = VALUES[type.kind](at[last]);
}

const CONTAINER =
    "args|commands|baseImageUri|buildInfos|dependsOns|image|livenessProbe|readinessProbe|startupProbe|name|ports|resources|" +
    "sandboxLauncher|sourceCode|volumeMounts|workingDir";
const OF_RUN =
    "annotations|binaryAuthorization|client|clientVersion|deletionPolicy|deletionProtection|description|labels|launchStage|" +
    "scaling|tags|template\\.(annotations|labels|revision|volumes|encryptionKey|nodeSelector|gpuZonalRedundancyDisabled)";

/**
 * What a transform of each resource may change: nothing of it says who calls, who may call, what a token is for, or where a request
 * goes. A property that a newer provider has is in no row, so that somebody decides about it.
 */
const FREE: Record<string, string> = {
    "gcp:cloudrunv2/service:Service": `${OF_RUN}|buildConfig|traffics|template\\.(executionEnvironment|healthCheckDisabled|maxInstanceRequestConcurrency|sandboxes|scaling|serviceMesh|sessionAffinity|timeout|containers\\.0\\.(${CONTAINER}))`,
    "gcp:cloudrunv2/job:Job": `${OF_RUN}|runExecutionToken|startExecutionToken|template\\.(parallelism|taskCount)|template\\.template\\.(encryptionKey|executionEnvironment|gpuZonalRedundancyDisabled|maxRetries|nodeSelector|timeout|volumes|containers\\.0\\.(${CONTAINER}))`,
    // Nobody calls a worker pool, so that no token is for it.
    "gcp:cloudrunv2/workerPool:WorkerPool": `${OF_RUN}|customAudiences|instanceSplits|template\\.(client|clientVersion|encryptionKeyRevocationAction|encryptionKeyShutdownDuration|containers\\.0\\.(${CONTAINER}))`,
    "gcp:cloudfunctionsv2/function:Function":
        "buildConfig\\.(automaticUpdatePolicy|build|dockerRepository|entryPoint|environmentVariables|onDeployUpdatePolicy|runtime|source|workerPool)|" +
        "deletionPolicy|description|kmsKeyName|labels|serviceConfig\\.(allTrafficOnLatestRevision|availableCpu|availableMemory|binaryAuthorizationPolicy|" +
        "environmentVariables\\.key|gcfUri|maxInstanceCount|maxInstanceRequestConcurrency|minInstanceCount|secretVolumes|service|timeoutSeconds|uri|vpcConnector)",
    "gcp:workflows/workflow:Workflow":
        "callLogLevel|cryptoKeyName|deletionPolicy|deletionProtection|description|executionHistoryLevel|labels|tags|userEnvVars\\.key",
    "gcp:cloudscheduler/job:Job":
        "attemptDeadline|deletionPolicy|description|httpTarget\\.(body|headers|httpMethod)|paused|retryConfig|schedule|timeZone",
    "gcp:cloudtasks/queue:Queue":
        "deletionPolicy|desiredState|httpTarget\\.(headerOverrides|httpMethod)|rateLimits|retryConfig|stackdriverLoggingConfig",
    "gcp:pubsub/subscription:Subscription":
        "ackDeadlineSeconds|deletionPolicy|enableExactlyOnceDelivery|enableMessageOrdering|expirationPolicy|filter|labels|messageRetentionDuration|" +
        "messageTransforms|name|pushConfig\\.(attributes|noWrapper)|retainAckedMessages|retryPolicy|tags",
    "gcp:eventarc/trigger:Trigger":
        "channel|deletionPolicy|eventDataContentType|labels|retryPolicy|transport\\.pubsub\\.subscription",
    "gcp:apigateway/gateway:Gateway": "deletionPolicy|displayName|labels",
};

describe("a transform, tried on every property of the installed provider", function () {
    this.timeout(300_000);
    after(() => pulumi.runtime.setAllConfig({}));

    for (const [name, { type, make }] of Object.entries(components)) {
        it(`of a ${name} changes what is free, and nothing else`, async () => {
            const { resources } = await deploy(() => make(() => undefined), { config });
            const token = resources.find((each) => each.name === "c" && each.type.endsWith(`:${type}`))?.type ?? "";
            const properties = Object.entries(resourceSchema(token)?.inputs ?? {});
            const paths = properties.flatMap(([key, each]) => within(each.type, [key]));
            const free = new RegExp(`^(${FREE[token] ?? ""})(\\.|$)`);
            const isFree = ([path]: (typeof paths)[number]): boolean => free.test(path.join("."));
            const isAccepted = ([path, of]: (typeof paths)[number]): Promise<boolean> =>
                deploy(() => make((args) => set(args, path, of)), { config }).then(
                    () => true,
                    () => false,
                );
            const accepted: string[] = [];
            for (const each of paths.filter((one) => !isFree(one))) {
                if (await isAccepted(each)) {
                    accepted.push(each[0].join("."));
                }
            }
            assert.deepEqual(accepted, []);
            let tried = false;
            for (const each of paths.filter(isFree)) {
                tried ||= await isAccepted(each);
            }
            assert.ok(tried, "a transform that may change nothing is of no use");
        });
    }
});
