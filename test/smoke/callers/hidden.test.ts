import assert from "node:assert/strict";
import { createScene, demo, invoker, orders, stranger, type Scene, type Tamper } from "./scene";

const refused = (status: number, message = "no") => ({
    status,
    body: JSON.stringify({ error: { code: status, message } }),
});
const at =
    (pattern: RegExp, change: (body: string) => Partial<{ status: number; body: string }>): Tamper =>
    (url, { body }) =>
        pattern.test(url) ? change(body) : undefined;

/** Ways in which a policy, or something that decides, cannot be read. */
const hidden: [what: string, tamper: Tamper][] = [
    ["the policy of the service is refused", at(/services\/orders:getIamPolicy/, () => refused(403))],
    ["the policy of the project is refused", at(/projects\/demo:getIamPolicy/, () => refused(403))],
    ["the policy of the folder is refused", at(/folders\/\d+:getIamPolicy/, () => refused(403))],
    ["the policy of the organization is refused", at(/organizations\/7:getIamPolicy/, () => refused(403))],
    [
        "the policy of the caller's account is refused",
        at(/serviceAccounts\/caller@\S+:getIamPolicy/, () => refused(403)),
    ],
    ["the keys of the caller are refused", at(/\/keys\?/, () => refused(403))],
    ["a role is refused", at(/\/v1\/projects\/demo\/roles\//, () => refused(403))],
    ["a role is not there", at(/\/v1\/projects\/demo\/roles\//, () => refused(404))],
    ["a group is refused", at(/groups:lookup/, () => refused(403))],
    ["the members of a group are refused", at(/memberships/, () => refused(403))],
    [
        "the second page of a list of members is refused",
        (url, { body }) =>
            !url.includes("memberships")
                ? undefined
                : url.includes("pageToken")
                  ? refused(403)
                  : { body: body.replace(/^\{/, '{"nextPageToken":"x",') },
    ],
    [
        "a list of members has no end",
        at(/memberships/, (body) => ({ body: body.replace(/^\{/, '{"nextPageToken":"x",') })),
    ],
    ["the project is refused", at(/v1\/projects\/demo$/, () => refused(403))],
    ["the ancestors are refused", at(/getAncestry/, () => refused(403))],
    [
        "the ancestors are cut off below a folder",
        at(/getAncestry/, () => ({ body: '{"ancestor":[{"resourceId":{"type":"project","id":"demo"}}]}' })),
    ],
    ["the service is refused", at(/services\/orders$/, () => refused(403))],
    [
        "an API is disabled",
        at(/cloudresourcemanager/, () =>
            refused(403, "the API has not been used in project 1 before or it is disabled"),
        ),
    ],
    ["Google is busy", at(/projects\/demo:getIamPolicy/, () => refused(503))],
    ["Google limits the calls", at(/services\/orders:getIamPolicy/, () => refused(429))],
    ["an answer is no JSON", at(/projects\/demo:getIamPolicy/, () => ({ body: "<html>proxy</html>" }))],
    ["an answer is cut off", at(/services\/orders:getIamPolicy/, (body) => ({ body: body.slice(0, -5) }))],
    ["an answer is empty", at(/services\/orders:getIamPolicy/, () => ({ body: "{}" }))],
    ["bindings are no list", at(/services\/orders:getIamPolicy/, () => ({ body: '{"etag":"x","bindings":{}}' }))],
    [
        "a binding has no role",
        at(/services\/orders:getIamPolicy/, () => ({ body: '{"etag":"x","bindings":[{"members":["user:a@b.c"]}]}' })),
    ],
    [
        "members are no texts",
        at(/services\/orders:getIamPolicy/, () => ({
            body: '{"etag":"x","bindings":[{"role":"roles/run.invoker","members":[1]}]}',
        })),
    ],
    [
        "the ingress is of a new kind",
        at(/services\/orders$/, (body) => ({ body: body.replace("INGRESS_TRAFFIC_INTERNAL_ONLY", "NEW") })),
    ],
    [
        "a condition cannot be understood",
        at(/services\/orders:getIamPolicy/, () => ({
            body: JSON.stringify({
                etag: "x",
                bindings: [
                    { role: invoker, members: [stranger], condition: { expression: "request.time.getHours() < 8" } },
                ],
            }),
        })),
    ],
];

describe("who may call is unknown, and never proven, where", () => {
    let scene: Scene;
    before(async () => {
        scene = await createScene();
        // Something to read of each kind, which lets nobody in who was not declared.
        const role = { title: "x", includedPermissions: ["run.services.get"] };
        await scene.admin("POST", "https://iam.googleapis.com/v1/projects/demo/roles", { roleId: "looks", role });
        await scene.grant(demo, "projects/demo/roles/looks", "user:reader@example.com");
        scene.sandbox.cloud.iam.groups.set("empty@example.com", [`serviceAccount:${scene.caller}`]);
        await scene.grant(orders, invoker, "group:empty@example.com");
        assert.equal((await scene.ask()).verdict, "passed");
    });
    after(() => scene.close());

    for (const [what, tamper] of hidden) {
        it(what, async () => {
            let struck = 0;
            const { verdict, access, diagnosis } = await scene.ask({}, (url, answer) => {
                const change = tamper(url, answer);
                struck += change === undefined ? 0 : 1;
                return change;
            });
            assert.ok(struck > 0, "nothing was hidden");
            assert.deepEqual([verdict, access?.verdict], ["failed", "unknown"], JSON.stringify(access));
            assert.match(diagnosis?.cause ?? "", /^it is not known who may call orders: /);
            assert.equal((await scene.ask({ exactly: false }, tamper)).verdict, "not-tried");
        });
    }

    it("tells which role would let it", async () => {
        const { diagnosis } = await scene.ask(
            {},
            at(/organizations\/7:getIamPolicy/, () => refused(403)),
        );
        assert.equal(diagnosis?.fix, "give the check roles/iam.securityReviewer on the organization");
    });

    it("says that somebody else may call, where that is certain although something is hidden", async () => {
        await scene.grant(orders, invoker, stranger);
        const { access } = await scene.ask(
            {},
            at(/organizations\/7:getIamPolicy/, () => refused(403)),
        );
        assert.equal(access?.verdict, "violated");
        await scene.revoke(orders, invoker, stranger);
    });

    it("tries again while Google is busy", async () => {
        let times = 0;
        const { verdict, attempts } = await scene.ask({}, (url) =>
            /projects\/demo:getIamPolicy/.test(url) && (times += 1) < 3 ? refused(503) : undefined,
        );
        assert.deepEqual([verdict, attempts], ["passed", 3]);
    });
});
