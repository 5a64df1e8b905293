import type { IncomingMessage, ServerResponse } from "node:http";
import { defined } from "../../common";
import { ControlError, type Clock, type HostHandler, type Hosts, type Store } from "../cloud";
import { duration, flag, optional, readFields, share, text, whole } from "../fields";
import { requireAccount } from "./member";

/** What shall go wrong, where, how often and for how long. */
export interface Fault {
    /** A host or `*.run.app`; `*` is every one. With {@link minting} the email of a service account. */
    host: string;
    /** The HTTP status to answer with, without asking the real receiver. */
    status?: number;
    /** How long to wait before the request goes on, by the sandbox's clock. */
    latencyMilliseconds?: number;
    /** Ends the connection without an answer. */
    drop?: boolean;
    /** Refuses tokens of a service account to Google's senders, to its metadata server and to who impersonates it. */
    minting?: boolean;
    /** The share of requests it strikes, 0 to 1. @default 1 */
    rate?: number;
    /** How long it lasts, by the sandbox's clock. @default - until it is cleared */
    forMilliseconds?: number;
}

/** The values of a {@link Fault}. */
export const FAULT = {
    host: text("a host such as run.googleapis.com or *.run.app, or the email of an account", /^[^\s/]+$/, 253),
    status: optional(whole(400, 599)),
    latencyMilliseconds: optional(duration(0)),
    drop: optional(flag),
    minting: optional(flag),
    rate: optional(share),
    forMilliseconds: optional(duration(0)),
};
/** More make each request slow. */
const MOST_FAULTS = 1000;

/** A fault that is set, with its number and when it ends by the sandbox's clock. */
export interface ActiveFault extends Fault {
    id: number;
    until?: number;
    /** How many requests it has struck. */
    struck: number;
}

/** The faults of one sandbox. */
export interface Faults {
    /** @throws Error naming what is not a fault, or a host that is not served */
    add(fault: Fault): ActiveFault;
    list(): ActiveFault[];
    /** One by its number, or all. @returns how many there were @throws Error if there is none of that number */
    clear(id?: number): number;
    /** Whether a fault strikes the minting of a token of this account. */
    refusesMinting(email: string): boolean;
    /** The hosts, with their faults before them. Costs nothing while there is none. */
    before(hosts: Hosts): Hosts;
}

/**
 * @param options.store - where accounts are. @default - any account may get a fault
 * @param options.random - 0 to 1, `Math.random` by default: tests say what chance does
 */
export function createFaults({
    clock,
    store,
    random = Math.random,
}: {
    clock: Clock;
    store?: Store;
    random?: () => number;
}): Faults {
    let active: ActiveFault[] = [];
    let last = 0;
    let served: Hosts | undefined;

    function list(): ActiveFault[] {
        const now = clock.now();
        active = active.filter(({ until }) => until === undefined || until > now);
        return active;
    }

    function wrap(host: string, handler: HostHandler): HostHandler {
        const faults = list().filter((fault) => !fault.minting && matches(fault.host, host));
        if (faults.length === 0) {
            return handler;
        }
        return (request, response, origin) =>
            void applyFault(faults, request, response, () => handler(request, response, origin));
    }

    async function applyFault(
        faults: ActiveFault[],
        request: IncomingMessage,
        response: ServerResponse,
        goOn: () => void,
    ): Promise<void> {
        for (const fault of faults) {
            if (random() >= (fault.rate ?? 1)) {
                continue;
            }
            fault.struck++;
            if (fault.latencyMilliseconds !== undefined) {
                await clock.sleep(fault.latencyMilliseconds);
            }
            if (fault.drop) {
                request.socket.destroy();
                return;
            }
            if (fault.status !== undefined) {
                answer(response, fault);
                return;
            }
        }
        goOn();
    }

    return {
        add(given) {
            const checked = defined(readFields({ ...given }, FAULT));
            const fault = { ...checked, host: checked.host.toLowerCase() };
            checkFault(fault);
            if (list().length >= MOST_FAULTS) {
                throw new ControlError(`there are ${MOST_FAULTS} faults already`, { fix: "clear some of them" });
            }
            if (fault.minting && fault.host.includes("@") && !fault.host.includes("*") && store) {
                requireAccount(store, fault.host, "create it first, or correct the email");
            }
            if (!fault.minting && !fault.host.includes("*") && served && !served.find(fault.host)) {
                throw new ControlError(`the sandbox does not serve ${fault.host}, so nothing can go wrong there`, {
                    fix: "name a host such as run.googleapis.com, *.run.app, or one of sandbox.yaml",
                });
            }
            const { forMilliseconds } = fault;
            const until = forMilliseconds === undefined ? {} : { until: clock.now() + forMilliseconds };
            const added: ActiveFault = { ...fault, ...until, id: ++last, struck: 0 };
            active.push(added);
            return added;
        },
        list,
        clear(id) {
            const before = list().length;
            if (id !== undefined && !active.some((fault) => fault.id === id)) {
                const others = before === 0 ? "none is set" : `set are ${active.map((fault) => fault.id).join(", ")}`;
                throw new ControlError(`there is no fault ${id}, or its time is over`, { fix: others });
            }
            active = id === undefined ? [] : active.filter((fault) => fault.id !== id);
            return before - active.length;
        },
        refusesMinting(email) {
            const fault = list().find(
                ({ minting, host, rate = 1 }) => minting === true && matches(host, email) && random() < rate,
            );
            if (fault) {
                fault.struck++;
            }
            return fault !== undefined;
        },
        before(hosts) {
            served = hosts;
            return {
                ...hosts,
                find(host) {
                    const handler = hosts.find(host);
                    return handler && active.length > 0 ? wrap(host, handler) : handler;
                },
            };
        },
    };
}

function matches(pattern: string, host: string): boolean {
    if (pattern === "*") {
        return true;
    }
    return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** The shape of Google's errors, so that clients treat it as one; it says that it was ordered. */
function answer(response: ServerResponse, { status = 500, id }: ActiveFault): void {
    const error = { code: status, message: `fault ${id} of the sandbox`, status: CANONICAL[status] ?? "UNKNOWN" };
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify({ error }));
}

/** https://cloud.google.com/apis/design/errors */
const CANONICAL: Record<number, string> = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
};

/** @throws ControlError if a fault would do nothing, or apply to no account */
function checkFault({ host, status, latencyMilliseconds, drop, minting }: Fault): void {
    if (status === undefined && latencyMilliseconds === undefined && !drop && !minting) {
        throw new ControlError(`a fault for ${host} does nothing`, { fix: "give status, latency, drop or minting" });
    }
    if (minting === true && host !== "*" && !host.includes("@")) {
        throw new ControlError(`${host} is no service account`, {
            fix: "give its email to refuse its tokens, or * for all",
        });
    }
}
