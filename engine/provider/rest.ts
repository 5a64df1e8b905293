import { ProviderError } from "../errors";
import { asText, differences, type Properties, UNKNOWN } from "../values";
import { CloudError, type Http } from "./http";
import { fillPath, type InputRules, withLocation } from "./inputs";
import type { AutoName } from "./names";
import type { Kept, ProviderResource } from "./resource";
import type { ResourceSchema } from "./schema";
import { decode, effectiveLabels, encode, labelOutputs, planned, type Shape } from "./transcode";
import type { Subject } from "./types";

/**
 * The description of a resource type of a REST API. In paths, each pair of braces is replaced by the input that it names.
 */
export interface RestType extends Shape {
    token: string;
    /** The beginning of every URL, with the API's version and a slash at the end. */
    base: string;
    /** The id of a resource, which is also its path. @default - the name that the API gives it */
    id?: string;
    /** The path of a resource. @default - its id */
    path?: string;
    /** The path to which a creation is sent. */
    create: string;
    /** @default - POST */
    createMethod?: "POST" | "PUT";
    /**
     * How a change is sent. `mask`: as PATCH with a mask of the changed properties in the URL. `snakeMask`: as PATCH whose
     * mask `toBody` puts into the body, in the spelling of the protos. `none`: as PATCH without a mask. `whole`: as PUT of
     * the whole resource. @default - the resource cannot be changed
     */
    update?: "mask" | "snakeMask" | "none" | "whole";
    autoName?: AutoName;
    /** Whether the old resource is deleted before the new one is created even if their names differ. @default false */
    deleteBeforeReplace?: boolean;
    /** Inputs that are filled in if the program gives none. `object.property` is filled in if the object is given. */
    defaults?: Properties;
    /** Outputs that only the provider knows: they are filled in if the program gives no such input, and never sent. */
    outputDefaults?: Properties;
    /** Outputs that are only the last part of the path that the API returns. */
    shortNames?: string[];
    /** How the body of a creation has the name: as the full path, or short. @default - it has none */
    bodyName?: "full" | "short";
    /** The name that errors use for a resource that `deletionProtection` protects. @default - it cannot be protected */
    protectedAs?: string;
    /** Changes the body of a request before it is sent. */
    toBody?: (body: Properties, inputs: Properties, purpose: "create" | "update", mask: string) => Properties;
    /** Changes the outputs after they have been read. */
    toOutputs?: (outputs: Properties, remote: Properties, inputs: Properties) => Properties;
    /** Sends further requests after a resource was created or changed. */
    after?: (
        http: Http,
        path: string,
        inputs: Properties,
        purpose: "create" | "update",
        old?: Properties,
    ) => Promise<void>;
    /** Outputs that a preview knows although the schema says that Google Cloud computes them. */
    plannedOutputs?: (inputs: Properties, old?: Kept) => Properties;
    /** Deletes a resource. @default - by DELETE of its path */
    remove?: (http: Http, path: string, inputs: Properties) => Promise<void>;
    /** The path of a resource by its id. @default - the id */
    pathOf?: (id: string) => string;
    /** Whether the answer of the API says that the resource is deleted. @default - it answers 404 then */
    isGone?: (remote: Properties) => boolean;
    /** Inputs that are refused, as this engine does not send them to the API. */
    unsupported?: string[];
}

/** Inputs that are sent to no API, as they belong to the provider or are part of the URL. */
const NEVER_SENT = ["deletionPolicy", "deletionProtection", "tags", "project", "location", "region"];

/** Creates, reads, updates and deletes resources by the description of their type. */
export class RestResource implements ProviderResource {
    readonly token: string;
    readonly rules: InputRules;
    readonly nameProperty: string | undefined;
    readonly deleteBeforeReplace: boolean;
    readonly readById = true;
    private readonly shape: Shape;

    constructor(
        private readonly type: RestType,
        readonly schema: ResourceSchema,
        private readonly http: Http,
    ) {
        this.token = type.token;
        this.rules = type;
        this.nameProperty = type.autoName?.property;
        this.deleteBeforeReplace = type.deleteBeforeReplace ?? false;
        this.shape = { ...type, notSent: [...NEVER_SENT, ...(type.notSent ?? [])] };
    }

    plan(subject: Subject, inputs: Properties, old?: Kept): Properties {
        const filled = withLocation(this.withDefaults(inputs), this.schema, subject.config);
        return {
            ...planned(filled, this.schema, old),
            ...labelOutputs(filled, this.schema, subject.config),
            ...this.type.plannedOutputs?.(filled, old),
            id: old?.outputs["id"] ?? UNKNOWN,
        };
    }

