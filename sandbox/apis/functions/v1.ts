import { ApiError, type Signal } from "../../cloud";
import { appEngineAccount, checkActAs } from "../act-as";
import { firstSource, uploadAddress } from "./source";
import { functionOperations, functionUrl } from "./v2";
import {
    applyMask,
    invalidArgument,
    method,
    nameParts,
    page,
    policyMethods,
    Resources,
    typed,
    uid,
    type ApiDefinition,
    type Call,
    type Json,
} from "../framework";

/** A function of the first generation: invoked by `roles/cloudfunctions.invoker` on itself. */
export type FunctionV1 = Json & {
    name: string;
    httpsTrigger?: Json & { url?: string; securityLevel?: string };
    serviceAccountEmail?: string;
    ingressSettings?: string;
    versionId?: string;
    timeout?: string;
    sourceArchiveUrl?: string;
    sourceUploadUrl?: string;
    sourceRepository?: Json;
};

const HOST = "cloudfunctions.googleapis.com";
const TYPE = "cloudfunctions.googleapis.com/CloudFunction";
const MESSAGE = "google.cloud.functions.v1.CloudFunction";
export const functionsV1 = new Resources<FunctionV1>("cloudfunctions.v1functions");

function deploy(call: Call, wanted: Partial<FunctionV1>, current: FunctionV1 | undefined): Json {
    const { name = "", httpsTrigger, eventTrigger } = wanted;
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
    if (!firstSource(wanted) && !wanted.sourceRepository) {
        throw invalidArgument(
            "Source code location must be specified: source_archive_url (gs://BUCKET/OBJECT), source_upload_url or source_repository",
            "function.source_code",
        );
    }
    const account = wanted.serviceAccountEmail ?? appEngineAccount(call, project);
    checkActAs(call, account);
    const deployed: FunctionV1 = {
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
    functionsV1.put(call.cloud, name, deployed);
    return functionOperations.done(call, "", typed(MESSAGE, deployed));
}

/** https://cloud.google.com/functions/1stgendocs/reference/rest */
export const cloudfunctionsV1: ApiDefinition = {
    host: HOST,
    services: {
        "google.cloud.functions.v1.CloudFunctionsService": {
            CreateFunction: method<{ location: string; function: Partial<FunctionV1> }>({
                permission: "cloudfunctions.functions.create",
                resourceType: TYPE,
                resource: ({ location }) => location,
                handle({ location, function: wanted }, call) {
                    if (!wanted.name?.startsWith(`${location}/functions/`)) {
                        throw invalidArgument(
                            `the function's name must begin with ${location}/functions/`,
                            "function.name",
                        );
                    }
                    functionsV1.absent(call.cloud, wanted.name);
                    return deploy(call, wanted, undefined);
                },
            }),
            GetFunction: method<{ name: string }>({
                permission: "cloudfunctions.functions.get",
                resourceType: TYPE,
                handle: ({ name }, { cloud }) => functionsV1.get(cloud, name),
            }),
            ListFunctions: method<{ parent: string; pageSize?: number; pageToken?: string }>({
                permission: "cloudfunctions.functions.list",
                handle: (request, { cloud }) => page("functions", functionsV1.list(cloud, request.parent), request),
            }),
            UpdateFunction: method<{ function: Partial<FunctionV1>; updateMask?: string }>({
                permission: "cloudfunctions.functions.update",
                resourceType: TYPE,
                resource: ({ function: wanted }) => wanted.name ?? "",
                handle({ function: wanted, updateMask }, call) {
                    const current = functionsV1.get(call.cloud, wanted.name ?? "");
                    return deploy(call, applyMask(current, wanted, updateMask), current);
                },
            }),
            DeleteFunction: method<{ name: string }>({
                permission: "cloudfunctions.functions.delete",
                resourceType: TYPE,
                handle({ name }, call) {
                    functionsV1.delete(call.cloud, name);
                    call.cloud.iam.deletePolicy(`//${HOST}/${name}`);
                    return functionOperations.done(call, "");
                },
            }),
            CallFunction: method<{ name: string; data?: string }>({
                permission: "cloudfunctions.functions.call",
                resourceType: TYPE,
                async handle({ name, data = "" }, { cloud }) {
                    const { timeout } = functionsV1.get(cloud, name);
                    const signal: Extract<Signal, { kind: "call" }> = { kind: "call", name, data, timeout };
                    cloud.signals.emit(signal);
                    if (!signal.answer) {
                        throw new ApiError("UNAVAILABLE", `nothing here calls ${name}`);
                    }
                    return { executionId: uid().replaceAll("-", "").slice(0, 12), ...(await signal.answer) };
                },
            }),
            GenerateUploadUrl: method<{ parent: string }>({
                permission: "cloudfunctions.functions.sourceCodeSet",
                handle: ({ parent }, call) => ({ uploadUrl: uploadAddress(call, parent, "gcf-upload").uploadUrl }),
            }),
            ...policyMethods({
                host: HOST,
                permissions: "cloudfunctions.functions",
                resourceType: TYPE,
                mustExist: (cloud, name) => functionsV1.get(cloud, name),
            }),
        },
    },
};
