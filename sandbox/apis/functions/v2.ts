import { defined, functionCpu, runtimeProblem } from "../../../common";
import { ApiError } from "../../cloud";
import { projectNumberOf } from "../../iam";
import { defaultServiceAccount } from "../act-as";
import {
    createOperations,
    locationMethods,
    message,
    selected,
    crud,
    invalidArgument,
    nameParts,
    policyMethods,
    Resources,
    shortName,
    uid,
    type ApiDefinition,
    type Call,
    type Method,
    type Methods,
} from "../framework";
import { inSecondVersion } from "./first-generation";
import { type CloudFunction, functionUrl, runServiceOf, serviceBeneath } from "./run-service";
import { deployTrigger, type EventTrigger } from "./trigger";
import { uploadAddress } from "./source";
import { removeTrigger } from "../eventarc";
import { deployService, removeService, type RunService } from "../run";
import { checkKeyUse } from "../kms";

const HOST = "cloudfunctions.googleapis.com";
const TYPE = "cloudfunctions.googleapis.com/Function";
export const functions = new Resources<CloudFunction>("cloudfunctions.functions", "google.cloud.functions.v2.Function");
export const functionOperations = createOperations(
    "cloudfunctions",
    ["v1", "v2", "v2beta"],
    "cloudfunctions.operations.get",
);

/** The runtimes of the second generation that gcloud lets a user name. https://cloud.google.com/functions/docs/runtime-support */
const RUNTIMES =
    "nodejs20 nodejs22 nodejs24 python311 python312 python313 go123 go124 java17 java21 ruby33 php83 dotnet8";

const sourceMethods: Methods<"google.cloud.functions.v2.FunctionService"> = {
    GenerateUploadUrl: {
        permission: "cloudfunctions.functions.generateUploadUrl",
        handle({ parent }, call) {
            const { bucket, object, uploadUrl } = uploadAddress(call, parent, "gcf-v2-uploads");
            return { uploadUrl, storageSource: { bucket, object } };
        },
    },
    ListRuntimes: {
        permission: "cloudfunctions.runtimes.list",
        handle: (request) => ({
            runtimes: selected(
                message("google.cloud.functions.v2.ListRuntimesResponse.Runtime"),
                RUNTIMES.split(" ").map((name) => ({
                    name,
                    displayName: name,
                    stage: "GA",
                    environment: "GEN_2",
                })),
                request,
            ),
        }),
    },
};

/** https://cloud.google.com/functions/docs/reference/rest: v2, and v2beta, which the provider calls. */
export const cloudfunctions: ApiDefinition = {
    host: HOST,
    unverified: [
        "the source of a function is not read when it is deployed",
        "a function's own address is accepted as an audience",
    ],
    services: {
        ...api("v2"),
        ...api("v2beta"),
        "google.iam.v1.IAMPolicy": policyMethods({
            host: HOST,
            permissions: "cloudfunctions.functions",
            resourceType: TYPE,
            mustExist: (cloud, name) => functions.get(cloud, name),
            paths: ["v2", "v2beta"].map((version) => `/${version}/{resource=projects/*/locations/*/functions/*}`),
        }),
        "google.cloud.location.Locations": locationMethods("v1", "v2", "v2beta"),
        "google.longrunning.Operations": functionOperations.service,
    },
};

