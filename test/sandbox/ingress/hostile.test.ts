import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import fc from "fast-check";
import type { Principal } from "../../../sandbox/cloud";
import { registerIngress } from "../../../sandbox/ingress";
import { startNetwork, type Network } from "../../../sandbox/net";
import { encodeJwt } from "../../../sandbox/tokens";
import { headersInside } from "../../../sandbox/workloads/headers";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { ask, type Answered, PROTOCOLS } from "../support/over";

const SERVICES = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";
const GATE = "/projects/100000000001/locations/europe-west1/services/gate";
const TRUSTED = [
    ...["x-goog-authenticated-user-email", "x-goog-authenticated-user-id", "x-goog-iap-jwt-assertion"],
    ...["x-serverless-authorization", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded"],
];
type Account = Principal & { kind: "serviceAccount" };
/** What a handler or program sees: `headers`, and the same as variables in the manner of CGI. */
type Seen = Record<string, string>;

for (const protocol of PROTOCOLS) {
    describe(`the doors, to callers over ${protocol} that mean no good`, () => {
        let cloud: TestCloud;
        let network: Network;
        let robot: Account;
        let url: Record<"open" | "closed" | "gate", string>;
        let seen: Seen | undefined;

        before(async () => {
            cloud = testCloud();
            registerIngress(cloud, (_service, request, response) => {
                seen = {};
                for (const [name, value] of Object.entries(headersInside(request))) {
                    seen[name.toUpperCase().replaceAll(/[^A-Z\d]/g, "_")] = String(value);
                }
                request.resume().on("end", () => response.end("reached"));
            });
            network = await startNetwork({ hosts: cloud.hosts });
            robot = await cloud.account("robots");
            const member = `serviceAccount:${robot.email}`;
            url = {
                open: await deploy("open", { invokerIamDisabled: true }),
                closed: await deploy("closed"),
                gate: await deploy("gate", { iapEnabled: true }),
            };
            grant("//run.googleapis.com/projects/demo/locations/europe-west1/services/closed", "run.invoker", member);
            grant(
                "//run.googleapis.com/projects/demo/locations/europe-west1/services/gate",
                "run.invoker",
                "serviceAccount:service-100000000001@gcp-sa-iap.iam.gserviceaccount.com",
            );
            const iap = "//iap.googleapis.com/projects/demo/iap_web/cloud_run-europe-west1/services/gate";
            grant(iap, "iap.httpsResourceAccessor", member);
        });
        after(async () => {
            await network.close();
            cloud.close();
        });

        async function deploy(id: string, more: object = {}): Promise<string> {
            const body = { template: { containers: [{ image: "example/app:1" }] }, ...more };
            await cloud.call(owner, "POST", `${SERVICES}?serviceId=${id}`, body);
            return String((await cloud.call(owner, "GET", `${SERVICES}/${id}`)).uri);
        }
        const grant = (resource: string, role: string, member: string) =>
            cloud.iam.setPolicy(resource, { bindings: [{ role: `roles/${role}`, members: [member] }] });
        const knock = (to: string, headers: [string, string][] = []): Promise<Answered> => {
            seen = undefined;
            return ask(network, protocol, { url: to, headers });
        };
        const bearer = (token: string): [string, string] => ["authorization", `Bearer ${token}`];
        const doors = (): [name: string, url: string, good: [string, string][]][] => [
            ["open", url.open, []],
            ["closed", url.closed, [bearer(cloud.tokens.mintIdToken(robot, url.closed))]],
            ["gate", url.gate, [bearer(cloud.tokens.mintIdToken(robot, GATE))]],
        ];

        it("keep every header that only a door may write, in each spelling that is the same variable", async () => {
            const spelled = fc
                .tuple(fc.constantFrom(...TRUSTED), fc.infiniteStream(fc.constantFrom(..."-_.-!~".split(""))))
                .map(([name, between]) => {
                    const next = between[Symbol.iterator]();
                    return name.replaceAll("-", () => String(next.next().value));
                });
            const property = fc.asyncProperty(
                fc.uniqueArray(spelled, { minLength: 1, maxLength: 8 }),
                fc.nat({ max: 2 }),
                async (names, which) => {
                    const [door = "", to = "", good = []] = doors()[which] ?? [];
                    // The door verifies this one where it looks for a token.
                    const sent = names.filter((name) => door !== "closed" || name !== "x-serverless-authorization");
                    const forged = sent.map((name): [string, string] => [name, "Bearer forged"]);
                    const { status } = await knock(to, [...good, ...forged]);
                    assert.equal(status, 200);
                    assert.ok(seen);
                    const passed = Object.entries(seen).filter(([, value]) => value.includes("forged"));
                    assert.deepEqual(passed, [], `${door}: ${sent.join(" ")}`);
                },
            );
            await fc.assert(property, { numRuns: 60 });
        });

        it("let pass what only looks like them, and say themselves who came and how", async () => {
            const own: [string, string][] = [
                ["x-forward", "a"],
                ["x_request_id", "b"],
                ["x-goog-user", "c"],
            ];
            for (const [door, to, good] of doors()) {
                assert.equal((await knock(to, [...good, ...own])).status, 200, door);
                assert.deepEqual([seen?.X_FORWARD, seen?.X_REQUEST_ID, seen?.X_GOOG_USER], ["a", "b", "c"], door);
                assert.deepEqual([seen?.X_FORWARDED_FOR, seen?.X_FORWARDED_PROTO], ["127.0.0.1", "https"], door);
            }
            assert.equal(seen?.X_GOOG_AUTHENTICATED_USER_EMAIL, `accounts.google.com:${robot.email}`);
        });

        it("pass a token in X-Serverless-Authorization on without its signature where they verified it", async () => {
            const token = cloud.tokens.mintIdToken(robot, url.closed);
            assert.equal((await knock(url.closed, [["x-serverless-authorization", `Bearer ${token}`]])).status, 200);
            assert.match(seen?.X_SERVERLESS_AUTHORIZATION ?? "", /\.SIGNATURE_REMOVED_BY_GOOGLE$/);
        });

        it("refuse each other text of a token that is good", async () => {
            const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            for (const [to, audience] of [
                [url.closed, url.closed],
                [url.gate, GATE],
            ] as const) {
                const token = cloud.tokens.mintIdToken(robot, audience);
                const bytes = (text: string) =>
                    text.split(".").map((part) => Buffer.from(part, "base64url").toString("hex"));
                const others = token.split(".").flatMap((part, at, parts) =>
                    [...alphabet.split("").map((last) => part.slice(0, -1) + last), `${part}=`, `${part}==`, `${part}A`]
                        .filter((other) => other !== part)
                        .map((other) => parts.with(at, other).join("."))
                        .filter((other) => bytes(other).join() === bytes(token).join()),
                );
                assert.ok(others.length > 8, `${others.length} other texts of one token`);
                for (const other of others) {
                    assert.equal((await knock(to, [bearer(other)])).status, 401, other.slice(-20));
                }
                assert.equal((await knock(to, [bearer(token)])).status, 200);
            }
        });

        it("take a JWT that an account signed at IAP for that very host alone", async () => {
            const key = await cloud.call(
                owner,
                "POST",
                `https://iam.googleapis.com/v1/projects/demo/serviceAccounts/${robot.email}/keys`,
            );
            const { private_key_id: id, private_key: pem } = JSON.parse(
                Buffer.from(String(key.privateKeyData), "base64").toString(),
            ) as Record<"private_key_id" | "private_key", string>;
            const iat = Math.floor(cloud.clock.now() / 1000);
            const forAudience = (aud: unknown) =>
                encodeJwt({ iss: robot.email, sub: robot.email, iat, exp: iat + 600, aud }, id, createPrivateKey(pem));
            const { host } = new URL(url.gate);
            const good = [`https://${host}/*`, `https://${host}/a/*`, `https://${host}/a/b`];
            const [name = "", ...domain] = host.split(".");
            const wide = [
                ...[
                    "*",
                    "https://*",
                    "https://*/*",
                    "*://*",
                    "https:/*",
                    "https://",
                    "https://*.run.app/*",
                    "",
                    "/*",
                    `/a/*`,
                ],
                ...[`https://${host}*`, `https://${host}`, `https://*.${domain.join(".")}/*`, `https://${name}*`],
                ...[
                    `https://${name}.*`,
                    `https://${host}.evil.example/*`,
                    `https://evil.example/${host}/*`,
                    `http://${host}/*`,
                ],
                ...[`https://${host}@evil.example/*`, `${host}/*`, `https://${host}/b/*`, `https://${host}/a/b/`],
                ...[[`https://${host}/*`], null, 7, {}],
            ];
            for (const aud of good) {
                assert.equal((await knock(`${url.gate}/a/b?x=1`, [bearer(forAudience(aud))])).status, 200, aud);
            }
            for (const aud of wide) {
                const { status } = await knock(`${url.gate}/a/b?x=1`, [bearer(forAudience(aud))]);
                assert.equal(status, 401, JSON.stringify(aud));
            }
            const below = forAudience(`https://${host}/a/*`);
            for (const path of [
                "/a/../b",
                "/a/%2e%2e/b",
                "/a/..%2fb",
                "/a/%2E%2E%2Fb",
                "/a%2f..%2fb",
                "/a/%3f%2f..%2f..%2fb",
            ]) {
                assert.equal((await knock(`https://${host}${path}`, [bearer(below)])).status, 401, path);
            }
            assert.equal((await knock(`https://${host}/a/c%20d%2fe`, [bearer(below)])).status, 200);
        });

        it("refuse a header for them that comes twice, also where the first is good", async () => {
            for (const [, to, good] of doors().slice(1)) {
                const [[name, value] = ["", ""]] = good;
                for (const twice of [
                    [value, "Bearer other"],
                    ["Bearer other", value],
                    [value, value],
                ]) {
                    const { status } = await knock(
                        to,
                        twice.map((each): [string, string] => [name, each]),
                    );
                    // Node's HTTP/2 refuses the request itself.
                    assert.ok([400, 401].includes(status), `${to}: ${status}`);
                }
                assert.equal((await knock(to, good)).status, 200);
            }
        });

        it("answer who is not let in before the body has come, of which there is no end", async () => {
            const endless = Buffer.alloc(100_000);
            const grpc =
                "https://secretmanager.googleapis.com/google.cloud.secretmanager.v1.SecretManagerService/CreateSecret";
            const headers: [string, string][] = [["content-type", "application/grpc"]];
            // A frame of gRPC that announces 30 MB.
            const frame = Buffer.concat([Buffer.from([0, 1, 0xc9, 0xc3, 0x80]), endless]);
            const post = (to: string, more: object = {}) =>
                ask(network, protocol, { url: to, method: "POST", endless, ...more });
            assert.equal((await post(`${url.closed}/`)).status, 403);
            assert.equal((await post(`${url.closed}/`, { headers: [bearer("x")] })).status, 401);
            assert.equal((await post(`${url.gate}/`, { headers: [bearer("x")] })).status, 401);
            assert.equal((await post("https://secretmanager.googleapis.com/v1/projects/demo/secrets")).status, 401);
            assert.equal((await post("https://secretmanager.googleapis.com/v1/nothing")).status, 404);
            const signed = { method: "PUT", headers: [] };
            assert.equal((await post("https://storage.googleapis.com/b/o?Signature=x", signed)).status, 403);
            assert.equal((await post(grpc, { headers, endless: frame })).grpcStatus, "16");
        });
    });
}
