import assert from "node:assert/strict";
import { compilePath } from "../../../../sandbox/apis/framework/paths";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const SERVICES = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const STRANGER = { kind: "user", email: "stranger@example.com" } as const;

interface ErrorBody {
    error: { code: number; status: string; message: string; details?: Record<string, unknown>[] };
}

describe("the REST side of an API", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = testCloud();
        await cloud.account("orders");
    });
    afterEach(() => cloud.close());

    const service = (image = "a/b:1"): unknown => ({
        template: { containers: [{ image }], serviceAccount: "orders@demo.iam.gserviceaccount.com" },
    });
    const send = async (method: string, url: string, body?: unknown, as: typeof owner = owner) => {
        const answer = await cloud.apis.request(method, url, { body, principal: as });
        return { status: answer?.status, body: answer?.body as ErrorBody & Record<string, unknown> };
    };

    it("refuses an unknown field in Google's words, with its place", async () => {
        const { status, body } = await send("POST", `${SERVICES}?serviceId=orders`, {
            template: { containers: [{ image: "a", colour: "red" }] },
        });
        const message = `Invalid JSON payload received. Unknown name "colour" at 'service.template.containers[0]': Cannot find field.`;
        assert.equal(status, 400);
        assert.deepEqual(body.error, {
            code: 400,
            status: "INVALID_ARGUMENT",
            message,
            details: [
                {
                    "@type": "type.googleapis.com/google.rpc.BadRequest",
                    fieldViolations: [{ field: "service.template.containers[0]", description: message }],
                },
            ],
        });
    });

    it("refuses an unknown parameter, and takes the ones that every API has", async () => {
        const unknown = await send("GET", `${SERVICES}?colour=red`);
        assert.equal(unknown.status, 400);
        assert.match(unknown.body.error.message, /Unknown name "colour": Cannot bind query parameter/);
        assert.equal((await send("GET", `${SERVICES}?alt=json&prettyPrint=false&$.xgafv=1&key=x`)).status, 200);
    });

    it("refuses an unknown value of an enum, and takes a known one", async () => {
        const bad = await send("POST", `${SERVICES}?serviceId=orders`, { ...(service() as object), ingress: "OPEN" });
        assert.equal(bad.status, 400);
        assert.match(bad.body.error.message, /Invalid value at 'service.ingress' \(.*IngressTraffic\), "OPEN"/);
        const good = { ...(service() as object), ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" };
        assert.equal((await send("POST", `${SERVICES}?serviceId=orders`, good)).status, 200);
    });

    it("refuses a body that is no JSON object, and one of the wrong type", async () => {
        for (const body of ["{", "[]", "7", '{"template":7}', '{"template":{"containers":{}}}', '{"labels":[]}']) {
            const { status, body: answer } = await send("POST", `${SERVICES}?serviceId=orders`, body);
            assert.deepEqual([body, status, answer.error.status], [body, 400, "INVALID_ARGUMENT"]);
        }
    });

    it("ignores what only the server sets", async () => {
        const sent = { ...(service() as object), uid: "mine", uri: "https://evil.example", generation: "77" };
        await send("POST", `${SERVICES}?serviceId=orders`, sent);
        const { body } = await send("GET", `${SERVICES}/orders`);
        assert.notEqual(body.uid, "mine");
        assert.match(String(body.uri), /^https:\/\/orders-[a-z2-7]{10}-ew\.a\.run\.app$/);
        assert.equal(body.generation, "1");
    });

    it("answers 404, 409 and a missing parameter as Google does", async () => {
        assert.equal((await send("GET", `${SERVICES}/orders`)).body.error.status, "NOT_FOUND");
        assert.equal((await send("POST", `${SERVICES}?serviceId=orders`, service())).status, 200);
        const again = await send("POST", `${SERVICES}?serviceId=orders`, service());
        assert.deepEqual([again.status, again.body.error.status], [409, "ALREADY_EXISTS"]);
        const unnamed = await send("POST", SERVICES, service());
        assert.equal(unnamed.body.error.message, "Required field 'service_id' is not set");
    });

    it("names a method that is not implemented, and a path that nobody knows", async () => {
        const tasks = await send(
            "GET",
            "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/jobs/j/executions/e/tasks",
        );
        assert.equal(tasks.status, 501);
        assert.match(tasks.body.error.message, /google\.cloud\.run\.v2\.Tasks\.ListTasks is not implemented/);
        const nothing = await send("GET", "https://run.googleapis.com/v9/nothing");
        assert.equal(nothing.status, 404);
        assert.match(nothing.body.error.message, /GET https:\/\/run\.googleapis\.com\/v9\/nothing/);
    });

    it("checks the permission before it says whether the resource exists", async () => {
        const stranger = await send("GET", `${SERVICES}/nothing`, undefined, STRANGER);
        assert.equal(stranger.status, 403);
        assert.match(
            stranger.body.error.message,
            /Permission 'run\.services\.get' denied on resource '.*services\/nothing' \(or it may not exist\)/,
        );
        assert.equal((await send("GET", `${SERVICES}/nothing`)).status, 404);
        const [denied, allowed] = cloud.decisions.list().slice(-2);
        assert.deepEqual(
            [denied?.allowed, denied?.principal, allowed?.allowed, allowed?.permission],
            [false, "user:stranger@example.com", true, "run.services.get"],
        );
    });

    it("takes a project's number for its ID", async () => {
        await send("POST", `${SERVICES}?serviceId=orders`, service());
        const byNumber = await send("GET", `${SERVICES.replace("demo", "100000000001")}/orders`);
        assert.equal(byNumber.body.name, "projects/demo/locations/europe-west1/services/orders");
    });

    it("gives the fields that are asked for", async () => {
        await send("POST", `${SERVICES}?serviceId=orders`, service());
        const some = await send("GET", `${SERVICES}?fields=services(name,template/containers/image),nextPageToken`);
        assert.deepEqual(some.body, {
            services: [
                {
                    name: "projects/demo/locations/europe-west1/services/orders",
                    template: { containers: [{ image: "a/b:1" }] },
                },
            ],
        });
    });

    it("lists in pages that meet without a gap", async () => {
        for (const id of ["a1", "b2", "c3", "d4", "e5"]) {
            await send("POST", `${SERVICES}?serviceId=${id}`, service());
        }
        const seen: string[] = [];
        let token = "";
        do {
            const { body } = await send("GET", `${SERVICES}?pageSize=2&pageToken=${token}`);
            seen.push(...(body.services as { name: string }[]).map(({ name }) => name.slice(-2)));
            token = (body.nextPageToken as string | undefined) ?? "";
        } while (token !== "");
        assert.deepEqual(seen, ["a1", "b2", "c3", "d4", "e5"]);
        assert.equal((await send("GET", `${SERVICES}?pageToken=nonsense`)).status, 400);
    });
});

describe("a path template", () => {
    it("takes names apart, of one segment and of many", () => {
        const template = compilePath("/v2/{service.name=projects/*/locations/*/services/*}");
        assert.deepEqual(template.match("/v2/projects/p/locations/l/services/s"), {
            "service.name": "projects/p/locations/l/services/s",
        });
        assert.equal(template.match("/v2/projects/p/locations/l/services/s/more"), undefined);
        assert.deepEqual(compilePath("/b/{bucket}/o/{object=**}").match("/b/one/o/a/b%2Fc:d"), {
            bucket: "one",
            object: "a/b/c:d",
        });
    });

    it("tells a custom verb from a name", () => {
        assert.equal(compilePath("/v1/{name=jobs/*}").match("/v1/jobs/a:run"), undefined);
        assert.deepEqual(compilePath("/v1/{name=jobs/*}:run").match("/v1/jobs/a:run"), { name: "jobs/a" });
        assert.equal(compilePath("/v1/{name=jobs/*}:run").match("/v1/jobs/a"), undefined);
    });
});
