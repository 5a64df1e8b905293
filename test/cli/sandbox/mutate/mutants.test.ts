import assert from "node:assert/strict";
import * as fc from "fast-check";
import { mutantsOf, type State } from "../../../../cli/sandbox/mutate/mutants";
import { operationsOf } from "../../../../sandbox/apis/apigateway/openapi";
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
    "iam.workloadIdentityPoolProviders": fc.dictionary(
        fc.constantFrom("p/providers/one", "p/providers/two"),
        fc.record(
            {
                oidc: fc.record({ issuerUri: fc.constant("https://a") }),
                aws: fc.record({ accountId: fc.constant("1") }),
                attributeCondition: fc.constant("true"),
            },
            { requiredKeys: [] },
        ),
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

    it("change a multi-region service in each of its regions, and not the record that answers nobody", () => {
        const places = ["global", "europe-west1", "us-east1"].map(
            (place) => `projects/p/locations/${place}/services/wide`,
        );
        const service = { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY", template: { containers: [{ image: "x" }] } };
        const state = { "run.services": Object.fromEntries(places.map((place) => [place, service])) };
        const changed = (kind: string) =>
            mutantsOf({}, state).flatMap((mutant) =>
                mutant.kind === kind ? mutant.edits.map(({ name }) => name) : [],
            );
        assert.deepEqual(changed("ingress opened"), places.slice(1));
        assert.deepEqual(changed("image failing"), places.slice(1));
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
        const found = mutantsOf({}, state)
            .filter(({ kind }) => kind !== "issuer changed")
            .map(({ kind, what, edits: [edit] }) => [kind, what, edit?.value]);
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

    it("let in others by each field of a provider that decides whose credentials it takes", () => {
        const state = (provider: object): State => ({
            "iam.workloadIdentityPoolProviders": { "p/providers/x": provider },
        });
        const changes = (provider: object) =>
            mutantsOf({}, state(provider)).flatMap(({ kind, what }) => (kind === "issuer changed" ? [what] : []));
        const attributeMapping = { "google.subject": "assertion.sub" };
        for (const [provider, fields] of [
            [{ oidc: { issuerUri: "https://a" } }, ["issuer", "audiences", "keys"]],
            [{ aws: { accountId: "1" } }, ["account"]],
            [{ saml: { idpMetadataXml: "<x/>" } }, ["metadata"]],
            [{ x509: { trustStore: {} } }, ["trust store"]],
        ] as const) {
            const expected = [...fields, "mapping"].map((field) => `${field} of x`);
            assert.deepEqual(changes({ ...provider, attributeMapping }), expected);
        }
    });

    const definition = (more = {}) => ({
        ...{ type: "oauth2", "x-google-issuer": "a@demo.iam.gserviceaccount.com", "x-google-audiences": "https://api" },
        "x-google-jwks_uri": "https://www.googleapis.com/robot/v1/metadata/x509/a@demo.iam.gserviceaccount.com",
        ...more,
    });
    const documents = fc.record(
        {
            swagger: fc.constant("2.0"),
            securityDefinitions: fc.constantFrom(
                { one: definition() },
                {
                    ...{ one: definition() },
                    two: definition({
                        "x-google-issuer": "https://accounts.google.com",
                        "x-google-jwks_uri": "https://www.googleapis.com/oauth2/v1/certs",
                    }),
                },
            ),
            security: fc.constantFrom([{ one: [] }], undefined),
            "x-google-backend": fc.constant({ address: "https://a.run.app", jwt_audience: "https://a.run.app" }),
            paths: fc.constantFrom(
                { "/a": { get: { operationId: "a" } } },
                { "/a": { get: { operationId: "a", security: [{ one: [] }] }, post: { operationId: "b" } } },
            ),
        },
        { requiredKeys: ["swagger", "securityDefinitions", "x-google-backend", "paths"] },
    );

    it("change what a gateway's document asks for, or where it leads, or have the gateway refuse it", () => {
        const encoded = (document: object): string => Buffer.from(JSON.stringify(document)).toString("base64");
        const rollouts = [{ trafficPercentStrategy: { percentages: { c1: 100 } } }];
        const meaning = (contents: string): unknown => {
            try {
                return operationsOf(contents, "a.yaml").operations;
            } catch (error) {
                return String(error);
            }
        };
        fc.assert(
            fc.property(documents, fc.boolean(), (document, endpoints) => {
                const contents = encoded(document);
                const state: State = endpoints
                    ? { "servicemanagement.services": { "a.example": { documents: { c1: contents }, rollouts } } }
                    : { "apigateway.configs": { "p/configs/c": { openapiDocuments: [{ document: { contents } }] } } };
                const mutants = mutantsOf({}, state);
                const kinds = new Set(mutants.map(({ kind }) => kind));
                assert.deepEqual([...kinds], ["token check changed", "backend changed"]);
                assert.equal(new Set(mutants.map(({ what }) => what)).size, mutants.length);
                const asks = JSON.stringify(document).includes('"security":');
                assert.equal(
                    mutants.some(({ what }) => what.startsWith("no token")),
                    asks,
                );
                for (const {
                    what,
                    edits: [edit],
                } of mutants) {
                    const value = edit?.value as {
                        openapiDocuments?: { document: { contents: string } }[];
                        documents?: { c1: string };
                    };
                    const changed = value.documents?.c1 ?? value.openapiDocuments?.[0]?.document.contents ?? "";
                    const unused = /of two/.test(what) || !asks;
                    const backend = /^(address|audience of the backend)/.test(what);
                    if (backend || !unused) {
                        assert.notDeepEqual(meaning(changed), meaning(contents), what);
                    }
                    assert.notEqual(changed, contents);
                }
            }),
        );
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
