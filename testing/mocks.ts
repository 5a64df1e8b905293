import * as pulumi from "@pulumi/pulumi";
import { googleId, googleOutputs, placeOf } from "./outputs";
import { InternalError } from "../errors";

/** A resource that the code under test registered. */
export interface MockedResource {
    /** Such as `gcp:cloudrunv2/serviceIamMember:ServiceIamMember`. */
    type: string;
    name: string;
    inputs: Record<string, unknown>;
    /** False for components. */
    custom: boolean;
}

/** What {@link setMocks} takes. */
export interface MockOptions {
    /** The project that resources are in where they name none. @default "demo" */
    googleProject?: string;
    /** The Pulumi project. @default "project" */
    project?: string;
    /** @default "stack" */
    stack?: string;
    /** Whether it is a preview: outputs are unknown then. @default false */
    preview?: boolean;
    /** The stack's configuration, such as `{ "gcp:project": "demo" }`. @default - as it is */
    config?: Record<string, string>;
    /** Outputs to add to a resource, or to put in the place of the usual ones. */
    outputs?: (resource: pulumi.runtime.MockResourceArgs) => Record<string, unknown>;
    /** Answers to functions such as `gcp.organizations.getProject`. @default - nothing */
    call?: (args: pulumi.runtime.MockCallArgs) => Record<string, unknown>;
}

/** What was registered since {@link setMocks}. */
export interface Mocked {
    /** In the order of their registration. */
    readonly resources: MockedResource[];
    /** Resolves when everything that was begun is registered. */
    settled(): Promise<void>;
}

/**
 * `pulumi.runtime.setMocks` for stacks with these components. It answers as Google Cloud would (email addresses, URLs,
 * identifiers), and mends what Pulumi's mocks lack: registering a resource hook, which the smoke checks' gates do,
 * fails there with `registerResourceHook is not a function`. Hooks do not run: no smoke check is made in a unit test.
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
                // What is read (`.get`, `fromExisting`) is there in a preview too, and named by its id.
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

/** Registering a hook starts a server that nobody would call, and fails: the mocks have no such method. */
function acceptHooks(): void {
    const callbacks = pulumi.runtime.getCallbacks();
    if (callbacks === undefined) {
        throw new InternalError("pulumi.runtime.setMocks set no monitor: is there a second @pulumi/pulumi?");
    }
    Object.assign(callbacks, { registerResourceHook: () => Promise.resolve() });
}

type RegisterOutputs = (request: unknown, answer: (error: unknown, response: object) => void) => void;

/** Every component registers its outputs once, as the last thing it does: by this one knows that it is through. */
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

async function settled(through: () => boolean): Promise<void> {
    await turns();
    // Where the program failed this never comes: the timer then keeps no process alive.
    while (!through()) {
        await new Promise((resolve) => setTimeout(resolve, 5).unref());
    }
    await turns();
}

/** Enough for what waits for nothing outside: components to be registered, and what the last one made to follow. */
async function turns(): Promise<void> {
    for (let turn = 0; turn < 100; turn += 1) {
        await nextTurn();
    }
}

function nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
}
