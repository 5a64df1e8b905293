import type { HostHandler, Hosts } from "../cloud";

/** Host names and who answers for them: whole names, and patterns such as `*.run.app` (one or more labels). */
export function createHosts(): Hosts {
    const exact = new Map<string, HostHandler>();
    const patterns: { prefix: string; suffix: string; handler: HostHandler }[] = [];
    const refused = new Map<string, number>();

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
        find(name) {
            const host = name.toLowerCase();
            return (
                exact.get(host) ??
                patterns.find(
                    ({ prefix, suffix }) =>
                        host.length > prefix.length + suffix.length && host.startsWith(prefix) && host.endsWith(suffix),
                )?.handler
            );
        },
        recordRefused(host) {
            refused.set(host, (refused.get(host) ?? 0) + 1);
        },
        refused: () => [...refused].map(([host, count]) => ({ host, count })),
    };
}
