import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
    CheckRequest,
    type CheckResponse,
    CreateRequest,
    type CreateResponse,
    DeleteRequest,
    DiffRequest,
    DiffResponse,
    InvokeRequest,
    type InvokeResponse,
    PropertyDiff,
    ReadRequest,
    type ReadResponse,
    UpdateRequest,
    type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";

import { ProviderError } from "../../errors";
import { fromStruct, toStruct } from "../../protocol";
import { differences, packageOf, type Properties, type PropertyDiff as Difference, UNKNOWN } from "../../values";
import { call, type Done } from "../plugin-process";
import type { Diff, Provider } from "../types";
import { type PluginOptions, PluginProcesses } from "./processes";

export interface PluginProvider extends Provider {
    /** The plugin's process with these settings, for what it does besides resources and functions. */
    client(config: Properties): Promise<ResourceProviderClient>;
    close(): void;
}

/**
 * The provider of a package by its plugin, over Pulumi's protocol of providers. Its process is started with the
 * first resource or function of the package.
 * https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
 */
export function pluginProvider(options: PluginOptions): PluginProvider {
    const { pkg } = options;
    const processes = new PluginProcesses(options);
    return {
        knows: (type) => packageOf(type) === pkg,
        client: async (config) => (await processes.of(config)).client,
        check: async ({ urn, config }, olds, news) => {
            const { client } = await processes.of(config);
            const request = new CheckRequest().setUrn(urn).setOlds(toStruct(olds)).setNews(toStruct(news));
            const response = await call((r: CheckRequest, done: Done<CheckResponse>) => client.check(r, done), request);
            const failures = response
                .getFailuresList()
                .map((each) => ({ property: each.getProperty(), reason: each.getReason() }));
            return { inputs: fromStruct(response.getInputs()), failures };
        },
        diff: async ({ urn, config }, old, news) => {
            const { client } = await processes.of(config);
            const request = new DiffRequest()
                .setUrn(urn)
                .setId(old.id)
                .setOlds(toStruct(old.outputs))
                .setOldInputs(toStruct(old.inputs))
                .setNews(toStruct(news));
            const response = await call((r: DiffRequest, done: Done<DiffResponse>) => client.diff(r, done), request);
            return diffOf(response, old.inputs, news);
        },
        create: async ({ urn, config }, inputs, preview) => {
            const { client, previews } = await processes.of(config);
            if (preview && !previews) {
                return { outputs: { ...inputs, id: UNKNOWN } };
            }
            const request = new CreateRequest().setUrn(urn).setProperties(toStruct(inputs)).setPreview(preview);
            const response = await call(
                (r: CreateRequest, done: Done<CreateResponse>) => client.create(r, done),
                request,
            );
            const outputs = fromStruct(response.getProperties());
            return preview ? { outputs: { ...outputs, id: UNKNOWN } } : { id: response.getId(), outputs };
        },
        update: async ({ urn, config }, old, news, preview) => {
            const { client, previews } = await processes.of(config);
            if (preview && !previews) {
                return { ...old.outputs, ...news };
            }
            const request = new UpdateRequest()
                .setUrn(urn)
                .setId(old.id)
                .setOlds(toStruct(old.outputs))
                .setOldInputs(toStruct(old.inputs))
                .setNews(toStruct(news))
                .setPreview(preview);
            const response = await call(
                (r: UpdateRequest, done: Done<UpdateResponse>) => client.update(r, done),
                request,
            );
            return fromStruct(response.getProperties());
        },
        read: async ({ urn, config }, id, known) => {
            const { client } = await processes.of(config);
            const request = new ReadRequest()
                .setUrn(urn)
                .setId(id)
                .setInputs(toStruct(known?.inputs ?? {}))
                .setProperties(toStruct(known?.outputs ?? {}));
            const response = await call((r: ReadRequest, done: Done<ReadResponse>) => client.read(r, done), request);
            if (response.getId() === "") {
                return undefined;
            }
            const inputs = response.hasInputs() ? fromStruct(response.getInputs()) : (known?.inputs ?? {});
            return { id: response.getId(), inputs, outputs: fromStruct(response.getProperties()) };
        },
        delete: async ({ urn, config }, old) => {
            const { client } = await processes.of(config);
            const request = new DeleteRequest()
                .setUrn(urn)
                .setId(old.id)
                .setProperties(toStruct(old.outputs))
                .setOldInputs(toStruct(old.inputs));
            await call<DeleteRequest, unknown>((r, done) => client.delete(r, done), request);
        },
        invoke: async (token, args, config) => {
            const { client } = await processes.of(config);
            const request = new InvokeRequest().setTok(token).setArgs(toStruct(args));
            const response = await call(
                (r: InvokeRequest, done: Done<InvokeResponse>) => client.invoke(r, done),
                request,
            );
            const failures = response.getFailuresList().map((each) => `${each.getProperty()}: ${each.getReason()}`);
            if (failures.length > 0) {
                throw new ProviderError(`${token}: ${failures.join(", ")}`, { fix: "correct its arguments" });
            }
            return fromStruct(response.getReturn());
        },
        close: () => processes.close(),
    };
}

/** How a plugin says that a resource differs: property by property, by the names of those that replace it, or not at all. */
function diffOf(response: DiffResponse, olds: Properties, news: Properties): Diff {
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    const changes = response.getChanges();
    const deleteBeforeReplace = response.getDeletebeforereplace();
    if (changes === DIFF_NONE) {
        return { detailed: [], deleteBeforeReplace };
    }
    const listed = response.getDetaileddiffMap().getEntryList() as unknown as [
        string,
        ReturnType<PropertyDiff["toArray"]>,
    ][];
    const detailed = listed.map(([path]) => detail(path, response.getDetaileddiffMap().get(path)));
    if (detailed.length > 0) {
        return { detailed, deleteBeforeReplace };
    }
    const replaces = response.getReplacesList();
    const found = differences(olds, news, ([key = ""]) => replaces.includes(key));
    const unseen = replaces.filter((key) => !found.some(({ path }) => path === key));
    const all = [...found, ...unseen.map((path) => ({ path, kind: "update" as const, replaces: true }))];
    return {
        detailed: all.length === 0 && changes === DIFF_SOME ? [{ path: "", kind: "update", replaces: false }] : all,
        deleteBeforeReplace,
        ...(changes === DIFF_SOME && { withoutPaths: true }),
    };
}

function detail(path: string, diff: PropertyDiff | undefined): Difference {
    const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
    const kind = diff?.getKind() ?? UPDATE;
    const kinds = new Map<number, Difference["kind"]>([
        [ADD, "add"],
        [ADD_REPLACE, "add"],
        [DELETE, "delete"],
        [DELETE_REPLACE, "delete"],
    ]);
    const replaces = ([ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE] as number[]).includes(kind);
    return { path, kind: kinds.get(kind) ?? "update", replaces };
}
