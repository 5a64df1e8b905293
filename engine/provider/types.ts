import type { Properties, PropertyDiff } from "../values";
import { InvokeError } from "../../errors";

/**
 * Sends a request to the cloud as the deployer. Both bodies are JSON; that of an upload is bytes. It does not throw if
 * the status is 400 or above: the provider decides what the answer means.
 */
export type CloudRequest = (
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
) => Promise<{ status: number; body: unknown }>;

/** A resource as a provider gets it. Values have no marks of secrets; unknown ones are {@link UNKNOWN}. */
export interface Subject {
    urn: string;
    type: string;
    name: string;
    /** Settings of the provider resource: project, region, default labels. */
    config: Properties;
}

/** How a resource differs from its desired state. Without an entry, nothing is to be done. */
export interface Diff {
    detailed: PropertyDiff[];
    /** Whether the old resource must be deleted before the new one is created, as both have the same name. */
    deleteBeforeReplace: boolean;
    /** Whether the provider says that something differs, but not what. `replaceOnChanges` then has no effect. */
    withoutPaths?: true;
}

/** A resource was created or changed, but not completely. The state keeps it, and the next update goes on with it. */
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

/** What is wrong with one property. */
export interface CheckFailure {
    property: string;
    reason: string;
}

/** Inputs after a check. */
interface Checked {
    inputs: Properties;
    failures: CheckFailure[];
}

/** Checks, compares, creates, changes, reads and deletes the resources of one package. Its errors are for users. */
export interface Provider {
    /** Whether the provider knows this type. */
    knows(type: string): boolean;
    /** Why a resource of a type that is otherwise known is refused, or `undefined` if it is not. */
    refuses?(type: string, inputs: Properties): string | undefined;
    /** Whether resources of a type are only kept: their properties are checked, and nothing stands behind them. */
    keeps?(type: string): boolean;
    /** Fills in names and defaults, and says what is wrong. `olds` are the former inputs as they were checked, or empty. */
    check(subject: Subject, olds: Properties, news: Properties): Checked | Promise<Checked>;
    diff(
        subject: Subject,
        old: { id: string; inputs: Properties; outputs: Properties },
        news: Properties,
    ): Promise<Diff>;
    /** Creates a resource. A preview creates nothing, and the outputs that are not known yet are unknown. */
    create(subject: Subject, inputs: Properties, preview: boolean): Promise<{ id?: string; outputs: Properties }>;
    update(
        subject: Subject,
        old: { id: string; inputs: Properties; outputs: Properties },
        news: Properties,
        preview: boolean,
    ): Promise<Properties>;
    /**
     * The resource as it is, or `undefined` if it does not exist. `known` is absent at an import and at `.get()`. An import
     * gives the inputs of the program as `wanted`, for types that nothing stands behind.
     */
    read(
        subject: Subject,
        id: string,
        known?: { inputs: Properties; outputs: Properties },
        wanted?: Properties,
    ): Promise<{ id: string; inputs: Properties; outputs: Properties } | undefined>;
    /** Deletes a resource. It is no error if the resource does not exist any more. */
    /** Deletes a resource. `isHeld` says which {@link Provider.sharedKeys} other resources have, so that they must stay. */
    delete(
        subject: Subject,
        old: { id: string; inputs: Properties; outputs: Properties },
        isHeld?: IsHeld,
    ): Promise<void>;
    /** Calls a function of the provider. */
    invoke?(token: string, args: Properties, config: Properties, preview: boolean): Promise<Properties>;
    /** The id of a resource with these inputs, if they decide it. It finds resources of an interrupted update. */
    identify?(subject: Subject, inputs: Properties): string | undefined;
    /**
     * What a resource is in the cloud, for resources that may share it with others, of their type or of another one: a grant is
     * one role of one member on one resource, and a binding several. Deleting one would delete what the others have too.
     */
    sharedKeys?(subject: Subject, inputs: Properties): string[] | undefined;
}

/** Whether another resource of the stack is, in the cloud, what a key says. */
export type IsHeld = (key: string) => boolean;
