import type { Properties, PropertyDiff } from "../values";
import { InvokeError } from "../../errors";

/**
 * Sends a request to the cloud as the deployer. The body is JSON (or bytes, for an upload) in both directions; what it
 * answers is never thrown away: a status of 400 and above is the provider's to judge.
 */
export type CloudRequest = (
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
) => Promise<{ status: number; body: unknown }>;

/** A resource as a provider is told of it. Values are plain: secrets unwrapped, unknowns the sentinel. */
export interface Subject {
    urn: string;
    type: string;
    name: string;
    /** Settings of the provider resource: project, region, default labels. */
    config: Properties;
}

/** What {@link Provider.diff} finds. No entry: nothing to do. */
export interface Diff {
    detailed: PropertyDiff[];
    /** Whether the old resource must go before the new one can come: their names are the same. */
    deleteBeforeReplace: boolean;
    /** Whether the provider says that something differs, but not what: `replaceOnChanges` finds nothing in it. */
    coarse?: true;
}

/** The resource was made or changed, and is not as it should be: it is kept, and the next update goes on with it. */
export class InitFailed extends InvokeError {
    readonly code = "init-failed";

    constructor(
        message: string,
        readonly id: string,
        readonly outputs: Properties,
        readonly reasons: string[],
    ) {
        super(message);
    }
}

/** One property that is not as it must be. */
export interface CheckFailure {
    property: string;
    reason: string;
}

/** What {@link Provider.check} makes of inputs. */
interface Checked {
    inputs: Properties;
    failures: CheckFailure[];
}

/** What makes, compares and deletes the resources of one package. Errors are for people to read. */
export interface Provider {
    /** Whether the provider knows this type. */
    knows(type: string): boolean;
    /** Fills in names and defaults and says what is wrong. `olds` are the checked inputs of before, or empty. */
    check(subject: Subject, olds: Properties, news: Properties): Checked | Promise<Checked>;
    diff(
        subject: Subject,
        old: { id: string; inputs: Properties; outputs: Properties },
        news: Properties,
    ): Promise<Diff>;
    /** In a preview nothing is made; what is not known yet is unknown, and so is the id. */
    create(subject: Subject, inputs: Properties, preview: boolean): Promise<{ id?: string; outputs: Properties }>;
    update(
        subject: Subject,
        old: { id: string; inputs: Properties; outputs: Properties },
        news: Properties,
        preview: boolean,
    ): Promise<Properties>;
    /** The resource as it is, or nothing. `known` is absent where only the id is known (import, `.get()`). */
    read(
        subject: Subject,
        id: string,
        known?: { inputs: Properties; outputs: Properties },
    ): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined>;
    /** Deleting what is gone already is no error. */
    delete(subject: Subject, old: { id: string; inputs: Properties; outputs: Properties }): Promise<void>;
    /** Calls a function. */
    invoke?(token: string, args: Properties, config: Properties, preview: boolean): Promise<Properties>;
    /** The id that a resource with these inputs has, where the inputs decide it: finds what an interrupted update made. */
    identify?(subject: Subject, inputs: Properties): string | undefined;
    /**
     * What a resource stands for where several may stand for the same, as grants of one role to one member: the cloud
     * has it once, and deleting one resource takes it from the others. Two resources of one type share it where these
     * texts are equal.
     */
    sharedKey?(subject: Subject, inputs: Properties): string | undefined;
}
