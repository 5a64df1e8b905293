import type { Http, HttpResponse } from "../../../credentials";
import { runSmokeCheck, type CallersProbe, type ProbeReport, type SmokeOptions } from "../../../smoke";
import { accountUrl, startSandboxed, type Sandboxed } from "../../support/sandboxed";

export const region = "projects/demo/locations/europe-west1";
export const orders = `https://run.googleapis.com/v2/${region}/services/orders`;
export const demo = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
export const organization = "https://cloudresourcemanager.googleapis.com/v3/organizations/7";
export const invoker = "roles/run.invoker";
export const minter = "roles/iam.serviceAccountTokenCreator";
export const stranger = "user:stranger@example.com";

/** What the check reads instead of an answer. */
export type Tamper = (url: string, answer: HttpResponse) => Partial<HttpResponse> | undefined;

/** A service that one account may call, in a project in a folder in an organization. */
export interface Scene extends Sandboxed {
    caller: string;
    folder: string;
    probe: CallersProbe;
    /** The row of a check with this probe. */
    ask(change?: Partial<CallersProbe>, tamper?: Tamper, declared?: SmokeOptions["declared"]): Promise<ProbeReport>;
}

export async function createScene(): Promise<Scene> {
    const world = await startSandboxed({ propagationMilliseconds: 0 });
    const { clock } = world.sandbox.cloud;
    const caller = await world.account("caller");
    const service = {
        template: { containers: [{ image: "demo/orders:1" }] },
        ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
        customAudiences: ["https://orders.example.com"],
    };
    await world.admin("POST", orders.replace("/orders", "?serviceId=orders"), service);
    await world.grant(orders, invoker, `serviceAccount:${caller}`);
    const manager = "https://cloudresourcemanager.googleapis.com/v3";
    const made = await world.admin("POST", `${manager}/folders`, { parent: "organizations/7", displayName: "shop" });
    const { name } = made["response"] as { name: string };
    await world.admin("POST", `${manager}/projects/demo:move`, { destinationParent: name });
    const probe: CallersProbe = {
        kind: "callers",
        name: "nobody else → orders",
        target: orders,
        label: "orders",
        allowed: [`serviceAccount:${caller}`],
        exactly: true,
        ingress: "internal",
        audiences: ["https://orders.example.com"],
    };
    return {
        ...world,
        caller,
        folder: `${manager}/${name}`,
        probe,
        async ask(change = {}, tamper, declared) {
            const report = await runSmokeCheck(
                { version: 1, name: "orders", project: "demo", fingerprint: {}, probes: [{ ...probe, ...change }] },
                {
                    http: tamper === undefined ? world.http : tampered(world.http, tamper),
                    credentials: { env: world.env },
                    ...(declared && { declared }),
                    deadlineSeconds: 20,
                    clock: {
                        now: () => clock.now(),
                        sleep: (ms) => {
                            clock.advance(ms);
                            return Promise.resolve();
                        },
                    },
                },
            );
            const [row] = report.probes;
            if (row === undefined) {
                throw new Error("the report has no row");
            }
            return row;
        },
    };
}

function tampered(http: Http, tamper: Tamper): Http {
    return {
        ...http,
        request: async (request) => {
            const answer = await http.request(request);
            return { ...answer, ...tamper(request.url, answer) };
        },
    };
}

export const callerUrl = (scene: Scene): string => accountUrl(scene.caller);
