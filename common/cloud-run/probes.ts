import { each, type Found, type InstanceTemplate, port, type ProbeTemplate, snake } from "./template";

/** https://cloud.google.com/run/docs/reference/rest/v2/Container#Probe, https://cloud.google.com/run/docs/configuring/healthchecks */
export function* probes(template: InstanceTemplate): Found {
    for (const [probe, at] of each(template, "startupProbe")) {
        yield* times(probe, at, 240);
        const { periodSeconds = 10, failureThreshold = 3 } = probe;
        if ((periodSeconds || 10) * (failureThreshold || 3) > 240) {
            const reason = `failure_threshold times period_seconds is ${periodSeconds * failureThreshold} seconds; at most 240 are allowed`;
            yield [`${at}.failure_threshold`, reason];
        }
    }
    for (const key of ["livenessProbe", "readinessProbe"] as const) {
        for (const [probe, at] of each(template, key)) {
            yield* times(probe, at, 3600);
            if (probe.tcpSocket !== undefined) {
                yield [`${at}.tcp_socket`, "is for a startup probe alone; use http_get or grpc"];
            }
        }
    }
}

function* times(probe: ProbeTemplate, at: string, longest: number): Found {
    const kinds = (["httpGet", "tcpSocket", "grpc"] as const).filter((kind) => probe[kind] !== undefined);
    if (kinds.length !== 1) {
        const reason = `Exactly one of http_get, tcp_socket, or grpc must be specified; there are ${kinds.length}`;
        yield [at, reason];
    }
    for (const kind of kinds) {
        yield* port(probe[kind]?.port, `${at}.${snake(kind)}.port`);
    }
    const ranges = {
        initialDelaySeconds: longest,
        timeoutSeconds: 3600,
        periodSeconds: longest,
        failureThreshold: Infinity,
    };
    for (const [key, most] of Object.entries(ranges)) {
        const value = probe[key as keyof typeof ranges] ?? 0;
        if (value < 0 || value > most) {
            yield [`${at}.${snake(key)}`, `${value} is ${value < 0 ? "negative" : `more than ${most}`}`];
        }
    }
    const { timeoutSeconds = 1, periodSeconds = 10 } = probe;
    if (timeoutSeconds > (periodSeconds || 10)) {
        const reason = `${timeoutSeconds} is more than period_seconds, which is ${periodSeconds || 10}; set it to at most that`;
        yield [`${at}.timeout_seconds`, reason];
    }
}
