import * as pulumi from "@pulumi/pulumi";
import { googleId, googleOutputs, placeOf } from "./outputs";
import { InternalError } from "../errors";

/** A resource that the code under test registered. */
export interface MockedResource {
    /** The type token, such as `gcp:cloudrunv2/serviceIamMember:ServiceIamMember`. */
    type: string;
    /** The name in the program. */
    name: string;
    /** The inputs that the program gave. */
    inputs: Record<string, unknown>;
    /** Whether a provider makes the resource. It is false for components. */
    custom: boolean;
}

/** Options of {@link setMocks}. */
export interface MockOptions {
    /** The ID of the Google Cloud project for resources that name none. @default "demo" */
    googleProject?: string;
    /** The name of the Pulumi project. @default "project" */
    project?: string;
    /** The name of the stack. @default "stack" */
    stack?: string;
    /** Whether the program runs as a preview, in which outputs are unknown. @default false */
    preview?: boolean;
    /** The configuration of the stack, such as `{ "gcp:project": "demo" }`. @default - it stays as it is */
    config?: Record<string, string>;
    /** Outputs that are added to those of a resource, or replace them. @default - none */
    outputs?: (resource: pulumi.runtime.MockResourceArgs) => Record<string, unknown>;
    /** Answers calls of functions such as `gcp.organizations.getProject`. @default - an empty object */
    call?: (args: pulumi.runtime.MockCallArgs) => Record<string, unknown>;
}

/** What the program registered since {@link setMocks} was called. */
export interface Mocked {
    /** All resources, in the order in which they were registered. */
    readonly resources: MockedResource[];
    /** Resolves when everything that the program makes is registered. */
    settled(): Promise<void>;
}

/**
 * Replaces the engine in unit tests of stacks with these components, as `pulumi.runtime.setMocks` does. The mocks answer as Google
 * Cloud would, with email addresses, URLs and identifiers. They also accept resource hooks, which the gates of smoke checks need:
 * with Pulumi's own mocks these fail with `registerResourceHook is not a function`. No hook runs, so no smoke check is made.
 * https://www.pulumi.com/docs/iac/concepts/testing/unit/
 * @throws InternalError if a second copy of `@pulumi/pulumi` is installed
 * @example
 * const mocked = await setMocks();
 * new InvokableService("orders", { image: "img", location: "europe-west1" });
 * await mocked.settled();
 * assert.deepEqual(mocked.resources.map(({ type }) => type), [...]);
 */
export async function setMocks(options: MockOptions = {}): Promise<Mocked> {
    const resources: MockedResource[] = [];
    const preview = options.preview ?? false;
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                const custom = args.custom ?? true;
                resources.push({
                    type: args.type,
                    name: args.name,
                    inputs: args.inputs as Record<string, unknown>,
                    custom,
                });
                if (!custom) {
                    return { id: "", state: args.inputs as Record<string, unknown> };
                }
                // A resource that is read, by `.get` or `fromExisting`, is known in a preview too. Its ID contains its name.
                const read = args.id === undefined || args.id === "" ? undefined : placeOf(args.id);
                const known = { ...args, inputs: { ...read, ...(args.inputs as Record<string, unknown>) } };
                const outputs = {
                    ...(preview && !read ? {} : googleOutputs(known, options.googleProject ?? "demo")),
                    ...options.outputs?.(args),
                };
                const state = { ...known.inputs, ...outputs };
                return { id: read ? args.id : preview ? undefined : googleId(args, state), state };
            },
            call: (args) => options.call?.(args) ?? {},
        },
        options.project,
        options.stack,
        preview,
    );
    if (options.config !== undefined) {
        pulumi.runtime.setAllConfig(options.config);
    }
    acceptHooks();
    const outputs = countOutputs();
    return {
        resources,
        settled: () => settled(() => resources.filter(({ custom }) => !custom).length <= outputs.registered),
    };
}

/** Makes the registration of hooks do nothing. It would start a server that nobody calls, and then fail in Pulumi's mocks. */
function acceptHooks(): void {
    const callbacks = pulumi.runtime.getCallbacks();
    if (callbacks === undefined) {
        throw new InternalError("pulumi.runtime.setMocks set no monitor: is there a second @pulumi/pulumi?");
    }
    Object.assign(callbacks, { registerResourceHook: () => Promise.resolve() });
}

type RegisterOutputs = (request: unknown, answer: (error: unknown, response: object) => void) => void;

/** Counts how many components have registered their outputs, which each does once and last. */
function countOutputs(): { registered: number } {
    const monitor = pulumi.runtime.getMonitor() as unknown as { registerResourceOutputs: RegisterOutputs };
    const register = monitor.registerResourceOutputs.bind(monitor);
    const count = { registered: 0 };
    monitor.registerResourceOutputs = (request, answer) => {
        count.registered += 1;
        register(request, answer);
    };
    return count;
}

async function settled(isComplete: () => boolean): Promise<void> {
    await turns();
    // This may never happen if the program failed. The timer keeps no process alive for it.
    while (!isComplete()) {
        await new Promise((resolve) => setTimeout(resolve, 5).unref());
    }
    await turns();
}

/** Waits as long as components need to be registered, and the children of the last one after it. */
async function turns(): Promise<void> {
    for (let turn = 0; turn < 100; turn += 1) {
        await nextTurn();
    }
}

function nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
}