function build(
    call: Call,
    name: string,
    wanted: Partial<CloudFunction>,
    current: CloudFunction | undefined,
): CloudFunction {
    const { buildConfig, serviceConfig = {} } = wanted;
    if (!buildConfig?.runtime) {
        throw invalidArgument("Runtime field cannot be empty.", "function.build_config.runtime");
    }
    const wrongRuntime = runtimeProblem(buildConfig.runtime, call.cloud.settings);
    if (wrongRuntime !== undefined) {
        throw invalidArgument(`The runtime is not supported: ${wrongRuntime}`, "function.build_config.runtime");
    }
    if (!buildConfig.source) {
        throw invalidArgument("Source field cannot be empty.", "function.build_config.source");
    }
    checkKeyUse(call.cloud, "cloudfunctions", name, wanted.kmsKeyName);
    const { projects: project = "", locations: region = "" } = nameParts(name);
    const { ingressSettings = "ALLOW_ALL", environmentVariables = {} } = serviceConfig;
    const account = serviceConfig.serviceAccountEmail ?? defaultServiceAccount(call, project);
    const number = projectNumberOf(project, call.cloud.settings, call.cloud.store);
    const settings = {
        availableMemory: "256M",
        availableCpu: functionCpu(serviceConfig.availableMemory ?? "256M"),
        timeoutSeconds: 60,
        maxInstanceCount: 100,
        maxInstanceRequestConcurrency: 1,
        ...serviceConfig,
    };
    const service = deployBeneath(call, name, runServiceOf(name, account, wanted, settings));
    const eventTrigger = withTrigger(call, name, account, wanted, current);
    return {
        ...wanted,
        ...(eventTrigger && { eventTrigger }),
        name,
        environment: "GEN_2",
        state: "ACTIVE",
        createTime: current?.createTime ?? call.time,
        updateTime: call.time,
        url: functionUrl(name),
        buildConfig: {
            dockerRepository: `projects/${project}/locations/${region}/repositories/gcf-artifacts`,
            serviceAccount: `projects/${project}/serviceAccounts/${number}-compute@developer.gserviceaccount.com`,
            ...buildConfig,
            build: `projects/${number}/locations/${region}/builds/${uid()}`,
        },
        serviceConfig: {
            ...settings,
            ingressSettings,
            environmentVariables: { LOG_EXECUTION_ID: "true", ...environmentVariables },
            serviceAccountEmail: account,
            allTrafficOnLatestRevision: true,
            service: service.name,
            ...defined({ uri: service.uri }),
            revision: shortName(String(service.latestReadyRevision)),
        },
    };
}

/** Deploys the service of a function. Its errors are told as Google tells them: https://github.com/googlecodelabs/feedback/issues/1210 */
function deployBeneath(call: Call, name: string, service: ReturnType<typeof runServiceOf>): RunService {
    try {
        return deployService(call, serviceBeneath(name), service, true);
    } catch (error) {
        if (error instanceof ApiError && error.message.startsWith("template.")) {
            const said = error.message.replace(/^template\./, "spec.template.spec.");
            const told = `Could not create Cloud Run service ${shortName(serviceBeneath(name))}. ${said}`;
            throw new ApiError(error.status, told, error.details);
        }
        throw error;
    }
}

/** Deploys the trigger of a function. If that fails for a new function, its service is removed again. */
function withTrigger(
    call: Call,
    name: string,
    account: string,
    wanted: Partial<CloudFunction>,
    current: CloudFunction | undefined,
): EventTrigger | undefined {
    try {
        return deployTrigger(call, name, account, wanted.eventTrigger, current?.eventTrigger);
    } catch (error) {
        if (!current) {
            removeService(call, serviceBeneath(name));
        }
        throw error;
    }
}

function api(version: "v2" | "v2beta"): Record<string, Record<string, Method>> {
    const proto = `google.cloud.functions.${version}`;
    const methods = crud({
        resources: functions,
        singular: "Function",
        permissions: "cloudfunctions.functions",
        resourceType: TYPE,
        idField: "functionId",
        build,
        deleted: (call, name) => removeService(call, serviceBeneath(name)),
        deleting: ({ cloud }, { eventTrigger }) => {
            if (eventTrigger?.trigger) {
                removeTrigger(cloud, eventTrigger.trigger);
            }
        },
        operations: {
            operations: functionOperations,
            type: `${proto}.Function`,
            metadata: `${proto}.OperationMetadata`,
        },
    });
    const get = methods.GetFunction;
    return {
        [`${proto}.FunctionService`]: {
            ...sourceMethods,
            ...methods,
            GetFunction: {
                ...get,
                handle: (request, call) =>
                    (functions.find(call.cloud, String(request["name"])) === undefined
                        ? inSecondVersion(call.cloud, String(request["name"]))
                        : undefined) ?? get.handle(request, call),
            },
        },
    };
}
