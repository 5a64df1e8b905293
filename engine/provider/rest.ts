import { ProviderError } from "../errors";
import { differences, isObject, type Properties, text, UNKNOWN } from "../values";
import { CloudError, type Http } from "./http";
import { fill, type InputRules, located } from "./inputs";
import type { AutoName } from "./names";
import type { Kept, ProviderResource } from "./resource";
import type { ResourceSchema } from "./schema";
import { decode, effectiveLabels, encode, planned, type Shape } from "./transcode";
import type { Subject } from "./types";

/** A resource type of an API, told as far as it differs from the others. Paths take inputs in braces. */
export interface RestType extends Shape {
    token: string;
    /** With the version and a slash at the end. */
    base: string;
    /** The id, and the path under {@link base}; the name that the API gives it, where it is absent. */
    id?: string;
    /** The path under {@link base}, where the id is another. */
    path?: string;
    /** Where it is made; the method is POST unless said. */
    create: string;
    createMethod?: "POST" | "PUT";
    /**
     * `PATCH` with a mask of the changed properties in the URL; `snakeMask`: in the body, by `send`, in the protos'
     * spelling; `none`: without a mask. `whole`: `PUT` of all of it. Absent where nothing can be changed.
     */
    update?: "mask" | "snakeMask" | "none" | "whole";
    autoName?: AutoName;
    /** The old one goes before the new one comes, also where their names are not the same. */
    deleteFirst?: boolean;
    /** Filled in where the program gives nothing, as the provider does; a dot leads into an object that is given. */
    defaults?: Properties;
    /** Filled in without a note, and not sent: the provider's own. */
    outputDefaults?: Properties;
    /** Outputs that are the last part of a path in the API. */
    shortNames?: string[];
    /** The body of a creation carries the name: `full` path or `short`. */
    bodyName?: "full" | "short";
    /** What the provider refuses to delete while `deletionProtection` is on is called. */
    protectedAs?: string;
    /** Mends a body before it is sent, and outputs after they were read. */
    send?: (body: Properties, inputs: Properties, purpose: "create" | "update", mask: string) => Properties;
    received?: (outputs: Properties, remote: Properties, inputs: Properties) => Properties;
    /** Requests that belong to making or changing it. */
    after?: (
        http: Http,
        path: string,
        inputs: Properties,
        purpose: "create" | "update",
        old?: Properties,
    ) => Promise<void>;
    /** What is known of outputs before anything is made. */
    foreseen?: (inputs: Properties, old?: Kept) => Properties;
    /** Deletes in another way than DELETE. */
    remove?: (http: Http, path: string, inputs: Properties) => Promise<void>;
    /** The path under {@link base} of an id, where it is not the id. */
    pathOf?: (id: string) => string;
    /** Inputs that are refused because nothing here carries them to the API. */
    unsupported?: string[];
}

/** Inputs that no API takes: the provider's own, and what the URL says. */
const LOCAL = ["deletionPolicy", "deletionProtection", "tags", "project", "location", "region"];

/** Create, read, update and delete of one type. */
export class RestResource implements ProviderResource {
    readonly token: string;
    readonly rules: InputRules;
    readonly named: string | undefined;
    readonly deleteFirst: boolean;
    readonly readById = true;
    private readonly shape: Shape;

    constructor(
        private readonly type: RestType,
        readonly schema: ResourceSchema,
        private readonly http: Http,
    ) {
        this.token = type.token;
        this.rules = type;
        this.named = type.autoName?.property;
        this.deleteFirst = type.deleteFirst ?? false;
        this.shape = { ...type, local: [...LOCAL, ...(type.local ?? [])] };
    }

    plan(subject: Subject, inputs: Properties, old?: Kept): Properties {
        const filled = located(this.withDefaults(inputs), this.schema, subject.config);
        return {
            ...planned(filled, this.schema, old),
            ...this.labels(filled, subject),
            ...this.type.foreseen?.(filled, old),
            id: old?.outputs["id"] ?? UNKNOWN,
        };
    }

