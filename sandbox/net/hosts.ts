import type { HostHandler, Hosts } from "../cloud";

/** How many hosts are listed by name. A client could make up any number. */
const LISTED = 1000;
const OTHERS = "other hosts";
/** https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
const LONGEST = 253;

/** Host names, each with what answers for it. A name is whole, or a pattern such as `*.run.app` (one or more labels). */
export function createHosts(): Hosts {
    const exact = new Map<string, HostHandler>();
    const patterns: { prefix: string; suffix: string; handler: HostHandler }[] = [];
    const finders: ((host: string) => HostHandler | undefined)[] = [];
    const refused = new Map<string, number>();
    const listeners: ((host: string) => void)[] = [];

    return {
        serve(pattern, handler) {
            const [prefix = "", suffix] = pattern.toLowerCase().split("*");
            if (suffix === undefined) {
                exact.set(prefix, handler);
                return;
            }
            patterns.push({ prefix, suffix, handler });
            patterns.sort((a, b) => b.prefix.length + b.suffix.length - a.prefix.length - a.suffix.length);
        },
        serveFound: (find) => void finders.push(find),
        find(name) {
            const host = name.toLowerCase();
            const named =
                exact.get(host) ??
                patterns.find(
                    ({ prefix, suffix }) =>
                        host.length > prefix.length + suffix.length && host.startsWith(prefix) && host.endsWith(suffix),
                )?.handler;
            return named ?? firstFound(finders, host);
        },
        recordRefused(given) {
            const host = printable(given);
            const listed = refused.has(host) || refused.size < LISTED ? host : OTHERS;
            refused.set(listed, (refused.get(listed) ?? 0) + 1);
            listeners.forEach((listener) => listener(host));
        },
        onRefused: (listener) => void listeners.push(listener),
        refused: () => [...refused].map(([host, count]) => ({ host, count })),
    };
}

function firstFound(finders: ((host: string) => HostHandler | undefined)[], host: string): HostHandler | undefined {
    for (const find of finders) {
        const handler = find(host);
        if (handler !== undefined) {
            return handler;
        }
    }
    return undefined;
}

/** What a client named as its host, without credentials before it, and without what a terminal would act upon. */
function printable(given: string): string {
    const host = given
        .slice(given.lastIndexOf("@") + 1)
        .replace(/[^\w.:[\]-]/g, "?")
        .slice(0, LONGEST);
    return host === "" ? "no host" : host;
}
