import type { Cloud, Principal } from "../../../sandbox/cloud";
import { createApis } from "../../../sandbox/apis/framework";
import { registerIdentityApis } from "../../../sandbox/apis/identity";
import { createClock, type SandboxClock } from "../../../sandbox/clock";
import { createDecisions } from "../../../sandbox/decisions";
import { createIam } from "../../../sandbox/iam";
import { createHosts } from "../../../sandbox/net";
import { createStore } from "../../../sandbox/store";
import { createTokens } from "../../../sandbox/tokens";

export const owner: Principal = { kind: "user", email: "owner@example.com" };

export interface TestCloud extends Cloud {
    clock: SandboxClock;
    /** Calls an API in process; answers the body, and throws where the status is not 200. */
    call(as: Principal, method: string, url: string, body?: unknown): Promise<Record<string, unknown>>;
    status(as: Principal, method: string, url: string, body?: unknown): Promise<number>;
    /** Makes a service account by the API, as the owner. */
    account(id: string): Promise<Principal & { kind: "serviceAccount" }>;
}

/** The parts of a cloud that know identities, without a network. */
export function testCloud(): TestCloud {
    const settings = {
        project: "demo",
        projectNumber: "100000000001",
        owner: "user:owner@example.com",
        declaredHosts: [],
    };
    const clock = createClock();
    const store = createStore();
    const decisions = createDecisions({ clock });
    const request = async (as: Principal, method: string, url: string, body?: unknown) => {
        const answer = await cloud.apis.request(method, url, { principal: as, body });
        if (!answer) throw new Error(`no API serves ${url}`);
        return answer;
    };
    const cloud: TestCloud = {
        settings,
        clock,
        store,
        decisions,
        iam: createIam({ clock, store, decisions, settings }),
        tokens: createTokens({ clock, store, settings }),
        hosts: createHosts(),
        apis: createApis(() => cloud),
        async call(as, method, url, body) {
            const answer = await request(as, method, url, body);
            if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
            return answer.body as Record<string, unknown>;
        },
        status: async (as, method, url, body) => (await request(as, method, url, body)).status,
        async account(id) {
            const url = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
            const { email, uniqueId } = await cloud.call(owner, "POST", url, { accountId: id });
            return { kind: "serviceAccount", email: String(email), uniqueId: String(uniqueId) };
        },
    };
    registerIdentityApis(cloud);
    return cloud;
}
