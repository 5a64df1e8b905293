import { strict as assert } from "node:assert";
import type { Principal } from "../../../sandbox/cloud";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { openDoors, type Doors } from "./door";

const parent = "projects/demo/locations/europe-west1";
const api = "https://cloudfunctions.googleapis.com";
const google = (service: string) => ({ kind: "google" as const, service, project: "demo" });

describe("the front door of Cloud Functions", () => {
    let cloud: TestCloud;
    let doors: Doors;
    let caller: Principal & { kind: "serviceAccount" };
    const first = "https://europe-west1-demo.cloudfunctions.net/first";
    const second = "https://europe-west1-demo.cloudfunctions.net/Second_Fn";

    before(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
        caller = await cloud.account("caller");
        const runtime = await cloud.account("runtime");
        await cloud.call(owner, "POST", `${api}/v1/${parent}/functions`, {
            name: `${parent}/functions/first`,
            runtime: "nodejs22",
            entryPoint: "answer",
            httpsTrigger: {},
            sourceArchiveUrl: "gs://b/o",
            serviceAccountEmail: runtime.email,
            environmentVariables: { COLOUR: "red" },
        });
        await cloud.call(owner, "POST", `${api}/v2/${parent}/functions?functionId=Second_Fn`, {
            buildConfig: {
                runtime: "nodejs22",
                entryPoint: "answer",
                source: { storageSource: { bucket: "b", object: "o" } },
            },
            serviceConfig: { serviceAccountEmail: runtime.email },
        });
    });
    after(() => {
        doors.close();
        cloud.close();
    });
    beforeEach(() => {
        doors.origin = { kind: "outside" };
        for (const name of [`//cloudfunctions.googleapis.com/${parent}/functions/first`, beneath]) {
            cloud.iam.setPolicy(name, { bindings: [] });
        }
    });
    const beneath = `//run.googleapis.com/${parent}/services/second-fn`;
    const grant = (resource: string, role: string) =>
        cloud.iam.setPolicy(resource, { bindings: [{ role, members: [`serviceAccount:${caller.email}`] }] });
    const grantFirst = (role = "roles/cloudfunctions.invoker") =>
        grant(`//cloudfunctions.googleapis.com/${parent}/functions/first`, role);
    const ingress = (ingressSettings: string) =>
        cloud.call(owner, "PATCH", `${api}/v1/${parent}/functions/first?updateMask=ingressSettings`, {
            ingressSettings,
        });

    it("lets a caller with the invoker's role in to a function of the first generation, which sees the path after its name", async () => {
        grantFirst();
        const { status, decision } = await doors.withToken(`${first}/a/b?c=d`, cloud.tokens.mintIdToken(caller, first));
        assert.equal(status, 200);
        assert.equal(decision.permission, "cloudfunctions.functions.invoke");
        assert.equal(doors.reached?.request.url, "/a/b?c=d");
        const env = doors.reached.service.template?.containers?.[0]?.env;
        assert.deepEqual(env, [
            { name: "COLOUR", value: "red" },
            { name: "FUNCTION_TARGET", value: "answer" },
        ]);
    });

    it("answers 403 to the role of Cloud Run at a function of the first generation, and to none", async () => {
        const token = cloud.tokens.mintIdToken(caller, first);
        const { status, decision } = await doors.withToken(first, token);
        assert.equal(status, 403);
        assert.equal(decision.missing?.role, "roles/cloudfunctions.invoker");
        assert.throws(() => grantFirst("roles/run.invoker"), /not supported for this resource/);
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const { bindings = [], ...policy } = cloud.iam.getPolicy(project);
        const invoker = { role: "roles/run.invoker", members: [`serviceAccount:${caller.email}`] };
        cloud.iam.setPolicy(project, { ...policy, bindings: [...bindings, invoker] });
        assert.equal((await doors.withToken(first, token)).status, 403);
        cloud.iam.setPolicy(project, { bindings });
    });

    it("answers 403 without a token, 401 to one for another function, 404 for one that is not there", async () => {
        grantFirst();
        assert.equal((await doors.knock(first)).status, 403);
        const other = cloud.tokens.mintIdToken(caller, second);
        assert.equal((await doors.withToken(first, other)).status, 401);
        assert.equal((await doors.knock(`${first}2`)).status, 404);
        assert.equal((await doors.knock("https://europe-west1-demo.cloudfunctions.net/")).status, 404);
    });

    it("counts Scheduler as internal to a function of the first generation, and Pub/Sub, Eventarc and the outside not", async () => {
        grantFirst();
        await ingress("ALLOW_INTERNAL_ONLY");
        const token = cloud.tokens.mintIdToken(caller, first);
        for (const [origin, expected] of [
            [google("cloudscheduler"), 200],
            [google("workflows"), 200],
            [google("pubsub"), 404],
            [google("eventarc"), 404],
            [{ ...google("cloudscheduler"), project: "other" }, 404],
            [{ kind: "outside" as const }, 404],
        ] as const) {
            doors.origin = origin;
            assert.equal((await doors.withToken(first, token)).status, expected, JSON.stringify(origin));
        }
        await ingress("ALLOW_ALL");
        assert.equal((await doors.withToken(first, token)).status, 200);
    });

    it("guards a function of the second generation by the service beneath it, at both addresses", async () => {
        const uri = String((await cloud.call(owner, "GET", `https://run.googleapis.com/v2/${beneath.slice(21)}`)).uri);
        const token = cloud.tokens.mintIdToken(caller, second);
        assert.equal((await doors.withToken(second, token)).status, 403);
        grant(beneath, "roles/run.invoker");
        const { status, decision } = await doors.withToken(`${second}/x`, token);
        assert.equal(status, 200);
        assert.equal(decision.permission, "run.routes.invoke");
        assert.equal(doors.reached?.request.url, "/x");
        assert.equal((await doors.withToken(`${uri}/x`, cloud.tokens.mintIdToken(caller, uri))).status, 200);
        assert.equal((await doors.withToken(second, cloud.tokens.mintIdToken(caller, first))).status, 401);
    });
});