    identify(subject: Subject, inputs: Properties): string | undefined {
        const { id } = this.type;
        return id === undefined ? undefined : fill(id, located(inputs, this.schema, subject.config));
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const { type, http } = this;
        const filled = located(inputs, this.schema, subject.config);
        const known = this.identify(subject, inputs);
        const body = this.body(filled, subject, "create");
        const made = await this.during("creating", known ?? `${subject.type} "${subject.name}"`, () =>
            http.operate(type.base, type.createMethod ?? "POST", `${type.base}${fill(type.create, filled)}`, body),
        );
        const id = known ?? text(made["name"]);
        await type.after?.(http, this.url(id, filled), filled, "create");
        const found = await this.read(subject, id, inputs);
        if (found === undefined) {
            throw new ProviderError(`${id} was made, and is not there when it is read back`);
        }
        return { id, outputs: found };
    }

    async update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties> {
        const { type, http } = this;
        const filled = located(inputs, this.schema, subject.config);
        const changed = this.changed(old.inputs, inputs);
        if (changed.length > 0 && type.update !== undefined) {
            const names = changed.map((key) => this.shape.rename?.[key] ?? key);
            const mask = names.map((name) => (type.update === "snakeMask" ? snake(name) : name)).join(",");
            const body = this.body(filled, subject, "update", mask);
            const path = this.url(id, filled);
            const url = type.update === "mask" ? `${path}?updateMask=${mask}` : path;
            const method = type.update === "whole" ? "PUT" : "PATCH";
            await this.during("updating", id, () => http.operate(type.base, method, url, body));
        }
        await type.after?.(http, this.url(id, filled), filled, "update", old.inputs);
        const found = await this.read(subject, id, inputs);
        if (found === undefined) {
            throw new ProviderError(`${id} is gone`, { fix: "refresh the stack" });
        }
        return found;
    }

    async read(subject: Subject, id: string, inputs: Properties): Promise<Properties | undefined> {
        const filled = located(this.withDefaults(inputs), this.schema, subject.config);
        const remote = await this.http.find("GET", this.url(id, filled));
        if (remote === undefined) {
            return undefined;
        }
        const outputs = decode(remote, this.schema, this.shape, filled);
        for (const key of this.type.shortNames ?? []) {
            const value = outputs[key];
            if (typeof value === "string") {
                outputs[key] = value.slice(value.lastIndexOf("/") + 1);
            }
        }
        const labelled = { ...outputs, ...this.labels(filled, subject, remote), id };
        return this.type.received?.(labelled, remote, filled) ?? labelled;
    }

    async delete(subject: Subject, id: string, old: Kept): Promise<void> {
        const { type, http } = this;
        if (type.protectedAs !== undefined && old.outputs["deletionProtection"] === true) {
            throw new ProviderError(
                `cannot destroy ${type.protectedAs} without setting deletion_protection=false and running \`pulumi up\``,
            );
        }
        const filled = located(old.inputs, this.schema, subject.config);
        try {
            const url = this.url(id, filled);
            if (type.remove !== undefined) {
                await type.remove(http, url, filled);
            } else {
                await this.during("deleting", id, () => http.operate(type.base, "DELETE", url));
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
        // Of what is read by its id alone, the id is the name.
        return `${base}${path === undefined ? (pathOf?.(id) ?? id) : fill(path, { name: id, ...filled })}`;
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
            body["name"] = type.bodyName === "full" ? fill(type.id ?? "", inputs) : (inputs["name"] ?? null);
        }
        return type.send?.(body, inputs, purpose, mask) ?? body;
    }

    private labels(inputs: Properties, subject: Subject, remote?: Properties): Properties {
        if (!("effectiveLabels" in this.schema.outputs)) {
            return {};
        }
        const labels = effectiveLabels(inputs, subject.config);
        const effective = remote !== undefined && isObject(remote["labels"]) ? remote["labels"] : labels;
        const own = isObject(inputs["labels"]) ? Object.keys(inputs["labels"]) : [];
        const shown = Object.fromEntries(Object.entries(effective).filter(([key]) => own.includes(key)));
        return { effectiveLabels: effective, pulumiLabels: labels, labels: own.length > 0 ? shown : null };
    }

    /** The top properties that changed and go to the API. */
    private changed(olds: Properties, news: Properties): string[] {
        const tops = differences(olds, news).map(({ path }) => /^[^.[]+/.exec(path)?.[0] ?? path);
        return [...new Set(tops)].filter((key) => this.shape.local?.includes(key) !== true);
    }

    private async during<T>(doing: string, id: string, work: () => Promise<T>): Promise<T> {
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