    identify(subject: Subject, inputs: Properties): string | undefined {
        const { id } = this.type;
        return id === undefined ? undefined : fillPath(id, withLocation(inputs, this.schema, subject.config));
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const { type, http } = this;
        const filled = withLocation(inputs, this.schema, subject.config);
        const known = this.identify(subject, inputs);
        const body = this.body(filled, subject, "create");
        const made = await this.withContext("creating", known ?? `${subject.type} "${subject.name}"`, () =>
            http.callAndWait(
                type.base,
                type.createMethod ?? "POST",
                `${type.base}${fillPath(type.create, filled)}`,
                body,
            ),
        );
        const id = known ?? asText(made["name"]);
        await type.after?.(http, this.url(id, filled), filled, "create");
        const found = await this.read(subject, id, inputs);
        if (found === undefined) {
            throw new ProviderError(`${id} was created, but it does not exist when it is read back`);
        }
        return { id, outputs: found };
    }

    async update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties> {
        const { type, http } = this;
        const filled = withLocation(inputs, this.schema, subject.config);
        const changed = this.changed(old.inputs, inputs);
        if (changed.length > 0 && type.update !== undefined) {
            const names = changed.map((key) => this.shape.rename?.[key] ?? key);
            const mask = names.map((name) => (type.update === "snakeMask" ? snake(name) : name)).join(",");
            const body = this.body(filled, subject, "update", mask);
            const path = this.url(id, filled);
            const url = type.update === "mask" ? `${path}?updateMask=${mask}` : path;
            const method = type.update === "whole" ? "PUT" : "PATCH";
            await this.withContext("updating", id, () => http.callAndWait(type.base, method, url, body));
        }
        await type.after?.(http, this.url(id, filled), filled, "update", old.inputs);
        const found = await this.read(subject, id, inputs);
        if (found === undefined) {
            throw new ProviderError(`${id} is gone`, { fix: "refresh the stack" });
        }
        return found;
    }

    async read(subject: Subject, id: string, inputs: Properties): Promise<Properties | undefined> {
        const filled = withLocation(this.withDefaults(inputs), this.schema, subject.config);
        const remote = await this.http.find("GET", this.url(id, filled));
        if (remote === undefined || this.type.isGone?.(remote) === true) {
            return undefined;
        }
        const outputs = decode(remote, this.schema, this.shape, filled);
        for (const key of this.type.shortNames ?? []) {
            const value = outputs[key];
            if (typeof value === "string") {
                outputs[key] = value.slice(value.lastIndexOf("/") + 1);
            }
        }
        const labelled = { ...outputs, ...labelOutputs(filled, this.schema, subject.config, remote), id };
        return this.type.toOutputs?.(labelled, remote, filled) ?? labelled;
    }

    async delete(subject: Subject, id: string, old: Kept): Promise<void> {
        const { type, http } = this;
        if (type.protectedAs !== undefined && old.outputs["deletionProtection"] === true) {
            throw new ProviderError(
                `cannot destroy ${type.protectedAs} without setting deletion_protection=false and running \`pulumi up\``,
            );
        }
        const filled = withLocation(old.inputs, this.schema, subject.config);
        try {
            const url = this.url(id, filled);
            if (type.remove !== undefined) {
                await type.remove(http, url, filled);
            } else {
                await this.withContext("deleting", id, () => http.callAndWait(type.base, "DELETE", url));
            }
        } catch (error) {
            if (!(error instanceof CloudError && error.httpStatus === 404)) {
                throw error;
            }
        }
    }

    private withDefaults(inputs: Properties): Properties {
        return {
            ...this.type.outputDefaults,
            ...("deletionPolicy" in this.schema.inputs && { deletionPolicy: "DELETE" }),
            ...inputs,
        };
    }

    private url(id: string, filled: Properties): string {
        const { base, path, pathOf } = this.type;
        // If only the id is known, it takes the place of the name.
        return `${base}${path === undefined ? (pathOf?.(id) ?? id) : fillPath(path, { name: id, ...filled })}`;
    }

    private body(inputs: Properties, subject: Subject, purpose: "create" | "update", mask = ""): Properties {
        const { type } = this;
        const body = encode(inputs, this.schema.inputs, this.shape);
        if ("effectiveLabels" in this.schema.outputs) {
            body["labels"] = effectiveLabels(inputs, subject.config);
        }
        if (type.bodyName === undefined || (purpose === "update" && type.update !== "whole")) {
            delete body["name"];
        } else {
            body["name"] = type.bodyName === "full" ? fillPath(type.id ?? "", inputs) : (inputs["name"] ?? null);
        }
        return type.toBody?.(body, inputs, purpose, mask) ?? body;
    }

    /** The top-level properties that have changed and are sent to the API. */
    private changed(olds: Properties, news: Properties): string[] {
        const tops = differences(olds, news).map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path);
        return [...new Set(tops)].filter((key) => this.shape.notSent?.includes(key) !== true);
    }

    private async withContext<T>(doing: string, id: string, work: () => Promise<T>): Promise<T> {
        try {
            return await work();
        } catch (error) {
            if (!(error instanceof CloudError)) {
                throw error;
            }
            throw new CloudError(error.httpStatus, error.status, `${doing} ${id}: ${error.message}`);
        }
    }
}

/** `fooBar` as `foo_bar`. */
function snake(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
