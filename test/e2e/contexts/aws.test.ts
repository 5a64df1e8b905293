import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FederatedCaller, Ingress, InvokableService } from "../../../index";
import { value } from "../../components/support/deploy";
import { awsFile } from "../../support/federated-files";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

const accountId = "123456789012";
const as = (role: string, account = accountId): string => `arn:aws:sts::${account}:assumed-role/${role}/i-0abc`;
let caller: FederatedCaller;

function program(): Promise<Record<string, unknown>> {
    const orders = new InvokableService("orders", {
        ...{ image: "demo/orders:1", location: "europe-west1", ingress: Ingress.All },
    });
    caller = new FederatedCaller("aws", { invokes: { orders }, aws: { accountId, role: "shop" } });
    return Promise.resolve({});
}

describe("FederatedCaller on AWS", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    let folder: string;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "aws-"));
        deployed = await deployProgram(program, [{ image: "demo/orders:*", handler: join(__dirname, "stock.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(async () => {
        await deployed.close();
        rmSync(folder, { recursive: true, force: true });
    });

    interface Called {
        status: number;
        error?: string;
    }

    /** @param version of the metadata service, from which the credentials come unless they are variables */
    async function call(arn: string, version?: 1 | 2): Promise<Called> {
        const file = join(folder, "credentials.json");
        writeFileSync(file, JSON.stringify(awsFile(await value(caller.providerName), version)));
        const env: NodeJS.ProcessEnv = {
            ...{ ...process.env, NODE_OPTIONS: "" },
            ...(await deployed.world.sandbox.clientEnvironment({ as: arn })),
            ...(await value(caller.environment)),
            ...{ GOOGLE_APPLICATION_CREDENTIALS: file, TARGET_PRINCIPAL: await value(caller.serviceAccountEmail) },
            ...(version !== undefined && { AWS_ACCESS_KEY_ID: undefined, AWS_REGION: undefined }),
        };
        const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, "federated-client.cjs")], {
            env,
        });
        return JSON.parse(stdout) as Called;
    }

    it("calls with the credentials that a function has, and with those of either metadata service", async () => {
        for (const version of [undefined, 1, 2] as const) {
            assert.deepEqual(await call(as("shop"), version), { status: 200 });
        }
    });

    it("is refused as another role, in another account, and as a user", async () => {
        for (const arn of [as("eve"), as("shop", "999999999999"), `arn:aws:iam::${accountId}:user/shop`]) {
            const { status, error = "" } = await call(arn);
            assert.equal(status, 0);
            assert.match(error, /unauthorized_client/, arn);
        }
    });

    it("is refused without each of its grants", async () => {
        const grants = deployed.specs.flatMap((spec) =>
            spec.name === "aws" ? spec.probes.flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : [])) : [],
        );
        assert.equal(grants.length, 2);
        for (const grant of grants) {
            await deployed.without(grant, async () => {
                const { status } = await call(as("shop"));
                assert.equal(status, grant.role === "roles/run.invoker" ? 403 : 0);
            });
        }
    });
});
