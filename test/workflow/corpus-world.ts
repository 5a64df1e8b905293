import type { StubRequest, StubResponse } from "../../workflow";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** What a made-up world answers: the first pattern that fits `METHOD host/path` gives the body. */
const WORLD: [pattern: RegExp, body: unknown][] = [
    [/\/step_status\//, { step_status: "SUCCEEDED", message: '{"gcs_path": "p", "parsed_files": ["f"]}' }],
    [/create_workflow_execution_id/, { workflow_execution_id: "w", step_status: "SUCCEEDED" }],
    [
        /cloudfunctions\.net\/.*(Status|Create|Inspect)/,
        { name: "n", status: "READY", state: "DONE", inspectDetails: { result: { infoTypeStats: [] } } },
    ],
    [/exportDocuments/, { name: "projects/p/operations/o", done: true }],
    [/workflowexecutions/, { name: "projects/p/x", state: "SUCCEEDED", result: "1" }],
    [/(POST|DELETE) container/, { status: "DONE", selfLink: "https://container.googleapis.com/v1/o" }],
    [/fieldPaths=nonexisting/, {}],
    [/secretmanager.*:access$/, { payload: { data: base64("secret") } }],
    [/container.*\/clusters\//, { status: "RUNNING", endpoint: "k8s.example" }],
    [/k8s\.example/, { status: { conditions: [{ type: "Complete", status: "True" }] } }],
    [/bigquerydatatransfer/, { name: "n", transferConfigs: [], runs: [] }],
    [
        /bigquery/,
        {
            jobReference: { projectId: "p", jobId: "j", location: "US" },
            status: { state: "DONE" },
            jobComplete: true,
            rows: [{ f: [{ v: "Ada" }, { v: "F" }, { v: "7" }] }],
            pageToken: "",
            totalRows: "1",
        },
    ],
    [/dataflow/, { id: "j", projectId: "p", location: "l", currentState: "JOB_STATE_DONE" }],
    [/batch\./, { name: "projects/p/locations/l/jobs/j", status: { state: "SUCCEEDED" }, done: true }],
    [/aiplatform.*customJobs/, { name: "projects/p/customJobs/j", state: "JOB_STATE_SUCCEEDED", done: true }],
    [
        /aiplatform/,
        {
            predictions: [{ content: "text", candidates: [{ content: "text" }] }],
            candidates: [{ content: { parts: [{ text: "text" }] } }],
            name: "projects/p/operations/o",
            done: true,
        },
    ],
    [/cloudbuild/, { name: "o", done: true, metadata: { build: { results: { buildStepOutputs: [base64("a\nb")] } } } }],
    [
        /firestore/,
        {
            fields: {
                LastName: { stringValue: "Lovelace" },
                fieldA: { stringValue: "abc" },
                fieldB: { integerValue: "123" },
                key1: { stringValue: "text" },
                key2: { booleanValue: true },
                key3: { integerValue: "1" },
                key4: { doubleValue: 1.5 },
            },
        },
    ],
    [
        /translat/,
        {
            data: { translations: [{ translatedText: "Bonjour" }] },
            translations: [{ translatedText: "Bonjour" }],
            name: "o",
            done: true,
        },
    ],
    [/wikipedia/, ["Monday", ["Monday", "Monday Night"], [], []]],
    [/timeapi/, { dayOfWeek: "Saturday" }],
    [/isBodyTempNormal/, true],
    [/callA/, { SomeField: 7 }],
    [/sheets|forms/, { spreadsheetId: "s", formId: "f", values: [["a"]], items: [], sheets: [] }],
    [/\/o\/f$/, '{"files": []}'],
    [/storage.*\/o\/|storage\.googleapis\.com\/.*(txt|json)/, "text ".repeat(2000)],
    [
        /catfact|joke|xkcd|steps\/(hash|validate|price)/,
        { total: 7, email: "e", hash: "h", hashed_password: "h", joke: "j", name: "n", currency: "EUR" },
    ],
    [/language/, { documentSentiment: { score: 0.5, magnitude: 1.5 } }],
    [/reddit/, { data: { children: [{ data: { title: "t", selftext: "s", body: "b" } }] } }],
    [/twitter/, { data: [{ id: "1", text: "t".repeat(60) }], meta: { result_count: 1, next_token: "" } }],
    [/dlp/, { name: "j", state: "DONE", inspectDetails: { result: { infoTypeStats: [] } } }],
    [/DELETE compute|POST compute.*\/instances/, { status: "DONE", selfLink: "https://compute.googleapis.com/o" }],
    [/vision/, { responses: [{ labelAnnotations: [{ description: "cat" }], safeSearchAnnotation: {} }] }],
];

/** What any other service says. */
const ANYTHING = {
    done: true,
    status: "DONE",
    state: "SUCCEEDED",
    name: "projects/p/operations/o",
    result: "1",
    title: "t",
    items: [],
    selfLink: "https://compute.googleapis.com/compute/v1/o",
};

/** The world of one run: machines are on until they are stopped. */
export function world(): (request: StubRequest) => StubResponse {
    let stopped = false;
    return ({ method, host, path, url }) => {
        const what = `${method} ${host}${path}`;
        stopped ||= path.endsWith("/stop");
        const machine = /GET compute.*\/instances\/\w+$/.test(what);
        const [, body = ANYTHING] = WORLD.find(([pattern]) => pattern.test(what) || pattern.test(url)) ?? [];
        const status = stopped ? "TERMINATED" : "RUNNING";
        return { body: machine ? { status, id: "1" } : body, headers: { "X-Workflow-Run-Id": "r" } };
    };
}

/** What definitions read of their environment. */
export const environment = Object.fromEntries(
    ["BASE", "CLOUD_RUN_SERVICE", "ECHO", "IDP", "PSP"].map((name) => [`${name}_URL`, "https://service.example"]),
);

const fields = (names: string): Record<string, string> =>
    Object.fromEntries(names.split(" ").map((name) => [name, name]));
const users = { userId: "u", notificationId: "n", text: "t" };

/** Fields that definitions read of their argument. */
export const argument = {
    ...users,
    data: {
        bucket: "b",
        name: "n",
        size: 10,
        selfLink: "https://l",
        message: { data: base64('{"bucket": "b", "file": "f"}') },
    },
    "Release Date": "2026-01-31",
    body: {},
    count: 1,
    dataproc_region: "r",
    dataproc_runtime_version: "1",
    spark_job_name_prefix: "s",
    pyspark_file: "f",
    spark_dep_jars: [],
    spark_job_args: [],
    spark_service_account: "s",
    maxResults: 10,
    pubSubTopic: "t",
    timeInterval: 1,
    tracker: "t",
    twitterHandles: ["h"],
    diskSize: "10",
    email: "e@example.com",
    imageFamily: "f",
    imageProject: "p",
    machineType: "m",
    vmName: "v",
    name: "n",
    datasetID: "d",
    tableID: "t",
    runConfigDisplayName: "r",
    target: "t",
    source: "s",
    project_id: "p",
    location: "l",
    bigtable: {
        ...fields(
            "instance_id app_profile_id table_name id_column embedding_column crowding_tag_column allow_restricts_mappings deny_restricts_mappings int_numeric_restricts_mappings float_numeric_restricts_mappings double_numeric_restricts_mappings",
        ),
    },
    vertex: { vector_search_index_id: "v" },
    instanceName: "i",
    project: "p",
    projectID: "p",
    projectNumber: "1",
    zone: "z",
    countries: ["France"],
    country: "France",
    bearerToken: "t",
    twitterHandle: "h",
    subreddit: "r",
    searchTerm: "Monday",
    type: "t",
    id: "7",
    iteration: 1,
    bucket: "b",
    file: "f",
    firstName: "Ada",
    lastName: "Lovelace",
    textToTranslate: "Hello",
    requests: [],
    posts: ["1", "2"],
    notifications: [{ id: "1" }],
    resource: { labels: { project_id: "p" } },
    dataflow: fields("temp_location job_name_prefix service_account_email num_workers max_workers"),
    gcs: { output_folder: "gs://o" },
};
