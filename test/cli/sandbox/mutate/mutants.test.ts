import assert from "node:assert/strict";
import * as fc from "fast-check";
import { mutantsOf, type State } from "../../../../cli/sandbox/mutate/mutants";
import { FAILING_IMAGE } from "../../../../sandbox/light";
import { applyMutant, isSame, restore, type MutableStore } from "../../../../cli/sandbox/mutate/state";

/** A store in memory, as a sandbox has one. */
function storeOf(state: State): MutableStore {
    const kept = new Map(
        Object.entries(structuredClone(state)).map(([name, entries]) => [name, new Map(Object.entries(entries))]),
    );
    return {
        snapshot: () => Object.fromEntries([...kept].map(([name, entries]) => [name, Object.fromEntries(entries)])),
        put(collection, name, value) {
            const entries = kept.get(collection) ?? new Map<string, unknown>();
            kept.set(collection, entries.set(name, value));
        },
        delete: (collection, name) => kept.get(collection)?.delete(name) ?? false,
    };
}

const members = fc.uniqueArray(
    fc.constantFrom("user:a@example.com", "serviceAccount:b@demo.iam.gserviceaccount.com?uid=1", "group:c@example.com"),
    { minLength: 1 },
);
const bindings = fc.uniqueArray(
    fc.record({ role: fc.constantFrom("roles/run.invoker", "roles/run.viewer"), members }),
    {
        selector: ({ role }) => role,
    },
);
const names = fc.constantFrom("//run/p/services/one", "//run/p/services/two", "//crm/projects/demo");
const states = fc.record({
    "iam.policies": fc.dictionary(names, fc.record({ etag: fc.constant("x"), bindings })),
    "run.services": fc.dictionary(
        fc.constantFrom("p/services/one-0a1b2c3", "p/services/two"),
        fc.record({
            ingress: fc.constantFrom("INGRESS_TRAFFIC_ALL", "INGRESS_TRAFFIC_INTERNAL_ONLY"),
            template: fc.constant({}),
        }),
    ),
    "iam.serviceAccounts": fc.dictionary(
        fc.constantFrom("p/a@demo", "p/b@demo"),
        fc.record({ disabled: fc.constant(false) }),
    ),
});

const grantsIn = (state: State): string[] =>
    Object.entries(state["iam.policies"] ?? {}).flatMap(([resource, policy]) =>
        (policy as { bindings: { role: string; members: string[] }[] }).bindings.flatMap((each) =>
            each.members.map((member) => `${resource} ${each.role} ${member}`),
        ),
    );

describe("the mutants of a deployment", () => {
    it("each change something, and are taken back without a trace", () => {
        fc.assert(
            fc.property(states, (state) => {
                const after = state as State;
                const store = storeOf(after);
                for (const mutant of mutantsOf({}, after)) {
                    applyMutant(store, mutant);
                    assert.ok(!isSame(store.snapshot(), after), `${mutant.kind}: ${mutant.what}`);
                    restore(store, after);
                    assert.ok(isSame(store.snapshot(), after));
                }
            }),
        );
    });

    it("take away each grant once, and no other, and leave those that were there before", () => {
        fc.assert(
            fc.property(states, states, (earlier, later) => {
                const [before, after] = [earlier as State, later as State];
                const store = storeOf(after);
                const gone = mutantsOf(before, after)
                    .filter(({ kind }) => kind === "grant removed")
                    .map((mutant) => {
                        applyMutant(store, mutant);
                        const left = grantsIn(store.snapshot());
                        restore(store, after);
                        return grantsIn(after).filter((grant) => !left.includes(grant));
                    });
                assert.ok(gone.every(({ length }) => length === 1));
                const fresh = grantsIn(after).filter((grant) => !grantsIn(before).includes(grant));
                assert.deepEqual(gone.flat().sort(), fresh.sort());
            }),
        );
    });

    it("break a job, lead a trigger elsewhere, and take the condition of a provider away", () => {
        const template = { taskCount: 2, template: { maxRetries: 1, containers: [{ image: "x/report:1" }] } };
        const destination = { workflow: "projects/demo/locations/l/workflows/w" };
        const provider = "p/workloadIdentityPools/ci/providers/github";
        const state: State = {
            "run.jobs": { "p/jobs/report-0a1b2c3": { template } },
            "eventarc.triggers": { "p/triggers/uploaded": { destination, serviceAccount: "a@demo" } },
            "iam.workloadIdentityPoolProviders": {
                [provider]: { attributeCondition: 'assertion.repository == "acme/shop"', oidc: {} },
                "p/workloadIdentityPools/ci/providers/open": { oidc: {} },
            },
        };
        const found = mutantsOf({}, state).map(({ kind, what, edits: [edit] }) => [kind, what, edit?.value]);
        assert.deepEqual(found, [
            [
                ...["image failing", "report"],
                { template: { ...template, template: { maxRetries: 1, containers: [{ image: FAILING_IMAGE }] } } },
            ],
            [
                ...["destination changed", "uploaded"],
                {
                    destination: { cloudRun: { service: "elsewhere", region: "europe-west1" } },
                    serviceAccount: "a@demo",
                },
            ],
            ["condition removed", "github", { oidc: {} }],
        ]);
    });

    it("change every audience of a workflow's source, however it is written", () => {
        const sourceContents = [
            "auth: {type: OIDC, audience: https://a.run.app}",
            'auth:\n  audience: "https://b.run.app"',
            'audience: ${sys.get_env("C_URL")}',
            '{"auth": {"type": "OIDC", "audience": "https://d.run.app"}}',
        ].join("\n");
        const state = { "workflows.workflows": { "p/workflows/w": { sourceContents } } };
        const sources = mutantsOf({}, state).map(({ edits: [edit] }) => {
            const { sourceContents: mutated = "" } = (edit?.value ?? {}) as { sourceContents?: string };
            return mutated;
        });
        assert.equal(sources.length, 4);
        assert.ok(sources.every((source) => source.split("https://elsewhere.invalid").length === 2));
        assert.equal(new Set(sources).size, 4);
        assert.match(sources[2] ?? "", /^audience: "https:\/\/elsewhere\.invalid"$/m);
    });
});
