import type { Principal } from "../../../sandbox/cloud";
import { createCloud, type OwnedCloud } from "../../../sandbox/create";

export const owner: Principal = { kind: "user", email: "owner@example.com" };

export interface TestCloud extends OwnedCloud {
    /** Calls an API in process; answers the body, and throws where the status is not 200. */
    call(as: Principal, method: string, url: string, body?: unknown): Promise<Record<string, unknown>>;
    status(as: Principal, method: string, url: string, body?: unknown): Promise<number>;
    /** Makes a service account by the API, as the owner. */
    account(id: string): Promise<Principal & { kind: "serviceAccount" }>;
}

/** A cloud without a network; with a file, its state is there when it is closed. */
export function testCloud(stateFile?: string): TestCloud {
    const settings = { project: "demo", projectNumber: "100000000001", owner: "user:owner@example.com" };
    const cloud = createCloud({ ...settings, ...(stateFile !== undefined && { stateFile }) });
    const request = async (as: Principal, method: string, url: string, body?: unknown) => {
        const answer = await cloud.apis.request(method, url, { principal: as, body });
        if (!answer) {
            throw new Error(`no API serves ${url}`);
        }
        return answer;
    };
    const call: TestCloud["call"] = async (as, method, url, body) => {
        const answer = await request(as, method, url, body);
        if (answer.status !== 200) {
            throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    };
    return Object.assign(cloud, {
        call,
        status: async (as: Principal, method: string, url: string, body?: unknown) =>
            (await request(as, method, url, body)).status,
        async account(id: string) {
            const url = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
            const { email, uniqueId } = await call(owner, "POST", url, { accountId: id });
            return { kind: "serviceAccount" as const, email: String(email), uniqueId: String(uniqueId) };
        },
    });
}
