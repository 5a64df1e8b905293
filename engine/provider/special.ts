import { type Properties, UNKNOWN } from "../values";
import { CloudError, type Http } from "./http";
import { type InputRules, located } from "./inputs";
import type { AutoName } from "./names";
import type { Kept, ProviderResource } from "./resource";
import type { ResourceSchema } from "./schema";
import { planned } from "./transcode";
import type { Subject } from "./types";

/** A type that is made in a way of its own. */
export interface SpecialType {
    token: string;
    defaults?: Properties;
    autoName?: AutoName;
    create(http: Http, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    read(http: Http, id: string, inputs: Properties): Promise<Properties | undefined>;
    update?(http: Http, id: string, inputs: Properties): Promise<void>;
    delete(http: Http, id: string, inputs: Properties): Promise<void>;
    identify?(inputs: Properties): string;
    /** What a preview says otherwise than the schema does. */
    foreseen?: Properties;
}

/** Runs a {@link SpecialType} with the inputs located and what is gone passed over. */
export class SpecialResource implements ProviderResource {
    readonly token: string;
    readonly rules: InputRules;
    readonly named: string | undefined;
    readonly deleteFirst = false;
    readonly readById = false;

    constructor(
        private readonly type: SpecialType,
        readonly schema: ResourceSchema,
        private readonly http: Http,
    ) {
        this.token = type.token;
        this.rules = type;
        this.named = type.autoName?.property;
    }

    plan(subject: Subject, inputs: Properties, old?: Kept): Properties {
        return {
            ...planned(this.filled(subject, inputs), this.schema, old),
            ...(old === undefined && this.type.foreseen),
            id: old?.outputs["id"] ?? UNKNOWN,
        };
    }

    identify(subject: Subject, inputs: Properties): string | undefined {
        return this.type.identify?.(this.filled(subject, inputs));
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const { id, outputs } = await this.type.create(this.http, this.filled(subject, inputs));
        return { id, outputs: { ...noted(outputs), id } };
    }

    async read(subject: Subject, id: string, inputs: Properties): Promise<Properties | undefined> {
        const outputs = await this.type.read(this.http, id, this.filled(subject, inputs));
        return outputs === undefined ? undefined : { ...noted(outputs), id };
    }

    async update(subject: Subject, id: string, inputs: Properties): Promise<Properties> {
        await this.type.update?.(this.http, id, this.filled(subject, inputs));
        return (await this.read(subject, id, inputs)) ?? {};
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
        return located(inputs, this.schema, subject.config);
    }
}

function noted(outputs: Properties): Properties {
    return Object.fromEntries(Object.entries(outputs).filter(([key]) => key !== "__defaults"));
}
