import { functionMemoryProblem, runtimeProblem } from "../../../common";
import { ApiError, type Signal } from "../../cloud";
import { appEngineAccount, checkActAs } from "../act-as";
import { firstSource, uploadAddress } from "./source";
import { functionUrl } from "./run-service";
import { functionOperations } from "./v2";
import { crud, invalidArgument, nameParts, policyMethods, uid, type ApiDefinition, type Call } from "../framework";
import { type FunctionV1, functionsV1 } from "./first-generation";
import { checkKeyUse } from "../kms";

const HOST = "cloudfunctions.googleapis.com";
const TYPE = "cloudfunctions.googleapis.com/CloudFunction";
const MESSAGE = "google.cloud.functions.v1.CloudFunction";

/** https://cloud.google.com/functions/1stgendocs/reference/rest */
export const cloudfunctionsV1: ApiDefinition = {
    host: HOST,
    services: {
        "google.cloud.functions.v1.CloudFunctionsService": {
            ...crud({
                resources: functionsV1,
                singular: "Function",
                permissions: "cloudfunctions.functions",
                resourceType: TYPE,
                parentField: "location",
                segment: "functions",
                build: deploy,
                operations: { operations: functionOperations, type: MESSAGE, inLocation: false },
            }),
            CallFunction: {
                permission: "cloudfunctions.functions.call",
                resourceType: TYPE,
                async handle({ name, data }, { cloud }) {
                    const { timeout } = functionsV1.get(cloud, name);
                    const signal: Extract<Signal, { kind: "call" }> = { kind: "call", name, data, timeout };
                    cloud.signals.emit(signal);
                    if (!signal.answer) {
                        throw new ApiError("UNAVAILABLE", `this sandbox has nothing that calls ${name}`);
                    }
                    return { executionId: uid().replaceAll("-", "").slice(0, 12), ...(await signal.answer) };
                },
            },
            GenerateUploadUrl: {
                permission: "cloudfunctions.functions.sourceCodeSet",
                handle: ({ parent }, call) => ({ uploadUrl: uploadAddress(call, parent, "gcf-upload").uploadUrl }),
            },
            ...policyMethods({
                host: HOST,
                permissions: "cloudfunctions.functions",
                resourceType: TYPE,
                mustExist: (cloud, name) => functionsV1.get(cloud, name),
            }),
        },
    },
};

function deploy(call: Call, name: string, wanted: Partial<FunctionV1>, current: FunctionV1 | undefined): FunctionV1 {
    const { httpsTrigger, eventTrigger } = wanted;
    const { projects: project = "" } = nameParts(name);
    if (eventTrigger) {
        throw new ApiError(
            "UNIMPLEMENTED",
            "event triggers of 1st gen functions are not implemented by the sandbox; those of 2nd gen are",
        );
    }
    if (!httpsTrigger) {
        throw invalidArgument("Trigger field cannot be empty.", "function.trigger");
    }
    if (!wanted.runtime) {
        throw invalidArgument("Runtime field cannot be empty.", "function.runtime");
    }
    const wrongRuntime = runtimeProblem(wanted.runtime, call.cloud.settings);
    if (wrongRuntime !== undefined) {
        throw invalidArgument(`The runtime is not supported: ${wrongRuntime}`, "function.runtime");
    }
    if (!firstSource(wanted) && !wanted.sourceRepository) {
        throw invalidArgument(
            "Source code location must be specified: source_archive_url (gs://BUCKET/OBJECT), source_upload_url or source_repository",
            "function.source_code",
        );
    }
    const wrongMemory = functionMemoryProblem(wanted.availableMemoryMb || 256);
    if (wrongMemory !== undefined) {
        throw invalidArgument(wrongMemory, "function.available_memory_mb");
    }
    const account = wanted.serviceAccountEmail ?? appEngineAccount(call, project);
    checkActAs(call, account);
    checkKeyUse(call.cloud, "cloudfunctions", name, wanted.kmsKeyName);
    return {
        availableMemoryMb: 256,
        timeout: "60s",
        ingressSettings: "ALLOW_ALL",
        ...wanted,
        name,
        serviceAccountEmail: account,
        httpsTrigger: { securityLevel: "SECURE_ALWAYS", ...httpsTrigger, url: functionUrl(name) },
        status: "ACTIVE",
        updateTime: call.time,
        versionId: String(Number(current?.versionId ?? 0) + 1),
    };
}
