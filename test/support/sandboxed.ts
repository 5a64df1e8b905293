import { readFileSync } from "node:fs";
import { createHttp, type Http } from "../../credentials";
import { Sandbox, type SandboxOptions } from "../../sandbox";

/** A sandbox, and what a program of this package needs to reach it from the same process. */
export interface Sandboxed {
    sandbox: Sandbox;
    env: NodeJS.ProcessEnv;
    http: Http;
    /** An admin call that must succeed. */
    admin(method: string, url: string, body?: unknown): Promise<Record<string, unknown>>;
    /** Adds a binding to the policy of a resource, named by its REST URL. */
    grant(resource: string, role: string, member: string): Promise<void>;
    /** Takes it away again. */
    revoke(resource: string, role: string, member: string): Promise<void>;
    /** Makes a service account and returns its email. */
    account(accountId: string): Promise<string>;
    close(): Promise<void>;
}

interface Policy {
    bindings?: { role: string; members: string[] }[];
}

export async function startSandboxed(options: SandboxOptions = {}): Promise<Sandboxed> {
    const sandbox = await Sandbox.start(options);
    const env = sandbox.environment();
    const http = createHttp({ env, ca: readFileSync(env["NODE_EXTRA_CA_CERTS"] ?? "", "utf8") });
    const admin = async (method: string, url: string, body?: unknown) => {
        const answer = await sandbox.request(method, url, body === undefined ? {} : { body });
        if (answer.status !== 200) {
            throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
        return answer.body as Record<string, unknown>;
    };
    const change = async (resource: string, edit: (policy: Policy) => Policy["bindings"]) => {
        const inBody = /\/\/(cloudresourcemanager|iap|cloudtasks|servicedirectory)\./.test(resource);
        const method = inBody || resource.includes("//iam.") ? "POST" : "GET";
        const asked = { requestedPolicyVersion: 3 };
        const policy = (await (inBody
            ? admin(method, `${resource}:getIamPolicy`, { options: asked })
            : admin(method, `${resource}:getIamPolicy?options.requestedPolicyVersion=3`))) as Policy;
        await admin("POST", `${resource}:setIamPolicy`, { policy: { ...policy, version: 3, bindings: edit(policy) } });
    };
    return {
        sandbox,
        env,
        http,
        admin,
        grant: (resource, role, member) =>
            change(resource, ({ bindings = [] }) => [...bindings, { role, members: [member] }]),
        revoke: (resource, role, member) =>
            change(resource, ({ bindings = [] }) =>
                bindings.map((binding) =>
                    binding.role === role
                        ? { ...binding, members: binding.members.filter((name) => name !== member) }
                        : binding,
                ),
            ),
        async account(accountId) {
            const url = `https://iam.googleapis.com/v1/projects/${sandbox.project}/serviceAccounts`;
            return (await admin("POST", url, { accountId, serviceAccount: {} }))["email"] as string;
        },
        async close() {
            await http.close();
            await sandbox.close();
        },
    };
}

/** The REST URL of a service account. */
export const accountUrl = (email: string): string =>
    `https://iam.googleapis.com/v1/projects/${email.split(/[@.]/)[1] ?? ""}/serviceAccounts/${email}`;
