import type { IncomingMessage, ServerResponse } from "node:http";
import { createRunDoor } from "../../sandbox/ingress/run";
import { runSmokeCheck, type GrantRef, type Report, type SmokeSpec } from "../../smoke";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

export const location = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1";
export const front = `${location}/services/front`;
export const invoker = "roles/run.invoker";
export const minter = "roles/iam.serviceAccountOpenIdTokenCreator";
export const owner = "user:owner@example.com";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const healthy: Handler = (_, response) => response.end(JSON.stringify({ ok: true }));

/** A deployment that is right, until a case breaks it. */
export interface Deployment extends Sandboxed {
    prober: string;
    url: string;
    spec: SmokeSpec;
    /** What answers behind the front door. */
    handle: (handler: Handler) => void;
    /** What every request to the service carried. */
    received: IncomingMessage[];
    /** `skew` is how far this machine's clock is ahead, in milliseconds. */
    check(deadlineSeconds?: number, skew?: number, other?: SmokeSpec): Promise<Report>;
    update(service: object): Promise<void>;
}

export async function deploy(propagationMilliseconds = 0): Promise<Deployment> {
    const world = await startSandboxed({ propagationMilliseconds });
    const { cloud } = world.sandbox;
    let handler = healthy;
    const received: IncomingMessage[] = [];
    // The sandbox's own front door, with a service behind it that a case can break.
    const door = createRunDoor(cloud, (_, request, response) => {
        received.push(request);
        handler(request, response);
    });
    cloud.hosts.serve("*.a.run.app", door);
    const prober = await world.account("prober");
    const service = { template: { containers: [{ image: "demo/front:1" }] }, ingress: "INGRESS_TRAFFIC_ALL" };
    const create = (name: string) => world.admin("POST", `${location}/services?serviceId=${name}`, service);
    await create("front");
    await create("stock");
    const { uri } = await world.admin("GET", front);
    const url = String(uri);
    await world.grant(accountUrl(prober), minter, owner);
    await world.grant(front, invoker, `serviceAccount:${prober}`);
    const grant: GrantRef = {
        member: `serviceAccount:${prober}`,
        role: invoker,
        resource: front,
        label: "front",
    };
    const token = { kind: "idToken", serviceAccount: prober, audience: url } as const;
    const denied = (name: string, credential: object) =>
        ({ kind: "request", name, url, credential, outcome: "denied", grants: [grant] }) as SmokeSpec["probes"][0];
    const spec: SmokeSpec = {
        version: 1,
        name: "front",
        project: "demo",
        fingerprint: {},
        probes: [
            {
                kind: "request",
                name: "allowed",
                url: `${url}/hello`,
                credential: token,
                outcome: "allowed",
                expect: { result: { ok: true } },
                grants: [grant],
            },
            { kind: "policy", name: "policy", grant },
            denied("anonymous", { kind: "none" }),
            denied("broken token", { kind: "broken" }),
            denied("wrong audience", { ...token, audience: "https://denied.invalid" }),
        ],
    };
    return {
        ...world,
        prober,
        url,
        spec,
        received,
        handle: (next) => (handler = next),
        check: (deadlineSeconds = 600, skew = 0, other = spec) =>
            runSmokeCheck(other, {
                http: world.http,
                credentials: { env: world.env },
                deadlineSeconds,
                // Waiting moves the sandbox's clock: a check of ten minutes takes a moment.
                clock: {
                    now: () => cloud.clock.now() + skew,
                    sleep: (ms) => {
                        cloud.clock.advance(ms);
                        return Promise.resolve();
                    },
                },
            }),
        async update(change) {
            await world.admin("PATCH", front, { ...(await world.admin("GET", front)), ...change });
        },
    };
}

export const verdicts = (report: Report) =>
    Object.fromEntries(report.probes.map(({ name, verdict }) => [name, verdict]));
export const allGreen = {
    allowed: "passed",
    policy: "passed",
    anonymous: "passed",
    "broken token": "passed",
    "wrong audience": "passed",
};
