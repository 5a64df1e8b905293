import { createApis, googleApis, logAuditedCalls, makeDefaultAccount, registerIdentityApis } from "./apis";
import { type Cloud, type CloudSettings, createSignals } from "./cloud";
import { createClock, type SandboxClock } from "./clock";
import { createDecisions } from "./decisions";
import { createIam } from "./iam";
import { createHosts } from "./net";
import { createStore, type SandboxStore } from "./store";
import { createTokens } from "./tokens";

/** A {@link Cloud} with the parts that only its owner needs. */
export interface OwnedCloud extends Cloud {
    readonly clock: SandboxClock;
    readonly store: SandboxStore;
    /** Cancels timers and saves the state. */
    close(): void;
}

/** The settings of a sandbox's cloud, and what is kept of it. */
export interface CloudOptions extends Partial<CloudSettings> {
    /** The file of the state; by default the state is in memory only. */
    stateFile?: string;
    /** How long a grant takes to arrive, in milliseconds of the sandbox's clock. @default 0 */
    propagationMilliseconds?: number;
}

/** The default names of a sandbox. No real project or person has them. */
export const defaultSettings: CloudSettings = {
    project: "demo",
    projectNumber: "123456789012",
    owner: "user:owner@example.com",
    declaredHosts: [],
};

/** The collection with the offset of a moved clock. */
const CLOCK = "sandbox.clock";

/** Creates the Google Cloud of a sandbox. It has no network yet; its APIs can be called in process. */
export function createCloud(options: CloudOptions = {}): OwnedCloud {
    const { stateFile, propagationMilliseconds = 0, ...given } = options;
    const settings = { ...defaultSettings, ...given };
    const store = createStore(stateFile === undefined ? {} : { file: stateFile });
    const saved = store.get(CLOCK, "offset");
    const clock = createClock({
        offset: typeof saved === "number" ? saved : 0,
        moved: (offset) => store.put(CLOCK, "offset", offset),
    });
    const decisions = createDecisions({ clock });
    const iam = createIam({ clock, store, decisions, settings });
    iam.propagationMilliseconds = propagationMilliseconds;
    const cloud: OwnedCloud = {
        settings,
        clock,
        store,
        decisions,
        iam,
        tokens: createTokens({ clock, store, settings }),
        hosts: createHosts(),
        apis: createApis(() => cloud),
        signals: createSignals(),
        close() {
            clock.close();
            store.close();
        },
    };
    for (const api of googleApis) {
        cloud.apis.serve(api);
    }
    registerIdentityApis(cloud);
    logAuditedCalls(cloud);
    // Compute Engine is enabled from the start.
    makeDefaultAccount(settings.project, cloud);
    return cloud;
}
