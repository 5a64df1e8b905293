import assert from "node:assert/strict";

import { gcpProvider } from "../../../engine/provider/gcp";
import { resourceSchema } from "../../../engine/provider/schema";
import { allTokens, tierOf } from "../../../engine/provider/tiers";
import type { Provider, Subject } from "../../../engine/provider/types";
import type { Properties } from "../../../engine/values/values";
import { Sandbox } from "../../../sandbox";
import { inputsOf } from "./generated-inputs";

const GRANT = /([iI][aA][mM])(Member|Binding|Policy)/g;

/** The types of grants on kinds of resources that are only kept, each without its ending. */
const kinds = [
    ...new Set(
        allTokens()
            .filter((token) => tierOf(token) === "policy")
            .map((token) => token.replaceAll(GRANT, "$1*")),
    ),
];

const role = "roles/viewer";
const other = "roles/editor";
const [ann, bob, eve] = ["user:ann@example.com", "user:bob@example.com", "user:eve@example.com"];

/** The provider's functions for resources of one type, on one resource. */
function grantsOf(provider: Provider, kind: string, type: "Member" | "Binding" | "Policy") {
    const token = kind.replaceAll("*", type);
    const schema = resourceSchema(token);
    assert.ok(schema, token);
    const named = Object.entries(schema.inputs).filter(([key]) => !/^(role|members?|condition|policyData)$/.test(key));
    const name = inputsOf(Object.fromEntries(named), 1);
    const subject: Subject = {
        type: token,
        name: "grant",
        urn: `urn:pulumi:dev::kept::${token}::grant`,
        config: { project: "demo", region: "europe-west1" },
    };
    const checked = async (own: Properties): Promise<Properties> => {
        const { inputs, failures } = await provider.check(subject, {}, { ...name, ...own });
        assert.deepEqual(failures, [], token);
        return inputs;
    };
    return {
        async create(own: Properties) {
            const inputs = await checked(own);
            const { id = "", outputs } = await provider.create(subject, inputs, false);
            return { id, inputs, outputs };
        },
        read: (state: { id: string; inputs: Properties; outputs: Properties }) =>
            provider.read(subject, state.id, state),
        delete: (state: { id: string; inputs: Properties; outputs: Properties }) => provider.delete(subject, state),
    };
}

describe("grants on resources that are only kept", () => {
    let sandbox: Sandbox;
    let provider: Provider;
    before(async () => {
        sandbox = await Sandbox.start();
        provider = gcpProvider((method, url, body, headers) =>
            sandbox.request(method, url, { body, ...(headers && { headers }) }),
        );
    });
    after(async () => {
        await sandbox.close();
    });

    it("change a policy that the sandbox holds, and authoritative ones take away what others granted", async () => {
        assert.ok(kinds.length > 100);
        for (const kind of kinds) {
            const members = grantsOf(provider, kind, "Member");
            const bindings = grantsOf(provider, kind, "Binding");
            const policies = grantsOf(provider, kind, "Policy");
            const first = await members.create({ role, member: ann });
            const second = await members.create({ role: other, member: ann });
            assert.ok(await members.read(first), kind);

            const binding = await bindings.create({ role, members: [bob, eve] });
            assert.equal(await members.read(first), undefined, `${kind}: a binding takes the role from others`);
            assert.ok(await members.read(second), `${kind}: a binding leaves other roles`);
            assert.deepEqual((await bindings.read(binding))?.outputs["members"], [bob, eve], kind);
            const again = await members.create({ role, member: ann });
            assert.deepEqual((await bindings.read(binding))?.outputs["members"], [bob, eve, ann], kind);

            const policyData = JSON.stringify({ bindings: [{ role: other, members: [eve] }] });
            const policy = await policies.create({ policyData });
            for (const gone of [second, again]) {
                assert.equal(await members.read(gone), undefined, `${kind}: a policy takes everything else away`);
            }
            assert.equal(await bindings.read(binding), undefined, kind);
            assert.equal((await policies.read(policy))?.outputs["policyData"], policyData, kind);
            const late = await members.create({ role, member: ann });
            assert.match(JSON.stringify((await policies.read(policy))?.outputs), /ann@example/, kind);

            await policies.delete(policy);
            assert.equal(await members.read(late), undefined, kind);
        }
    });

    it("are refused where the role, the member or the policy cannot be", async () => {
        const [kind = ""] = kinds.filter((each) => each.includes("bigquery/dataset"));
        const members = grantsOf(provider, kind, "Member");
        await assert.rejects(members.create({ role: "viewer", member: ann }), /viewer/);
        await assert.rejects(members.create({ role: "roles/run.invoker", member: ann }), /not supported for this/);
        await assert.rejects(members.create({ role, member: "ann" }), /Invalid member "ann"/);
        const gone = "serviceAccount:gone@demo.iam.gserviceaccount.com";
        await assert.rejects(members.create({ role, member: gone }), /gone@demo.* does not exist/);
        await assert.rejects(
            grantsOf(provider, kind, "Policy").create({ policyData: "viewer" }),
            /policyData is not the JSON of a policy; give the policyData/,
        );
    });

    it("need the permission to change policies, as any grant does", async () => {
        const [kind = ""] = kinds.filter((each) => each.includes("bigquery/dataset"));
        const stranger = gcpProvider((method, url, body) =>
            sandbox.request(method, url, { body, principal: "user:stranger@example.com" }),
        );
        await assert.rejects(grantsOf(stranger, kind, "Member").create({ role, member: ann }), /403|PERMISSION_DENIED/);
        assert.ok(await grantsOf(provider, kind, "Member").create({ role: "roles/bigquery.admin", member: ann }));
    });
});
