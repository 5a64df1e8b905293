import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Sandbox } from "../../../sandbox";
import { createClock } from "../../../sandbox/clock";
import { createHosts } from "../../../sandbox/net";
import { createFaults, type Fault } from "../../../sandbox/control/faults";
import { mintAs } from "../../../sandbox/senders/mint";

const HOST = "run.googleapis.com";

describe("a fault of minting", () => {
    it("keeps a service account's tokens from its metadata server and from who impersonates it, and no other's", async () => {
        await using sandbox = await Sandbox.start();
        const call = async (method: string, url: string, body: object): Promise<number> =>
            (await sandbox.request(method, url, { body })).status;
        const accounts = `https://iam.googleapis.com/v1/projects/${sandbox.project}/serviceAccounts`;
        const email = (id: string): string => `${id}@${sandbox.project}.iam.gserviceaccount.com`;
        const owner = sandbox.cloud.settings.owner;
        const bindings = [{ role: "roles/iam.serviceAccountTokenCreator", members: [owner] }];
        for (const id of ["struck", "spared"]) {
            assert.equal(await call("POST", accounts, { accountId: id }), 200);
            await call("POST", `${accounts}/${email(id)}:setIamPolicy`, { policy: { bindings } });
        }
        const impersonate = (id: string): Promise<number> =>
            call(
                "POST",
                `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email(id)}:generateIdToken`,
                {
                    audience: "https://a.example",
                },
            );
        const metadata = async (id: string): Promise<number> => {
            const { GCE_METADATA_HOST: host = "" } = await sandbox.clientEnvironment({
                as: `serviceAccount:${email(id)}`,
            });
            const url = `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`;
            return (await fetch(url, { headers: { "metadata-flavor": "Google" } })).status;
        };
        const { id } = sandbox.faults.add({ host: email("struck"), minting: true });
        assert.deepEqual([await impersonate("struck"), await metadata("struck")], [503, 503]);
        assert.deepEqual([await impersonate("spared"), await metadata("spared")], [200, 200]);
        assert.equal(sandbox.faults.list()[0]?.struck, 2);
        sandbox.faults.clear(id);
        assert.deepEqual([await impersonate("struck"), await metadata("struck")], [200, 200]);
    });

    it("keeps them from Google's senders", async () => {
        await using sandbox = await Sandbox.start();
        const accounts = `https://iam.googleapis.com/v1/projects/${sandbox.project}/serviceAccounts`;
        await sandbox.request("POST", accounts, { body: { accountId: "sender" } });
        const account = `sender@${sandbox.project}.iam.gserviceaccount.com`;
        const credential = { kind: "id" as const, audience: "https://a.example" };
        const mint = (): string => mintAs(sandbox.cloud, sandbox.project, "gcp-sa-cloudtasks", account, credential);
        sandbox.faults.add({ host: "*", minting: true, forMilliseconds: 60_000 });
        assert.throws(mint, /a fault of the sandbox refuses tokens of sender@/);
        sandbox.cloud.clock.advance(60_001);
        assert.doesNotThrow(() => {
            try {
                mint();
            } catch (error) {
                // Whether the agent may is another matter.
                if (/fault/.test(String(error))) {
                    throw error;
                }
            }
        });
        assert.throws(() => sandbox.faults.add({ host: "run.googleapis.com", minting: true }), /is no service account/);
    });
});

describe("the sandbox's faults", () => {
    const clock = createClock();
    after(() => clock.close());

    /** What a client sees of a host whose handler answers 200. */
    async function ask(faults: ReturnType<typeof createFaults>, host = HOST): Promise<number | "dropped"> {
        const server = createServer((request, response) => {
            const hosts = createHosts();
            hosts.serve(host, (_, answer) => void answer.end("fine"));
            faults.before(hosts).find(host)?.(request, response, { kind: "outside" });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        try {
            const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
            await answer.text();
            return answer.status;
        } catch {
            return "dropped";
        } finally {
            server.closeAllConnections();
            server.close();
        }
    }

    it("answer with a status in the receiver's place, and count it", async () => {
        const faults = createFaults({ clock });
        assert.equal(await ask(faults), 200);
        faults.add({ host: HOST, status: 503 });
        assert.equal(await ask(faults), 503);
        assert.equal(faults.list()[0]?.struck, 1);
    });

    it("strike the host that they name and no other", async () => {
        const faults = createFaults({ clock });
        faults.add({ host: "*.run.app", status: 500 });
        assert.equal(await ask(faults, "orders-x.a.run.app"), 500);
        assert.equal(await ask(faults, HOST), 200);
    });

    it("are for hosts that are served, in whatever case they are written", async () => {
        const faults = createFaults({ clock });
        assert.equal(await ask(faults), 200);
        assert.throws(() => faults.add({ host: "elsewhere.example", drop: true }), /does not serve elsewhere\.example/);
        faults.add({ host: HOST.toUpperCase(), status: 503 });
        assert.equal(await ask(faults), 503);
    });

    it("drop connections", async () => {
        const faults = createFaults({ clock });
        faults.add({ host: "*", drop: true });
        assert.equal(await ask(faults), "dropped");
    });

    it("strike at the rate given", async () => {
        const chances = [0.1, 0.3];
        const faults = createFaults({ clock, random: () => chances.shift() ?? 1 });
        faults.add({ host: HOST, status: 503, rate: 0.2 });
        assert.equal(await ask(faults), 503);
        assert.equal(await ask(faults), 200);
    });

    it("end when their time is over, by the sandbox's clock", async () => {
        const faults = createFaults({ clock });
        faults.add({ host: HOST, status: 503, forMilliseconds: 60_000 });
        clock.advance(59_000);
        assert.equal(await ask(faults), 503);
        clock.advance(2_000);
        assert.equal(await ask(faults), 200);
        assert.deepEqual(faults.list(), []);
    });

    it("hold a request back by the sandbox's clock, then let it pass", async () => {
        const faults = createFaults({ clock });
        faults.add({ host: HOST, latencyMilliseconds: 3_600_000 });
        const answer = ask(faults);
        while (faults.list()[0]?.struck === 0) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        clock.advance(3_600_000);
        assert.equal(await answer, 200);
    });

    it("are cleared by number or all at once", () => {
        const faults = createFaults({ clock });
        const { id } = faults.add({ host: HOST, status: 503 });
        faults.add({ host: HOST, drop: true });
        faults.add({ host: "*", status: 429 });
        assert.equal(faults.clear(id), 1);
        assert.throws(() => faults.clear(id), new RegExp(`no fault ${id}, .*; set are ${id + 1}, ${id + 2}$`));
        assert.equal(faults.clear(), 2);
    });

    const nonsense: [Fault, RegExp][] = [
        [{ host: HOST }, /does nothing; give status, latency, drop or minting/],
        [{ host: HOST, status: 200 }, /status is 200; it must be a whole number from 400 to 599/],
        [{ host: HOST, status: 503, rate: 2 }, /rate is 2; it must be a number above 0 and at most 1/],
        [{ host: "", status: 503 }, /host is ""; it must be a host/],
        [
            { host: HOST, latencyMilliseconds: -1 },
            /latencyMilliseconds is -1; it must be a number of milliseconds above 0/,
        ],
        [{ host: HOST, status: 503, forMilliseconds: 0 }, /forMilliseconds is 0; it must be/],
    ];
    for (const [fault, message] of nonsense) {
        it(`refuse ${JSON.stringify(fault)}`, () => {
            assert.throws(() => createFaults({ clock }).add(fault), message);
        });
    }
});
