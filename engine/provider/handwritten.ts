import { type Properties, UNKNOWN } from "../values";
import { CloudError, type Http } from "./http";
import { type InputRules, withLocation } from "./inputs";
import type { AutoName } from "./names";
import type { Kept, ProviderResource } from "./resource";
import type { ResourceSchema } from "./schema";
import { planned } from "./transcode";
import type { Subject } from "./types";

/** A resource type whose requests are written by hand, as a {@link RestType} cannot describe them. */
export interface HandwrittenType {
    token: string;
    defaults?: Properties;
    autoName?: AutoName;
    create(http: Http, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    /** `known` is what the state has of the resource. */
    read(http: Http, id: string, inputs: Properties, known?: Kept): Promise<Properties | undefined>;
    /** Whether a resource can be read by its id alone. @default false */
    readById?: boolean;
    update?(http: Http, id: string, inputs: Properties): Promise<void>;
    delete(http: Http, id: string, inputs: Properties): Promise<void>;
    identify?(inputs: Properties): string;
    /** Outputs that a preview shows in place of those that the schema suggests. */
    plannedOutputs?: Properties;
}

/** Creates, reads, updates and deletes resources of a {@link HandwrittenType}. */
export class HandwrittenResource implements ProviderResource {
    readonly token: string;
    readonly rules: InputRules;
    readonly nameProperty: string | undefined;
    readonly deleteBeforeReplace = false;
    readonly readById: boolean;

    constructor(
        private readonly type: HandwrittenType,
        readonly schema: ResourceSchema,
        private readonly http: Http,
    ) {
        this.token = type.token;
        this.rules = type;
        this.readById = type.readById ?? false;
        this.nameProperty = type.autoName?.property;
    }

    plan(subject: Subject, inputs: Properties, old?: Kept): Properties {
        return {
            ...planned(this.filled(subject, inputs), this.schema, old),
            ...(old === undefined && this.type.plannedOutputs),
            id: old?.outputs["id"] ?? UNKNOWN,
        };
    }

    identify(subject: Subject, inputs: Properties): string | undefined {
        return this.type.identify?.(this.filled(subject, inputs));
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const { id, outputs } = await this.type.create(this.http, this.filled(subject, inputs));
        return { id, outputs: { ...withoutNote(outputs), id } };
    }

    async read(subject: Subject, id: string, inputs: Properties, known?: Kept): Promise<Properties | undefined> {
        const outputs = await this.type.read(this.http, id, this.filled(subject, inputs), known);
        return outputs === undefined ? undefined : { ...withoutNote(outputs), id };
    }

    async update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties> {
        await this.type.update?.(this.http, id, this.filled(subject, inputs));
        return (await this.read(subject, id, inputs, old)) ?? {};
    }

    async delete(subject: Subject, id: string, { inputs }: Kept): Promise<void> {
        try {
            await this.type.delete(this.http, id, this.filled(subject, inputs));
        } catch (error) {
            if (!(error instanceof CloudError && error.httpStatus === 404)) {
                throw error;
            }
        }
    }

    private filled(subject: Subject, inputs: Properties): Properties {
        return withLocation(inputs, this.schema, subject.config);
    }
}

function withoutNote(outputs: Properties): Properties {
    return Object.fromEntries(Object.entries(outputs).filter(([key]) => key !== "__defaults"));
}
