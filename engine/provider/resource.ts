import type { Properties } from "../values";
import type { InputRules } from "./inputs";
import type { ResourceSchema } from "./schema";
import type { Subject } from "./types";

/** A resource as it is kept: what the program gave, and what came of it. */
export interface Kept {
    inputs: Properties;
    outputs: Properties;
}

/** How resources of one type are made, read, changed and deleted. Inputs come without the engine's notes in them. */
export interface ProviderResource {
    readonly token: string;
    readonly schema: ResourceSchema;
    /** What is filled in and refused before the type itself is asked. */
    readonly rules: InputRules;
    /** The property that two resources cannot share, where there is one. */
    readonly named: string | undefined;
    /** Whether the old one always goes before the new one comes. */
    readonly deleteFirst: boolean;
    /** Whether it can be read by its id alone, without the inputs. */
    readonly readById: boolean;

    /** A preview of what would be; of a change also what was. */
    plan(subject: Subject, inputs: Properties, old?: Kept): Properties;
    /** The id that inputs decide; nothing where the API gives one. */
    identify(subject: Subject, inputs: Properties): string | undefined;
    /** See {@link Provider.sharedKey}. */
    sharedKey?(subject: Subject, inputs: Properties): string;
    create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties>;
    /** The outputs as they are; nothing where the resource is gone. */
    read(subject: Subject, id: string, inputs: Properties): Promise<Properties | undefined>;
    /** Deleting what is gone already is no error. */
    delete(subject: Subject, id: string, old: Kept): Promise<void>;
}
