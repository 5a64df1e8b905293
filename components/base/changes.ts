import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { hookName } from "./hook-name";
import { memoized, memoizedPerProgram } from "./memo";
import { smokeMode } from "./settings";

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
 * Calls `tell` once, as soon as the engine begins to create or change one of the resources. The engine waits with that for the
 * returned promise, though not for long, so that an update that breaks off afterwards does not lose the news.
 */
export function onChange(resources: pulumi.Resource[], tell: () => Promise<unknown>): void {
    const { changed, listeners } = program();
    const once = memoizedPerProgram(tell);
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

/** The hook is the component's own, as several programs of one update may have the same components' names. */
const changeHook = memoized((component: pulumi.Resource) => {
    const { changed, listeners } = program();
    const run = async ({ name, type }: pulumi.ResourceHookArgs): Promise<void> => {
        const resource = madeBy(component).find(
            (made) => pulumi.resourceName(made) === name && pulumi.resourceType(made) === type,
        );
        if (resource !== undefined) {
            changed.add(resource);
            await briefly(Promise.all((listeners.get(resource) ?? []).map((notify) => notify())));
        }
    };
    return new pulumi.ResourceHook(hookName(`${pulumi.resourceName(component)}-changed`), AsyncResource.bind(run));
});

async function briefly(told: Promise<unknown>): Promise<void> {
    const waiters = program();
    if (waiters.isWaiting) {
        return;
    }
    waiters.isWaiting = true;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, LONGEST_WAIT)));
    try {
        await Promise.race([told, limit]);
    } finally {
        clearTimeout(timer);
        waiters.isWaiting = false;
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
