import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FederatedCaller, Ingress, InvokableService } from "../../../index";
import { nodeOptions } from "../../../sandbox/guard";
import { value } from "../../components/support/deploy";
import { certify, type Certified } from "../../support/certificates";
import { certificateFile } from "../../support/federated-files";
import { deployProgram, type DeployedProgram } from "../protocols/deployed";

describe("FederatedCaller with a certificate", function () {
    this.timeout(300_000);
    let deployed: DeployedProgram;
    let folder: string;
    let caller: FederatedCaller;
    let middle: Certified;
    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "x509-"));
        const root = await certify({ subject: "CN=root", ca: true });
        middle = await certify({ subject: "CN=middle", ca: true, issuer: root });
        const program = (): Promise<Record<string, unknown>> => {
            const orders = new InvokableService("orders", {
                ...{ image: "demo/orders:1", location: "europe-west1", ingress: Ingress.All },
            });
            caller = new FederatedCaller("certs", {
                invokes: { orders },
                x509: { trustAnchors: [root.pem], commonName: "shop" },
            });
            return Promise.resolve({});
        };
        deployed = await deployProgram(program, [{ image: "demo/orders:*", handler: join(__dirname, "stock.cjs") }]);
        assert.equal(deployed.result, "succeeded", deployed.said);
    });
    after(async () => {
        await deployed.close();
        rmSync(folder, { recursive: true, force: true });
    });

    const kept = (name: string, content: string | object): string => {
        const file = join(folder, name);
        writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
        return file;
    };

    /**
     * The library makes an agent of its own for mutual TLS, which knows of no proxy, so its connections are led there as those of a
     * workload are.
     */
    async function call({ pem, key }: Certified, chain: Certified[]): Promise<{ status: number; error?: string }> {
        const workload = { cert_path: kept("cert.pem", pem), key_path: kept("key.pem", key) };
        const trustChain = kept("chain.pem", chain.map((each) => each.pem).join("\n"));
        const config = kept("config.json", { cert_configs: { workload } });
        const credentials = kept(
            "credentials.json",
            certificateFile(await value(caller.providerName), config, trustChain),
        );
        const env: NodeJS.ProcessEnv = {
            ...process.env,
            ...(await deployed.world.sandbox.clientEnvironment({ as: "allUsers" })),
            ...(await value(caller.environment)),
            ...{ GOOGLE_APPLICATION_CREDENTIALS: credentials, NODE_OPTIONS: nodeOptions() },
            TARGET_PRINCIPAL: await value(caller.serviceAccountEmail),
        };
        const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, "federated-client.cjs")], {
            env,
        });
        return JSON.parse(stdout) as { status: number; error?: string };
    }

    it("calls by Google's library, with the chain that its trust store lacks", async () => {
        const shop = await certify({ subject: "CN=shop", issuer: middle });
        assert.deepEqual(await call(shop, [shop, middle]), { status: 200 });
        const { status, error = "" } = await call(shop, []);
        assert.equal(status, 0);
        assert.match(error, /not trusted by the provider/);
    });

    it("is refused with a certificate of somebody else, and of another authority", async () => {
        const eve = await certify({ subject: "CN=eve", issuer: middle });
        assert.match((await call(eve, [eve, middle])).error ?? "", /unauthorized_client/);
        const forged = await certify({ subject: "CN=shop", issuer: await certify({ subject: "CN=root", ca: true }) });
        assert.match((await call(forged, [])).error ?? "", /not trusted by the provider/);
    });

    it("is refused without each of its grants", async () => {
        const shop = await certify({ subject: "CN=shop", issuer: middle });
        const grants = deployed.specs.flatMap((spec) =>
            spec.name === "certs" ? spec.probes.flatMap((probe) => (probe.kind === "policy" ? [probe.grant] : [])) : [],
        );
        assert.equal(grants.length, 2);
        for (const grant of grants) {
            await deployed.without(grant, async () => {
                const { status } = await call(shop, [shop, middle]);
                assert.equal(status, grant.role === "roles/run.invoker" ? 403 : 0);
            });
        }
    });
});
