import { strict as assert } from "node:assert";
import fc from "fast-check";
import { takesAudience } from "../../../sandbox/ingress/audience";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { type Doors, openDoors } from "./door";

const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

describe("the audiences that a front door takes", () => {
    const url = "https://orders-abcdefghij-ew.a.run.app";
    const other = "https://orders-100000000001.europe-west1.run.app";
    const audiences = { urls: [url, other], custom: ["orders", "https://orders.example.com"] };
    const takes = (audience: unknown): boolean => takesAudience(audiences, audience);
    const segment = fc.string({ unit: fc.constantFrom(..."abcXYZ019-._~%2F@:".split("")), maxLength: 8 });
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
    const own = fc.constantFrom(url, other);

    it("are its URLs, with any path, and custom ones as they are", () => {
        for (const audience of [url, other, `${url}/`, ...audiences.custom]) {
            assert.equal(takes(audience), true, audience);
        }
        fc.assert(fc.property(own, path, (base, rest) => takes(base + rest)));
    });

    it("are no URL of another scheme, port, user or host, in any spelling", () => {
        const host = url.slice("https://".length);
        const wrong = [
            ...[
                "http://",
                "HTTPS://",
                "https:/",
                "https:",
                "//",
                "",
                "https://user@",
                "https://user:pw@",
                " https://",
            ].map((begin) => begin + host),
            ...[
                ":443",
                ":8443",
                ".",
                ".evil.example",
                "@evil.example",
                "\\@evil.example",
                "%2e",
                "x",
                "#",
                "?",
                " ",
            ].map((end) => url + end),
            ...[host.toUpperCase(), host.replace(".a.", ".%61."), host.replace("orders", "stock"), `x${host}`].map(
                (spelling) => `https://${spelling}`,
            ),
            "https://orders.a.run.app",
            "https://run.app",
            "https://orders.example.com/",
            "orders/",
            "",
        ];
        const end = fc.oneof(fc.constant(""), path);
        fc.assert(
            fc.property(
                fc.constantFrom(...wrong),
                end,
                (base, rest) => base.length + rest.length === 0 || !takes(base + rest),
            ),
        );
        for (const audience of wrong) {
            assert.equal(takes(audience), false, audience);
        }
    });

    it("have no query, fragment or space, and are one text", () => {
        const bad = fc.constantFrom("?", "#", "?mode=full", "#top", " ", "\\", "\n", "\0");
        fc.assert(
            fc.property(own, path, bad, fc.oneof(fc.constant(""), path), (base, a, no, b) => !takes(base + a + no + b)),
        );
        for (const audience of [[url], undefined, null, 7, { url }]) {
            assert.equal(takes(audience), false);
        }
    });
});

describe("an audience with a path", () => {
    let cloud: TestCloud;
    let doors: Doors;

    beforeEach(async () => {
        cloud = testCloud();
        doors = await openDoors(cloud);
    });
    afterEach(() => {
        doors.close();
        cloud.close();
    });

    it("gets in to the service that it names, and to no other", async () => {
        const account = await cloud.account("caller");
        const urls: string[] = [];
        for (const id of ["orders", "orders-x"]) {
            const template = { containers: [{ image: "example/orders:1" }] };
            await cloud.call(owner, "POST", `${services}?serviceId=${id}`, { template });
            urls.push(String((await cloud.call(owner, "GET", `${services}/${id}`)).uri));
            cloud.iam.setPolicy(`//run.googleapis.com/projects/demo/locations/europe-west1/services/${id}`, {
                bindings: [{ role: "roles/run.invoker", members: [`serviceAccount:${account.email}`] }],
            });
        }
        for (const of of urls) {
            for (const to of urls) {
                for (const rest of ["", "/", "/worker"]) {
                    const token = cloud.tokens.mintIdToken(account, of + rest);
                    const { status } = await doors.withToken(`${to}/cron`, token);
                    assert.equal(status, of === to ? 200 : 401, `${of}${rest} at ${to}`);
                }
            }
        }
    });
});
