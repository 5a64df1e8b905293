import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { hookName } from "./hook-name";
import { memoized, memoizedPerProgram } from "./memo";
import { smokeMode } from "./settings";
import { urnOf } from "./urn";

/**
 * Options with which a component's resources tell when the engine creates or changes them, also because `--refresh` found that
 * somebody had deleted or changed them. Its gate listens by {@link onChange}.
 */
export function watched(opts: pulumi.ComponentResourceOptions = {}): pulumi.ComponentResourceOptions {
    return { ...opts, transformations: [...(opts.transformations ?? []), watch] };
}

/** The resources of Google Cloud that a component has made until now. */
export const madeBy = memoized((_component: object): pulumi.Resource[] => []);

/**
 * Calls `tell` once, as soon as the engine begins to create or change one of the resources. The engine waits with that until
 * the component has made the returned promise come true, though not for long, so that an update that breaks off afterwards
 * does not lose the news.
 */
export function onChange(component: pulumi.Resource, resources: pulumi.Resource[], tell: () => Promise<unknown>): void {
    const { changed, listeners } = program();
    const once = memoizedPerProgram(() => briefly(component, tell()));
    for (const resource of resources) {
        listeners.set(resource, [...(listeners.get(resource) ?? []), once]);
    }
    if (resources.some((resource) => changed.has(resource))) {
        void once();
    }
}

const program = memoizedPerProgram(() => ({
    changed: new Set<pulumi.Resource>(),
    listeners: new Map<pulumi.Resource, (() => Promise<unknown>)[]>(),
    /** Whether the engine waits for a listener now. It works on so many resources at once, and the listener's is one of them. */
    isWaiting: false,
}));

/** How long the engine waits, in milliseconds: with `--parallel 1` it cannot do what the listener needs until it goes on. */
const LONGEST_WAIT = 1000;
/**
 * How long the engine waits for a component that it does not know yet, in milliseconds. Such a component usually depends on
 * what is changed now, and can tell nothing before that is done.
 */
const WAIT_FOR_COMPONENT = 100;

/** The hook is the component's own, as several programs of one update may have the same components' names. */
const changeHook = memoized((component: pulumi.Resource) => {
    const state = program();
    const run = async ({ name, type }: pulumi.ResourceHookArgs): Promise<void> => {
        const resource = madeBy(component).find(
            (made) => pulumi.resourceName(made) === name && pulumi.resourceType(made) === type,
        );
        if (resource === undefined) {
            return;
        }
        state.changed.add(resource);
        const told = Promise.all((state.listeners.get(resource) ?? []).map((notify) => notify()));
        if (!state.isWaiting) {
            state.isWaiting = true;
            await told.finally(() => (state.isWaiting = false));
        }
    };
    return new pulumi.ResourceHook(hookName(`${pulumi.resourceName(component)}-changed`), AsyncResource.bind(run));
});

/** Waits for what a component tells, within the limits. */
async function briefly(component: pulumi.Resource, told: Promise<unknown>): Promise<void> {
    if ((await within(WAIT_FOR_COMPONENT, urnOf(component))) !== undefined) {
        await within(LONGEST_WAIT, told);
    }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, milliseconds, undefined)));
    try {
        return await Promise.race([promise, limit]);
    } finally {
        clearTimeout(timer);
    }
}

const watch: pulumi.ResourceTransformation = ({ resource, type, props, opts }) => {
    const { parent, hooks = {} } = opts;
    // An SDK without hooks has no gates either, whose error says so.
    const hasHooks = "ResourceHook" in pulumi;
    if (parent === undefined || !type.startsWith("gcp:") || !hasHooks || smokeMode() === "off") {
        return undefined;
    }
    const made = madeBy(parent);
    // A component inside another one gets the transformations of both.
    if (made.includes(resource)) {
        return undefined;
    }
    made.push(resource);
    const hook = changeHook(parent);
    const withHook = (given: pulumi.ResourceHookBinding["beforeCreate"] = []) => [...given, hook];
    const own = { beforeCreate: withHook(hooks.beforeCreate), beforeUpdate: withHook(hooks.beforeUpdate) };
    return { props, opts: { ...opts, hooks: { ...hooks, ...own } } };
};
