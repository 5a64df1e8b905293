import type { Properties } from "../values";
import type { InputRules } from "./inputs";
import type { ResourceSchema } from "./schema";
import type { IsHeld, Subject } from "./types";

/** A resource as the state keeps it: the inputs that the program gave, and the outputs. */
export interface Kept {
    inputs: Properties;
    outputs: Properties;
}

/** How resources of one type are created, read, changed and deleted. Inputs have no notes (`__defaults`) in them. */
export interface ProviderResource {
    readonly token: string;
    readonly schema: ResourceSchema;
    /** How inputs are completed and checked. */
    readonly rules: InputRules;
    /** The property whose value two resources cannot share, if there is one. */
    readonly nameProperty: string | undefined;
    /** Whether the old resource is always deleted before the new one is created. */
    readonly deleteBeforeReplace: boolean;
    /** Whether a resource can be read by its id alone, without its inputs. */
    readonly readById: boolean;

    /** The outputs that a preview shows for a new resource, or for a change of the old one. */
    plan(subject: Subject, inputs: Properties, old?: Kept): Properties;
    /** The id, if the inputs decide it, or `undefined` if the API chooses it. */
    identify(subject: Subject, inputs: Properties): string | undefined;
    /** See {@link Provider.sharedKeys}. */
    sharedKeys?(subject: Subject, inputs: Properties): string[];
    create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties>;
    /** The current outputs, or `undefined` if the resource does not exist. `known` is what the state has of it. */
    read(subject: Subject, id: string, inputs: Properties, known?: Kept): Promise<Properties | undefined>;
    /**
     * The inputs of a resource that a program imports, from the id and from what the program gives.
     * @throws ProviderError if the id has another form, or names another resource than the program
     */
    imported?(subject: Subject, id: string, given: Properties): Properties;
    /** The resource that a program imports, if nothing is known of it but what the program gives. */
    adopt?(subject: Subject, id: string, given: Properties): { inputs: Properties; outputs: Properties };
    /** Deletes a resource. It is no error if the resource does not exist any more. */
    delete(subject: Subject, id: string, old: Kept, isHeld: IsHeld): Promise<void>;
}
