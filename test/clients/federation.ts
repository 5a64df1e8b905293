import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FederatedCaller, Ingress, InvokableService } from "../../index";
import { value } from "../components/support/deploy";
import { deployProgram, type DeployedProgram } from "../e2e/protocols/deployed";
import { certify, type Certified } from "../support/certificates";
import { awsFile, certificateFile } from "../support/federated-files";

/** How something ended that was tried: with a problem, or as it must. */
export interface Tried {
    name: string;
    problem?: string;
}

/** A way to prove who calls: whoever the component lets in, and others. */
interface Way {
    name: string;
    caller: FederatedCaller;
    right: NodeJS.ProcessEnv;
    wrong: Record<string, NodeJS.ProcessEnv>;
}

const accountId = "123456789012";
const arnOf = (role: string, account = accountId): string => `arn:aws:sts::${account}:assumed-role/${role}/i-0abc`;

/**
 * Calls a service from AWS and with a certificate by a program in another language, which the components let in, and is refused
 * as somebody else and without each grant.
 * @param command the program, which reads the file of credentials and prints `{"status": …, "error": …}`
 */
export async function tryFederation([program = "", ...args]: string[], own: NodeJS.ProcessEnv): Promise<Tried[]> {
    const folder = mkdtempSync(join(tmpdir(), "federation-"));
    const root = await certify({ subject: "CN=root", ca: true });
    const callers: { aws?: FederatedCaller; certs?: FederatedCaller } = {};
    const stack = (): Promise<Record<string, unknown>> => {
        const image = { image: "demo/orders:1", location: "europe-west1" };
        const invokes = { orders: new InvokableService("orders", { ...image, ingress: Ingress.All }) };
        callers.aws = new FederatedCaller("aws", { invokes, aws: { accountId, role: "shop" } });
        const x509 = { trustAnchors: [root.pem], commonName: "shop" };
        callers.certs = new FederatedCaller("certs", { invokes, x509 });
        return Promise.resolve({});
    };
    const handler = join(__dirname, "../e2e/contexts/stock.cjs");
    const deployed = await deployProgram(stack, [{ image: "demo/orders:*", handler }]);
    try {
        assert.equal(deployed.result, "succeeded", deployed.said);
        assert.ok(callers.aws && callers.certs);
        const ways = [
            ...(await awsWays(deployed, callers.aws, folder)),
            await certificateWay(deployed, callers.certs, root, folder),
        ];
        const tried: Tried[] = [];
        for (const way of ways) {
            tried.push(...(await tryWay(deployed, way, call)));
        }
        return tried;
    } finally {
        await deployed.close();
        rmSync(folder, { recursive: true, force: true });
    }

    async function call(way: Way, who: NodeJS.ProcessEnv): Promise<string> {
        const env = {
            ...{ ...process.env, NODE_OPTIONS: "" },
            ...who,
            ...(await value(way.caller.environment)),
            ...{ TARGET_PRINCIPAL: await value(way.caller.serviceAccountEmail), ...own },
        };
        const { stdout } = await promisify(execFile)(program, args, { env, timeout: 60_000 });
        const { status, error = "" } = JSON.parse(stdout) as { status: number; error?: string };
        return `${status} ${error}`.trim();
    }
}

async function awsWays({ world }: DeployedProgram, caller: FederatedCaller, folder: string): Promise<Way[]> {
    const provider = await value(caller.providerName);
    const ways: Way[] = [];
    for (const [name, version] of [
        ["AWS by variables", undefined],
        ["AWS by its metadata service", 1],
        ["AWS by its metadata service with a session", 2],
    ] as const) {
        const file = join(folder, `aws-${version ?? 0}.json`);
        writeFileSync(file, JSON.stringify(awsFile(provider, version)));
        const as = async (arn: string): Promise<NodeJS.ProcessEnv> => ({
            ...(await world.sandbox.clientEnvironment({ as: arn })),
            GOOGLE_APPLICATION_CREDENTIALS: file,
            ...(version !== undefined && { AWS_ACCESS_KEY_ID: undefined, AWS_REGION: undefined }),
        });
        const wrong = {
            "as another role": await as(arnOf("eve")),
            "in another account": await as(arnOf("shop", "999999999999")),
        };
        ways.push({ name, caller, right: await as(arnOf("shop")), wrong });
    }
    return ways;
}

async function certificateWay(
    { world }: DeployedProgram,
    caller: FederatedCaller,
    root: Certified,
    folder: string,
): Promise<Way> {
    const provider = await value(caller.providerName);
    const forger = await certify({ subject: "CN=root", ca: true });
    const as = async (name: string, commonName: string, issuer: Certified): Promise<NodeJS.ProcessEnv> => {
        const kept = (suffix: string, content: string): string => {
            const file = join(folder, `${name}-${suffix}`);
            writeFileSync(file, content);
            return file;
        };
        const own = await certify({ subject: `CN=${commonName}`, issuer });
        const workload = { cert_path: kept("cert.pem", own.pem), key_path: kept("key.pem", own.key) };
        const config = kept("config.json", JSON.stringify({ cert_configs: { workload } }));
        const file = certificateFile(provider, config, kept("chain.pem", `${own.pem}\n`));
        return {
            ...(await world.sandbox.clientEnvironment({ as: "allUsers" })),
            GOOGLE_APPLICATION_CREDENTIALS: kept("credentials.json", JSON.stringify(file)),
        };
    };
    return {
        ...{ name: "a certificate", caller, right: await as("shop", "shop", root) },
        wrong: {
            "as somebody else": await as("eve", "eve", root),
            "with one of another authority": await as("forged", "shop", forger),
        },
    };
}

async function tryWay(
    deployed: DeployedProgram,
    way: Way,
    call: (way: Way, who: NodeJS.ProcessEnv) => Promise<string>,
): Promise<Tried[]> {
    const tried: Tried[] = [];
    const expect = async (what: string, wanted: RegExp, who: NodeJS.ProcessEnv): Promise<void> => {
        const got = await call(way, who).catch((error: unknown) => String(error));
        const problem = wanted.test(got) ? {} : { problem: `expected ${wanted.source}, got ${got}` };
        tried.push({ name: `${way.name}: ${what}`, ...problem });
    };
    await expect("gets in", /^200$/, way.right);
    for (const [what, who] of Object.entries(way.wrong)) {
        await expect(`is refused ${what}`, /^0 .*(unauthorized_client|not trusted by the provider)/, who);
    }
    const email = await value(way.caller.serviceAccountEmail);
    const grants = deployed.specs.flatMap(({ probes }) =>
        probes.flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : [])),
    );
    const own = grants.filter(({ resource, member }) => resource.includes(email) || member.endsWith(`:${email}`));
    assert.equal(own.length, 2);
    for (const grant of own) {
        await deployed.without(grant, () => {
            const isInvoker = grant.role === "roles/run.invoker";
            return expect(
                `is refused without ${grant.role}`,
                isInvoker ? /^403$/ : /^0 .*iam\.serviceAccounts/,
                way.right,
            );
        });
    }
    return tried;
}
