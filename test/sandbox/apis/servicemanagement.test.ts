import assert from "node:assert/strict";
import { startSandboxed, type Sandboxed } from "../../support/sandboxed";

const SERVICES = "https://servicemanagement.googleapis.com/v1/services";
const name = "shop.endpoints.demo.cloud.goog";
const other = "shop.endpoints.elsewhere.cloud.goog";
const reader = "user:reader@example.com";
const controller = "roles/servicemanagement.serviceController";

const document = (host: string): string =>
    Buffer.from(
        JSON.stringify({
            ...{ swagger: "2.0", host, "x-google-backend": { address: "https://b-abc-ew.a.run.app", deadline: 5 } },
            paths: { "/a": { get: { operationId: "a" }, head: { operationId: "b" } } },
        }),
    ).toString("base64");

describe("Service Management", () => {
    let world: Sandboxed;
    before(async () => {
        world = await startSandboxed();
        for (const [serviceName, producerProjectId] of [
            [name, "demo"],
            [other, "elsewhere"],
        ] as const) {
            await world.admin("POST", SERVICES, { serviceName, producerProjectId }).catch(() => undefined);
        }
    });
    after(() => world.close());

    const submit = async (validateOnly = false): Promise<string> => {
        const files = [{ fileContents: document(name), filePath: "openapi.json", fileType: "OPEN_API_YAML" }];
        const { response } = await world.admin("POST", `${SERVICES}/${name}/configs:submit`, {
            ...{ configSource: { files }, validateOnly },
        });
        return (response as { serviceConfig: { id: string } }).serviceConfig.id;
    };
    const rollOut = (body: object) => world.admin("POST", `${SERVICES}/${name}/rollouts`, body);
    const share = (...ids: string[]) => ({
        trafficPercentStrategy: { percentages: Object.fromEntries(ids.map((id) => [id, 100 / ids.length])) },
    });
    const as = async (principal: string, url: string, method = "GET"): Promise<number> =>
        (await world.sandbox.request(method, url, { principal, ...(method === "POST" && { body: {} }) })).status;

    it("keeps every configuration, and serves the one that is rolled out, also one from before", async () => {
        const [first, second] = [await submit(), await submit()];
        assert.notEqual(first, second);
        await assert.rejects(world.admin("GET", `${SERVICES}/${name}/config`), /no rolled out configuration/);
        await rollOut({ ...share(second), rolloutId: "two" });
        await rollOut({ ...share(first), rolloutId: "back" });
        assert.equal((await world.admin("GET", `${SERVICES}/${name}/config`))["id"], first);
        assert.equal((await world.admin("GET", `${SERVICES}/${name}/config?configId=${second}`))["id"], second);
        const { serviceConfigs } = (await world.admin("GET", `${SERVICES}/${name}/configs`)) as {
            serviceConfigs: { id: string }[];
        };
        assert.deepEqual(
            serviceConfigs.map(({ id }) => id),
            [second, first],
        );
        const { rollouts } = (await world.admin(
            "GET",
            `${SERVICES}/${name}/rollouts?filter=strategy=TrafficPercentStrategy`,
        )) as {
            rollouts: { rolloutId: string; createdBy: string; status: string }[];
        };
        assert.deepEqual(
            rollouts.map(({ rolloutId, status }) => [rolloutId, status]),
            [
                ["back", "SUCCESS"],
                ["two", "SUCCESS"],
            ],
        );
        assert.equal((await world.admin("GET", `${SERVICES}/${name}/rollouts/two`))["createdBy"], "owner@example.com");
        const checked = await submit(true);
        await assert.rejects(world.admin("GET", `${SERVICES}/${name}/configs/${checked}`), /has no configuration/);
    });

    it("says of a document which tokens it takes, and where requests go", async () => {
        const id = await submit();
        const config = await world.admin("GET", `${SERVICES}/${name}/configs/${id}`);
        assert.partialDeepStrictEqual(config, {
            http: { rules: [{ get: "/a" }, { custom: { kind: "HEAD", path: "/a" } }] },
            authentication: { providers: [] },
            backend: {
                rules: [
                    { address: "https://b-abc-ew.a.run.app", jwtAudience: "https://b-abc-ew.a.run.app", deadline: 5 },
                ],
            },
        });
        const selectors = ["http", "authentication", "backend", "usage"].map((section) =>
            (config[section] as { rules: { selector: string }[] }).rules.map(({ selector }) => selector),
        );
        assert.deepEqual(new Set(selectors.map(String)).size, 1);
    });

    it("refuses what is no rollout, and names what it does not know", async () => {
        const id = await submit();
        for (const [body, said] of [
            [{ ...share(id), rolloutId: "two" }, /has a rollout two already/],
            [{ ...share(id), rolloutId: "Two words" }, /is no ID of a rollout/],
            [{ ...share(id), serviceName: other }, /the rollout is of/],
            [{ deleteServiceStrategy: {} }, /delete_service_strategy/],
            [{ trafficPercentStrategy: { percentages: { [id]: "100" } } }, /not greater than 0/],
            [share(id, "none"), /no configuration none/],
            [{}, /must add up to 100/],
        ] as [object, RegExp][]) {
            await assert.rejects(rollOut(body), said);
        }
        const rollouts = `${SERVICES}/${name}/rollouts`;
        await assert.rejects(world.admin("GET", `${rollouts}/none`), /has no rollout none/);
        await assert.rejects(world.admin("GET", `${rollouts}?filter=createdBy=me`), /the filter/);
        await assert.rejects(world.admin("GET", `${rollouts}?view=FULL`), /view/);
        await assert.rejects(world.admin("GET", `${SERVICES}/none.example.com`), /404/);
    });

    it("is read by whom the service's own policy or that of its project lets read, and by nobody else", async () => {
        const urls = ["", "/config", "/configs", "/rollouts"].map((end) => `${SERVICES}/${name}${end}`);
        const read = () => Promise.all(urls.map((url) => as(reader, url)));
        assert.deepEqual(await read(), [403, 403, 403, 403]);
        assert.equal(await as(reader, `${SERVICES}/${name}:getIamPolicy`, "POST"), 403);
        const policy = { bindings: [{ role: controller, members: [reader] }] };
        await world.admin("POST", `${SERVICES}/${name}:setIamPolicy`, { policy });
        assert.deepEqual(await read(), [200, 200, 200, 200]);
        assert.equal(await as(reader, `${SERVICES}/${name}/rollouts`, "POST"), 403);
        assert.equal(await as(reader, SERVICES), 403);
        await world.admin("POST", `${SERVICES}/${name}:setIamPolicy`, { policy: { bindings: [] } });
        assert.deepEqual(await read(), [403, 403, 403, 403]);
        const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        await world.grant(project, controller, reader);
        assert.deepEqual(await read(), [200, 200, 200, 200]);
        // A service of another project does not inherit from this one.
        assert.equal(await as(reader, `${SERVICES}/${other}`), 403);
        await world.revoke(project, controller, reader);
    });

    it("lists the services of a project", async () => {
        const { services } = (await world.admin("GET", `${SERVICES}?producerProjectId=demo`)) as { services: object[] };
        assert.deepEqual(services, [{ serviceName: name, producerProjectId: "demo" }]);
        await world.admin("DELETE", `${SERVICES}/${name}`);
        assert.deepEqual(await world.admin("GET", `${SERVICES}?producerProjectId=demo`), { services: [] });
    });
});
