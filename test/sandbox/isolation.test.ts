import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { Sandbox } from "../../sandbox";

const COUNT = 10;
const HOUR = 3_600_000;

describe("ten sandboxes at once", () => {
    let all: Sandbox[];
    before(async () => {
        all = await Promise.all(Array.from({ length: COUNT }, (_, at) => Sandbox.start({ project: `project-${at}` })));
    });
    after(() => Promise.all(all.map((sandbox) => sandbox.close())));

    it("have ports, folders, root certificates and tokens of their own", () => {
        const distinct = (values: unknown[]): number => new Set(values).size;
        assert.equal(distinct(all.map(({ network }) => network.url)), COUNT);
        assert.equal(distinct(all.map(({ folder }) => folder)), COUNT);
        assert.equal(distinct(all.map(({ network }) => network.caPem)), COUNT);
        const [one, other] = all as [Sandbox, Sandbox];
        const token = one.environment().GOOGLE_OAUTH_ACCESS_TOKEN ?? "";
        assert.equal(one.cloud.tokens.verifyAccessToken(token).ok, true);
        assert.equal(other.cloud.tokens.verifyAccessToken(token).ok, false);
    });

    it("hold resources of their own project, made at the same time", async () => {
        const accounts = (project: string): string =>
            `https://iam.googleapis.com/v1/projects/${project}/serviceAccounts`;
        const made = await Promise.all(
            all.map((sandbox) => sandbox.request("POST", accounts(sandbox.project), { body: { accountId: "caller" } })),
        );
        assert.deepEqual(
            made.map(({ status, body }) => [status, (body as { email: string }).email]),
            all.map(({ project }) => [200, `caller@${project}.iam.gserviceaccount.com`]),
        );
        for (const sandbox of all) {
            const { body } = await sandbox.request("GET", accounts(sandbox.project));
            const emails = (body as { accounts: { email: string }[] }).accounts.map(({ email }) => email);
            assert.ok(emails.includes(`caller@${sandbox.project}.iam.gserviceaccount.com`));
            assert.equal(emails.filter((email) => email.startsWith("caller@")).length, 1);
        }
        const [one] = all as [Sandbox];
        const foreign = await one.request("GET", accounts("project-1"));
        assert.ok(!JSON.stringify(foreign.body).includes("caller@"));
    });

    it("have clocks of their own", () => {
        all.forEach((sandbox, at) => sandbox.cloud.clock.advance(at * HOUR));
        const [first] = all as [Sandbox];
        const offsets = all.map(({ cloud }) => Math.round((cloud.clock.now() - first.cloud.clock.now()) / HOUR));
        assert.deepEqual(
            offsets,
            all.map((_, at) => at),
        );
    });

    it("have faults and decisions of their own", () => {
        const [faulty, ...others] = all as [Sandbox, ...Sandbox[]];
        faulty.faults.add({ host: "run.googleapis.com", status: 503 });
        assert.equal(faulty.faults.list().length, 1);
        for (const { faults } of others) {
            assert.deepEqual(faults.list(), []);
        }
        // The first one was asked for the project of another above.
        for (const sandbox of others) {
            const foreign = sandbox.decisions().filter(({ resource }) => !resource.includes(sandbox.project));
            assert.deepEqual(foreign, []);
            assert.ok(sandbox.decisions().length > 0);
        }
    });

    it("run the same suite at the same time, each with its own clock and faults", async () => {
        const outcomes = await Promise.all(all.map((sandbox, at) => suite(sandbox, at)));
        assert.deepEqual(
            outcomes,
            all.map((_, at) => ({
                project: `project-${at}`,
                denied: 403,
                allowed: 200,
                // Tokens live an hour: every second sandbox has moved its clock by two.
                later: at % 2 === 0 ? 200 : 401,
                // Every third has a fault.
                faulty: at % 3 === 0 ? 418 : at % 2 === 0 ? 200 : 401,
            })),
        );
    });

    /** Deploys a service and calls it: without a grant, with it, after a while, and when something is wrong with it. */
    async function suite(sandbox: Sandbox, at: number): Promise<Record<string, unknown>> {
        const { project, cloud, faults, network } = sandbox;
        const call = async (method: string, url: string, body?: object): Promise<Record<string, string>> => {
            const answer = await sandbox.request(method, url, { body });
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
            return answer.body as Record<string, string>;
        };
        faults.clear();
        const services = `https://run.googleapis.com/v2/projects/${project}/locations/europe-west1/services`;
        const template = { containers: [{ image: "a/b:1" }] };
        await call("POST", `${services}?serviceId=orders`, { template });
        const { uri = "" } = await call("GET", `${services}/orders`);
        const accounts = `https://iam.googleapis.com/v1/projects/${project}/serviceAccounts`;
        const { email = "", uniqueId = "" } = await call("POST", accounts, { accountId: "knocker" });
        const token = cloud.tokens.mintIdToken({ email, uniqueId }, uri);
        const knock = (): Promise<number> => statusOf(network.url, uri.replace("https:", "http:"), token);
        const denied = await knock();
        const bindings = [{ role: "roles/run.invoker", members: [`serviceAccount:${email}`] }];
        await call("POST", `${services}/orders:setIamPolicy`, { policy: { bindings } });
        const allowed = await knock();
        if (at % 2 === 1) {
            cloud.clock.advance(2 * HOUR);
        }
        const later = await knock();
        if (at % 3 === 0) {
            faults.add({ host: "*.run.app", status: 418 });
        }
        const faulty = await knock();
        const { name = "" } = await call("GET", `${services}/orders`);
        return { project: name.split("/")[1], denied, allowed, later, faulty };
    }

    function statusOf(proxy: string, url: string, token: string): Promise<number> {
        const { port } = new URL(proxy);
        const headers = { host: new URL(url).host, authorization: `Bearer ${token}` };
        return new Promise((resolve, reject) => {
            request({ host: "127.0.0.1", port, path: url, headers, agent: false }, (answer) => {
                answer.resume();
                resolve(answer.statusCode ?? 0);
            })
                .on("error", reject)
                .end();
        });
    }

    it("leave no folder behind when they end, and let the others be", async () => {
        const last = all.pop() as Sandbox;
        await last.close();
        assert.equal(existsSync(last.folder), false);
        for (const { folder } of all) {
            assert.equal(existsSync(folder), true);
        }
    });
});
