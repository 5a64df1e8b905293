import { call, type Row, workflow } from "./row";

const auth = "https://www.googleapis.com/auth";
const sheet = "https://sheets.googleapis.com/v4/spreadsheets/1a";
const drive = "https://www.googleapis.com/drive/v3/files";

/** What is called, and the narrowest scope that opens it. */
const methods: [verb: string, url: string, scope: string][] = [
    ["get", `${sheet}/values/A1`, "spreadsheets.readonly"],
    ["post", `${sheet}/values/A1:append`, "spreadsheets"],
    ["post", '${"https://sheets.googleapis.com/v4/spreadsheets/" + args.id + "/values/A1:append"}', "spreadsheets"],
    ["get", '${"https://sheets.googleapis.com/v4/spreadsheets/" + text.url_encode(args.id)}', "spreadsheets.readonly"],
    ["get", "https://sheets.mtls.googleapis.com/v4/spreadsheets/1a", "spreadsheets.readonly"],
    ["get", `${drive}?q=x`, "drive.metadata.readonly"],
    ["get", `${drive}/1a?alt=media`, "drive.readonly"],
    ["post", drive, "drive.file"],
    ["post", "https://www.googleapis.com/upload/drive/v3/files?uploadType=media", "drive.file"],
    ["post", "https://gmail.googleapis.com/gmail/v1/users/me/messages/send", "gmail.send"],
    ["get", "https://gmail.googleapis.com/gmail/v1/users/me/messages", "gmail.readonly"],
    ["post", "https://www.googleapis.com/calendar/v3/calendars/primary/events", "calendar.events"],
    ["get", "https://www.googleapis.com/calendar/v3/calendars/primary/events", "calendar.events.readonly"],
    ["get", "https://docs.googleapis.com/v1/documents/1a", "documents.readonly"],
    ["post", "https://slides.googleapis.com/v1/presentations/1a:batchUpdate", "presentations"],
    ["get", "https://forms.googleapis.com/v1/forms/1a/responses", "forms.responses.readonly"],
    ["get", "https://admin.googleapis.com/admin/directory/v1/groups", "admin.directory.group.readonly"],
    ["post", "https://analyticsdata.googleapis.com/v1beta/properties/1:runReport", "analytics.readonly"],
    ["get", "https://youtube.googleapis.com/youtube/v3/videos?id=1", "youtube.readonly"],
    ["post", "https://chat.googleapis.com/v1/spaces/1a/messages", "chat.bot"],
    ["get", "https://tasks.googleapis.com/tasks/v1/lists/1a/tasks", "tasks.readonly"],
];

const of = (verb: string, url: string, ...more: string[]): string =>
    call(`url: ${url}`, ...more).replace("http.post", `http.${verb}`);

export const scopeRows: Row[] = [
    ...methods.flatMap(([verb, url, scope]): Row[] => [
        {
            cause: "missing-auth/token",
            source: of(verb, url),
            fix: `add auth: {type: OAuth2, scopes: ${auth}/${scope}}`,
            then: "inject",
        },
        {
            cause: "missing-scope/default",
            source: of(verb, url, "auth: {type: OAuth2}"),
            fix: `write auth: {type: OAuth2, scopes: ${auth}/${scope}}`,
            then: "inject",
        },
        {
            cause: "missing-scope/given",
            source: of(verb, url, `auth: {type: OAuth2, scopes: ["${auth}/cloud-platform", "${auth}/bigquery"]}`),
            fix: `write auth: {type: OAuth2, scopes: ${auth}/${scope}}`,
            then: "inject",
        },
    ]),
    {
        cause: "missing-scope/default",
        source: call(`url: ${sheet}/values/A1`, "method: ${args.m}", "auth: {type: OAuth2}").replace("post", "request"),
        fix: `write auth: {type: OAuth2, scopes: ${auth}/spreadsheets}`,
        then: "inject",
    },
    {
        cause: "missing-scope/method",
        source: call("url: https://sheets.googleapis.com/v9/new", "auth: {type: OAuth2}"),
        fix: "write auth: {type: OAuth2, scopes: SCOPE}, with the scope that the reference of sheets.googleapis.com names for the method",
        then: [["{type: OAuth2}", `{type: OAuth2, scopes: ${auth}/spreadsheets}`]],
    },
    {
        cause: "missing-scope/connector",
        source: workflow(
            "- make:",
            "    call: googleapis.sheets.v4.spreadsheets.create",
            `    args: {body: {}, connector_params: {scopes: ${auth}/bigquery}}`,
        ),
        fix: `write scopes: ${auth}/spreadsheets in connector_params, or leave them out`,
        then: [[`${auth}/bigquery`, `${auth}/spreadsheets`]],
    },
    ...(
        [
            ["spreadsheets", "spreadsheets"],
            [`${auth}/spreadsheets/`, "spreadsheets"],
            [`${auth}/spreadsheet`, "spreadsheets"],
            ["https://www.googleapis.com/spreadsheets", "spreadsheets"],
            [`http://www.googleapis.com/auth/drive`, "drive"],
            [`${auth}/Drive`, "drive"],
            ["sheets.readonly", "spreadsheets.readonly"],
            ["gmail.sent", "gmail.send"],
        ] as const
    ).map(([wrong, right]): Row => ({
        cause: "unknown-scope/text",
        source: call(
            right.startsWith("gmail")
                ? "url: https://gmail.googleapis.com/gmail/v1/users/me/messages/send"
                : `url: ${sheet}`,
            `auth: {type: OAuth2, scopes: "${wrong}"}`,
        ).replace("http.post", right.startsWith("gmail") ? "http.post" : "http.get"),
        fix: `write ${auth}/${right}`,
        then: [[`"${wrong}"`, `${auth}/${right}`]],
    })),
    {
        cause: "unknown-scope/text",
        source: workflow(
            "- make:",
            "    call: googleapis.sheets.v4.spreadsheets.create",
            "    args: {body: {}, connector_params: {scopes: [spreadsheets]}}",
        ),
        fix: `write ${auth}/spreadsheets`,
        then: [["[spreadsheets]", `["${auth}/spreadsheets"]`]],
    },
    {
        cause: "unknown-scope/unlisted",
        source: call("url: https://storage.googleapis.com/x", `auth: {type: OAuth2, scopes: ${auth}/xylophonebuilder}`),
        fix: `write ${auth}/cloud_debugger; if the API's reference names it, say so above it: # gcp-invoke-ignore unknown-scope: reason`,
        then: [["/xylophonebuilder", "/devstorage.read_only"]],
    },
    ...['""', "[]", "[3]", '["", ""]'].map((empty): Row => ({
        cause: "unknown-scope/empty",
        source: call("url: https://storage.googleapis.com/x", `auth: {type: OAuth2, scopes: ${empty}}`),
        fix: "write the scopes that the call needs, or leave them out",
        then: [[`, scopes: ${empty}`, ""]],
    })),
];
