import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
    CheckRequest,
    ConfigureRequest,
    CreateRequest,
    DeleteRequest,
    DiffRequest,
    DiffResponse,
    ReadRequest,
    UpdateRequest,
    type CheckResponse,
    type CreateResponse,
    type ReadResponse,
    type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";

import { childArguments, ownGroup } from "../processes";
import { fromStruct, toStruct } from "../protocol";
import { differences, type Properties, UNKNOWN } from "../values";
import { call, connect, type Done } from "./plugin-process";
import type { Provider } from "./types";

/** How dynamic providers are run. */
export interface DynamicOptions {
    /** The program's directory, from which the code of a dynamic provider loads its modules. */
    directory: string;
    environment: Record<string, string | undefined>;
    project: string;
    stack: string;
    /** The stack's configuration, which a provider may read: `project:key` → value. */
    config: () => Properties;
}

/** A provider with a process that must be ended. */
export interface DynamicProvider extends Provider {
    close(): void;
}

/**
 * The provider of `pulumi.dynamic.Resource`. The program sends the provider's code with each resource, and a process of
 * the SDK runs it, as under the Pulumi CLI. The process is started with the first such resource.
 * https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
export function dynamicProvider(options: DynamicOptions): DynamicProvider {
    let process: ChildProcess | undefined;
    let client: Promise<ResourceProviderClient> | undefined;
    const started = (): Promise<ResourceProviderClient> => {
        client ??= (async () => {
            process = start(options);
            const connected = await connect(process, "the dynamic provider");
            await call<ConfigureRequest, unknown>(
                (request, done) => connected.configure(request, done),
                new ConfigureRequest().setAcceptsecrets(false).setArgs(toStruct(options.config())),
            );
            return connected;
        })();
        return client;
    };
    return {
        knows: (type) => type.startsWith("pulumi-nodejs:dynamic"),
        check: async ({ urn }, olds, news) => {
            const request = new CheckRequest().setUrn(urn).setOlds(toStruct(olds)).setNews(toStruct(news));
            const provider = await started();
            const response = await call(
                (r: CheckRequest, done: Done<CheckResponse>) => provider.check(r, done),
                request,
            );
            const failures = response
                .getFailuresList()
                .map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
            return { inputs: fromStruct(response.getInputs()), failures };
        },
        diff: async ({ urn }, old, news) => {
            const request = new DiffRequest()
                .setUrn(urn)
                .setId(old.id)
                .setOlds(toStruct(old.outputs))
                .setNews(toStruct(news));
            const provider = await started();
            const response = await call((r: DiffRequest, done: Done<DiffResponse>) => provider.diff(r, done), request);
            const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
            const replaces = response.getReplacesList();
            const found = differences(old.inputs, news, ([key = ""]) => replaces.includes(key));
            const deleteBeforeReplace = response.getDeletebeforereplace();
            const changes = response.getChanges();
            if (changes === DIFF_NONE) {
                return { detailed: [], deleteBeforeReplace };
            }
            // If the provider does not say whether anything has changed, the inputs decide.
            if (changes !== DIFF_SOME && found.length === 0) {
                return { detailed: [], deleteBeforeReplace };
            }
            // The provider may report a difference that the inputs do not show.
            const unseen = replaces.filter((key) => !found.some(({ path }) => path === key));
            const detailed = [...found, ...unseen.map((path) => ({ path, kind: "update" as const, replaces: true }))];
            if (detailed.length === 0) {
                detailed.push({ path: "", kind: "update", replaces: false });
            }
            return { detailed, deleteBeforeReplace, ...(changes === DIFF_SOME && { withoutPaths: true }) };
        },
        create: async ({ urn }, inputs, preview) => {
            // A preview does not run the user's code, so that its outputs are unknown.
            if (preview) {
                return { outputs: { ...inputs, id: UNKNOWN } };
            }
            const provider = await started();
            const request = new CreateRequest().setUrn(urn).setProperties(toStruct(inputs));
            const response = await call(
                (r: CreateRequest, done: Done<CreateResponse>) => provider.create(r, done),
                request,
            );
            return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
        },
        update: async ({ urn }, old, news, preview) => {
            if (preview) {
                return { ...old.outputs, ...news };
            }
            const provider = await started();
            const request = new UpdateRequest()
                .setUrn(urn)
                .setId(old.id)
                .setOlds(toStruct(old.outputs))
                .setNews(toStruct(news));
            const response = await call(
                (r: UpdateRequest, done: Done<UpdateResponse>) => provider.update(r, done),
                request,
            );
            return fromStruct(response.getProperties());
        },
        read: async ({ urn }, id, known) => {
            const provider = await started();
            const request = new ReadRequest()
                .setUrn(urn)
                .setId(id)
                .setProperties(toStruct(known?.outputs ?? {}));
            const response = await call((r: ReadRequest, done: Done<ReadResponse>) => provider.read(r, done), request);
            if (response.getId() === "") {
                return undefined;
            }
            return { id: response.getId(), inputs: known?.inputs ?? {}, outputs: fromStruct(response.getProperties()) };
        },
        delete: async ({ urn }, old) => {
            const provider = await started();
            const request = new DeleteRequest().setUrn(urn).setId(old.id).setProperties(toStruct(old.outputs));
            await call<DeleteRequest, unknown>((r, done) => provider.delete(r, done), request);
        },
        close: () => {
            void client?.then((open) => open.close()).catch(() => undefined);
            process?.kill("SIGKILL");
            process = undefined;
            client = undefined;
        },
    };
}

function start({ directory, environment, project, stack }: DynamicOptions): ChildProcess {
    const runner = createRequire(join(directory, "index.js")).resolve("@pulumi/pulumi/cmd/dynamic-provider");
    return spawn(process.execPath, [...childArguments, runner, "127.0.0.1:0"], {
        cwd: directory,
        ...ownGroup,
        stdio: ["ignore", "pipe", "inherit", "ipc"],
        env: { ...process.env, ...environment, PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack },
    });
}
