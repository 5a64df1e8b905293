import * as assert from "node:assert/strict";
import fc from "fast-check";
import { deployError, parseWorkflow, validateWorkflow } from "../../../../workflow";
import { findMethod } from "../../../../workflow/run";
import { run, World } from "../world";

/** Services that the reference of the connectors names, each with a method: https://cloud.google.com/workflows/docs/reference/googleapis */
const DOCUMENTED = `
    aiplatform.v1.projects.locations.customJobs.create
    batch.v1.projects.locations.jobs.create
    bigquery.v2.jobs.insert
    bigquerydatatransfer.v1.projects.transferConfigs.list
    cloudbuild.v1.projects.builds.create
    cloudfunctions.v1.projects.locations.functions.get
    cloudresourcemanager.v3.projects.get
    cloudscheduler.v1.projects.locations.jobs.run
    cloudtasks.v2.projects.locations.queues.tasks.create
    cloudtasks.v2beta3.projects.locations.queues.tasks.create
    compute.v1.instances.insert
    container.v1.projects.locations.clusters.get
    dataflow.v1b3.projects.locations.templates.launch
    documentai.v1.projects.locations.processors.process
    firestore.v1.projects.databases.documents.get
    forms.v1.forms.get
    integrations.v1.projects.locations.integrations.execute
    language.v1.documents.analyzeSentiment
    ml.v1.projects.jobs.create
    pubsub.v1.projects.topics.publish
    run.v1.namespaces.jobs.run
    run.v2.projects.locations.jobs.run
    secretmanager.v1.projects.secrets.versions.access
    sheets.v4.spreadsheets.values.get
    spanner.v1.projects.instances.databases.create
    sqladmin.v1.instances.get
    storage.v1.objects.list
    storagetransfer.v1.transferJobs.run
    transcoder.v1.projects.locations.jobs.create
    translate.v2.translations.list
    translate.v3.projects.translateText
    workflowexecutions.v1.projects.locations.workflows.executions.create
    workflows.v1.projects.locations.workflows.get
`
    .trim()
    .split(/\s+/);

const step = (callee: string): string =>
    JSON.stringify([
        {
            a: {
                try: { call: callee, args: { name: "x", body: {} } },
                except: { as: "e", steps: [{ b: { return: "caught" } }] },
            },
        },
    ]);

const word = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/);
const unknown = fc
    .oneof(
        fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => `googleapis.nosuch.v1.${parts.join(".")}`),
        word.map((method) => `googleapis.run.v2.projects.locations.services.${method}`),
    )
    .filter((name) => findMethod(name) === undefined);

describe("connectors", () => {
    for (const name of DOCUMENTED) {
        it(`know googleapis.${name}`, () => {
            assert.ok(findMethod(`googleapis.${name}`));
        });
    }

    it("that the table does not know deploy with a warning, and end an execution by their name", async () => {
        await fc.assert(
            fc.asyncProperty(unknown, async (name) => {
                const diagnostics = validateWorkflow(parseWorkflow(step(name), { file: "w.json" }));
                assert.deepEqual(
                    diagnostics.map(({ rule, severity }) => [rule, severity]),
                    [["unknown-connector", "warning"]],
                );
                assert.equal(deployError(diagnostics), undefined);
                const { state, error, world } = await run(step(name), { world: new World() });
                assert.equal(state, "FAILED");
                assert.ok(error?.context.includes(`the connector '${name}' is not known here`));
                assert.deepEqual(world.calls, []);
            }),
            { numRuns: 50 },
        );
    });

    it("are refused where the name has not their form", () => {
        for (const name of ["googleapis.run", "googleapis.run.v2", "googleapi.run.v2.projects.get"]) {
            const [found] = validateWorkflow(parseWorkflow(step(name), { file: "w.json" }));
            assert.deepEqual([found?.rule, found?.severity], ["undefined-function", "error"]);
        }
    });
});
