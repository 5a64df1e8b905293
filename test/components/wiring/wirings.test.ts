import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    AuthenticatedTrigger,
    AuthenticatedWorkerPool,
    CallerIdentity,
    ContinuousCheck,
    ExternalApi,
    FederatedCaller,
    googleApi,
    type GrantResource,
    GrantResourceType,
    Ingress,
    InvokableAgent,
    InvokableBackend,
    InvokableFunction,
    InvokableGateway,
    InvokableJob,
    type InvokableFunctionArgs,
    InvokableMcpServer,
    InvokableService,
    Platform,
    type Target,
    TargetKind,
    TokenMinter,
} from "../../../index";
import { refusal } from "../support/deploy";
import { caller, getting, image, location, service, variable } from "../support/programs";

const iapClientId = "1-a.apps.googleusercontent.com";
const account = "mine@demo.iam.gserviceaccount.com";
const workers = (args: object): AuthenticatedWorkerPool =>
    new AuthenticatedWorkerPool("puller", {
        ...{ image, location, invokes: { stock: service("open", { ingress: Ingress.All }) } },
        ...args,
    });
const job = (args: object): InvokableJob => new InvokableJob("report", { image, location, ...args });
const open = (): InvokableService => service("open", { ingress: Ingress.All });
const outside = (args: object): unknown => new FederatedCaller("ci", { invokes: { t: open() }, ...args });
const identity = (args: object): unknown =>
    new CallerIdentity("vm", { runsOn: Platform.ComputeEngine, invokes: { t: open() }, ...args });
const pod = { namespaceName: "shop", serviceAccountName: "web" };
const trigger = (args: object): unknown =>
    new AuthenticatedTrigger("t", { location, eventType: "google.cloud.storage.object.v1.finalized", ...args });
const schedule = (args: object): unknown =>
    new AuthenticatedSchedule("job", { location, schedule: "0 6 * * *", target: service("t"), ...args });
const queue = (args: object): unknown => new AuthenticatedQueue("queue", { location, target: service("t"), ...args });
const push = (args: object): unknown => new AuthenticatedPush("push", { target: service("t"), ...args });
const external = (args: object = {}): Target =>
    new ExternalApi("crm", { url: "https://api.example.com", secret: "key", ...args });
const backend = (args: object): unknown => new InvokableBackend("erp", { iapClientId, ...args });
const mcp = (args: object = {}): InvokableMcpServer => new InvokableMcpServer("tools", { image, location, ...args });
const agent = (args: object = {}): InvokableAgent =>
    new InvokableAgent("buyer", { image, location, publicCard: false, ...args });
const gateway = (args: object = {}): InvokableGateway =>
    new InvokableGateway("api", {
        location,
        backends: { orders: service("orders", { ingress: Ingress.All }) },
        ...args,
    });
const document = (rest: string): string => `swagger: "2.0"\ninfo: {title: t, version: "1"}\n${rest}`;
const get = (rest = ""): string =>
    document(`paths: {/a: {get: {operationId: a, responses: {"200": {description: ok}}${rest}}}}`);
const existingGateway = (args: object): InvokableGateway =>
    new InvokableGateway("api", { existing: { name: "api", location, project: "demo" }, ...args });
const source = __dirname;
const func = (args: Partial<InvokableFunctionArgs>): InvokableFunction =>
    new InvokableFunction("resize", { source, runtime: "nodejs22", entryPoint: "resize", location, ...args });
const plain = (args: Partial<Target>): Target => ({ kind: TargetKind.Run, url: "https://x.a.run.app", ...args });
/** Services that each call the next by plain data, and the last one the first. */
const cycle = (...names: string[]): unknown =>
    names.map((name, index) => {
        const next = names[(index + 1) % names.length] ?? name;
        const resource = { type: GrantResourceType.RunService, name: next, location };
        return service(name, { name, invokes: { [next]: plain({ url: `https://${next}.a.run.app`, resource }) } });
    });
const run: GrantResource = { type: GrantResourceType.RunService, name: "x", location };
const bare = (args: object): unknown => new InvokableService("orders", args);
const target = (args: Partial<Target>): unknown => caller({ orders: plain(args) });
const api = (...grants: NonNullable<Parameters<typeof googleApi>[1]>["grants"] & object[]): unknown =>
    caller({ api: googleApi("storage.googleapis.com", { grants }) });
const event = { eventType: "google.cloud.storage.object.v1.finalized" };

/** What is wrong, the program, and how the message begins. */
const wrong: [what: string, program: () => unknown, message: string | RegExp][] = [
    // The cells that are refused.
    [
        "a schedule to an external API",
        () => schedule({ target: external() }),
        "target: a schedule cannot carry a secret",
    ],
    ["a queue to an external API", () => queue({ target: external() }), "target: a queue cannot carry a secret"],
    ["a push to an external API", () => push({ target: external() }), "target: a push subscription cannot carry"],
    [
        "a push to a Google API",
        () => push({ target: googleApi("run.googleapis.com") }),
        "target: a push subscription sends ID",
    ],
    [
        "a push to an internal function of the 1st generation",
        () => push({ target: plain({ kind: TargetKind.Function, ingress: Ingress.Internal }) }),
        "target: is a function of the 1st generation with internal ingress",
    ],
    [
        "a workflow to an event-driven function",
        () => caller({ resize: func({ trigger: event }) }),
        "targets.resize: is a function with a trigger",
    ],
    [
        "a queue to an event-driven function",
        () => queue({ target: func({ trigger: event }) }),
        "target: is a function with a trigger",
    ],
    [
        "a grant on an event-driven function",
        () => func({ trigger: event }).grantInvoke("me", "user:a@example.com"),
        "grantInvoke: is a function with a trigger",
    ],
    ["a push to a job", () => push({ target: job({}) }), "target: a push subscription sends ID"],
    ["a schedule with a path to a job", () => schedule({ target: job({}), path: "/x" }), "path: is for what answers"],
    [
        "a request of a continuous check to a job",
        () =>
            new ContinuousCheck("pulse", {
                ...{ location, schedule: "*/5 * * * *", requests: { report: { target: job({}), path: "/" } } },
            }),
        "requests.report.target: is a job",
    ],
    [
        "a job to an internal service without egress",
        () => job({ invokes: { stock: service("stock") } }),
        "invokes.stock: has internal ingress",
    ],
    [
        "a workflow to a gateway of signed tokens",
        () => caller({ api: gateway() }),
        "targets.api: takes tokens that its",
    ],
    [
        "a schedule to it",
        () => schedule({ target: gateway() }),
        "target: takes tokens that its signer signs, and a schedule",
    ],
    ["a queue to it", () => queue({ target: gateway() }), "target: takes tokens that its signer signs, and a queue"],
    ["a push to it", () => push({ target: gateway() }), "target: takes tokens that its signer signs, and a push"],
    ["a trigger to a gateway", () => trigger({ target: gateway({ idTokens: true }) }), /^target/],
    [
        "a continuous check of a gateway of signed tokens",
        () =>
            new ContinuousCheck("pulse", {
                ...{ location, schedule: "*/5 * * * *", requests: { api: { target: gateway(), path: "/" } } },
            }),
        "requests.api.target: takes tokens that its signer signs",
    ],
    [
        "a call of a check to a gateway of signed tokens",
        () => service("web", { invokes: { api: gateway() }, smokeCheck: { calls: { api: "/" } } }),
        "smokeCheck.calls.api: takes tokens that its signer signs",
    ],
    [
        "a principal without an account to a gateway of ID tokens",
        () =>
            identity({
                ...{ runsOn: Platform.Kubernetes, kubernetes: { ...pod, direct: true }, project: "demo" },
                invokes: { api: gateway({ idTokens: true }) },
            }),
        "invokes.api: takes an ID token",
    ],
    [
        "a grant on a gateway that every account may call",
        () => gateway({ idTokens: true }).grantInvoke("me", "user:a@b.c"),
        "grantInvoke: is of no use",
    ],
    [
        "everybody as a caller of a gateway",
        () => gateway().grantInvoke("me", "allUsers"),
        "grantInvoke: allUsers would open",
    ],
    [
        "a private service of no target",
        () =>
            caller(
                { orders: open() },
                { privateServices: { stock: { name: "projects/p/locations/l/namespaces/n/services/s" } } },
            ),
        "privateServices.stock: is no key of targets",
    ],
    [
        "a private service by its short name",
        () => caller({ orders: open() }, { privateServices: { orders: { name: "orders" } } }),
        'privateServices.orders.name: "orders" is no service of Service Directory',
    ],
    [
        "a Google API in a private network",
        () => caller({ api: googleApi("run.googleapis.com") }, { privateServices: { api: { name: "x" } } }),
        "privateServices.api: is for a target of the kind google-api",
    ],
    [
        "a document of Cloud Endpoints behind Cloud Run's own front door",
        () => service("front", { ingress: Ingress.All, smokeCheck: { path: "/", endpoints: { issuers: ["a"] } } }),
        "smokeCheck.path: is for a service that Cloud Run's own front door protects",
    ],
    [
        "a document of Cloud Endpoints before a function",
        () => func({ ingress: Ingress.All, smokeCheck: { endpoints: { issuers: ["a"] } } }),
        "smokeCheck.endpoints: is for a Cloud Run service whose image is ESPv2",
    ],
    ["a gateway without a backend", () => gateway({ backends: {} }), "backends: names none"],
    ["a gateway without a region", () => gateway({ location: undefined }), "location: is missing"],
    [
        "an internal backend",
        () => gateway({ backends: { stock: service("stock") } }),
        "backends.stock: has internal ingress",
    ],
    ["a backend that is a job", () => gateway({ backends: { j: job({}) } }), 'backends.j: is of the kind "job"'],
    [
        "a backend that is an API",
        () => gateway({ backends: { b: external() } }),
        'backends.b: is of the kind "external"',
    ],
    [
        "a backend that is a gateway",
        () => gateway({ backends: { b: gateway() } }),
        'backends.b: is of the kind "api-gateway"',
    ],
    [
        "a backend that reads the header Authorization",
        () => gateway({ backends: { b: mcp({ ingress: Ingress.All, usesAuthorization: true }) } }),
        "backends.b: reads the header Authorization itself, and a gateway",
    ],
    ["a backend with a crooked name", () => gateway({ backends: { "a/b": open() } }), 'backends.a/b: "a/b" is no name'],
    [
        "two backends without routes",
        () => gateway({ backends: { a: open(), b: open() } }),
        "routes: is missing, and there are 2",
    ],
    ["a route to no backend", () => gateway({ routes: { "/": "stock" } }), 'routes["/"]: goes to "stock"'],
    ["a route without a slash", () => gateway({ routes: { a: "orders" } }), 'routes["a"]: does not begin with a slash'],
    ["no route", () => gateway({ routes: {} }), "routes: has no operation"],
    [
        "routes and a document",
        () => gateway({ routes: { "/": "orders" }, openapi: get() }),
        "routes: cannot be given together",
    ],
    [
        "a document that is a file's name",
        () => gateway({ openapi: "openapi.yaml" }),
        "openapi: is no document of OpenAPI 2.0",
    ],
    ["a document that is no YAML", () => gateway({ openapi: "a: [" }), "openapi: is no YAML and no JSON"],
    ["a document of OpenAPI 3", () => gateway({ openapi: "openapi: 3.0.4" }), "openapi: is no document of OpenAPI 2.0"],
    ["a document without an operation", () => gateway({ openapi: document("paths: {}") }), "openapi: has no operation"],
    [
        "an operation without an ID",
        () => gateway({ openapi: get().replace("operationId: a, ", "") }),
        'openapi.paths["/a"].get.operationId',
    ],
    [
        "a document that says who may call",
        () => gateway({ openapi: `${get()}\nsecurityDefinitions: {}` }),
        "openapi.securityDefinitions: is what",
    ],
    [
        "an open document",
        () => gateway({ openapi: `${get()}\nsecurity: []` }),
        "openapi.security: is what the component writes",
    ],
    [
        "an open operation",
        () => gateway({ openapi: get(", security: []") }),
        'openapi.paths["/a"].get.security: is what',
    ],
    [
        "a document that lets all else through",
        () => gateway({ openapi: `${get()}\nx-google-allow: all` }),
        'openapi["x-google-allow"]',
    ],
    [
        "a document that lets preflights through without a token",
        () => gateway({ openapi: `${get()}\nx-google-endpoints: [{ name: a, allowCors: true }]` }),
        'openapi["x-google-endpoints"]: says allowCors',
    ],
    [
        "a token for another host",
        () => gateway({ openapi: get(', x-google-backend: {address: "https://evil.example.com"}') }),
        'openapi.paths["/a"].get["x-google-backend"]: has the address "https://evil.example.com"',
    ],
    [
        "a token for another audience",
        () => gateway({ openapi: get(", x-google-backend: {address: orders, jwt_audience: x}") }),
        'openapi.paths["/a"].get["x-google-backend"]: names jwt_audience',
    ],
    [
        "a backend without the gateway's token",
        () => gateway({ openapi: get(", x-google-backend: {address: orders, disable_auth: true}") }),
        'openapi.paths["/a"].get["x-google-backend"]: names jwt_audience or disable_auth',
    ],
    [
        "an operation of two backends that names none",
        () => gateway({ openapi: get(), backends: { a: open(), b: open() } }),
        'openapi.paths["/a"].get["x-google-backend"]: is missing, and there are 2',
    ],
    ["several audiences", () => gateway({ audience: "a,b" }), 'audience: "a,b" is no audience'],
    ["a signer of a gateway of ID tokens", () => gateway({ idTokens: true, signer: account }), "signer: signs tokens"],
    [
        "a default account that signs",
        () => gateway({ signer: "1-compute@developer.gserviceaccount.com" }),
        "signer: 1-compute@",
    ],
    ["an existing gateway that is configured", () => existingGateway({ location }), "location: configures a resource"],
    ["an existing gateway without an audience", () => existingGateway({ signer: account }), "audience: is missing"],
    [
        "an existing gateway of unknown tokens",
        () => existingGateway({ audience: "a" }),
        "signer: is missing; give the account",
    ],
    [
        "an answer of no request",
        () => gateway({ smokeCheck: { expect: { status: 200 } } }),
        "smokeCheck.expect: needs a request",
    ],
    ["a method of no request", () => gateway({ smokeCheck: { method: "PUT" } }), "smokeCheck.method: needs a request"],
    [
        "an answer to an account that the backends do not know",
        () => gateway({ idTokens: true, smokeCheck: { path: "/", expect: { status: 200 } } }),
        "smokeCheck.expect: is of a request that is let in",
    ],
    [
        "a check's path without a slash",
        () => gateway({ smokeCheck: { path: "a" } }),
        'smokeCheck.path: "a" does not begin',
    ],
    [
        "a worker pool to an internal service without egress",
        () => workers({ invokes: { stock: service("stock") } }),
        "invokes.stock: has internal ingress",
    ],
    ["a worker pool with half an instance", () => workers({ instances: 1.5 }), "instances: is 1.5"],
    ["a worker pool with fewer instances than none", () => workers({ instances: -1 }), "instances: is -1"],
    [
        "a worker pool as the default account",
        () => workers({ serviceAccount: "1-compute@developer.gserviceaccount.com" }),
        "serviceAccount: ",
    ],
    [
        "a variable of a worker pool that is its target's",
        () => workers({ env: { STOCK_URL: "https://a.example" } }),
        "env.STOCK_URL: is the variable of a target already",
    ],
    [
        "a call of a worker pool to what it does not invoke",
        () => workers({ smokeCheck: { calls: { other: "/" } } }),
        "smokeCheck.calls.other: is none of invokes",
    ],
    [
        "a worker pool that calls nothing yet",
        () => workers({ invokes: { stock: undefined } }),
        "invokes.stock: is not made yet",
    ],
    ["a job without an image", () => new InvokableJob("report", { location }), "image: is missing"],
    [
        "an existing job that is configured",
        () => new InvokableJob("report", { existing: { name: "report", location }, taskCount: 2 }),
        "taskCount: configures a resource that is made",
    ],
    [
        "a job whose resource is a service",
        () => target({ kind: TargetKind.Job, resource: run }),
        'targets.orders.resource: a target of kind "job" needs the resource that roles/run.invoker is granted on, of type run-job',
    ],
    [
        "a request that a job should make to another job",
        () => service("web", { invokes: { report: job({}) }, smokeCheck: { calls: { report: "/" } } }),
        "smokeCheck.calls.report: is of the kind job",
    ],
    ["a caller from nowhere", () => outside({}), "github: is missing; give exactly one"],
    [
        "a caller from two places",
        () => outside({ github: { repository: "a/b" }, aws: { accountId: "123456789012", role: "r" } }),
        "github: cannot be given together with aws",
    ],
    ["all of GitHub", () => outside({ github: { repository: "*" } }), 'github.repository: "*"'],
    ["all repositories of an owner", () => outside({ github: { repository: "acme" } }), 'github.repository: "acme"'],
    ["GitHub without a repository", () => outside({ github: {} }), 'github.repository: ""'],
    [
        "a branch that is none",
        () => outside({ github: { repository: "a/b", gitRef: "main" } }),
        'github.gitRef: "main"',
    ],
    [
        "GitHub by its issuer, without a repository",
        () => outside({ oidc: { issuer: "https://token.actions.githubusercontent.com", subject: "x" } }),
        "oidc.issuer: is that of GitHub Actions",
    ],
    [
        "an issuer over plain HTTP",
        () => outside({ oidc: { issuer: "http://x.example", subject: "x" } }),
        'oidc.issuer: "',
    ],
    ["a platform without a subject", () => outside({ oidc: { issuer: "https://x.example" } }), 'oidc.subject: ""'],
    ["an account of AWS that is none", () => outside({ aws: { accountId: "1", role: "r" } }), 'aws.accountId: "1"'],
    ["all roles of AWS", () => outside({ aws: { accountId: "123456789012", role: "*" } }), 'aws.role: "*"'],
    ["SAML without a subject", () => outside({ saml: { metadata: "<x/>" } }), 'saml.subject: ""'],
    ["a certificate of anybody", () => outside({ x509: { trustAnchors: ["x"] } }), 'x509.commonName: ""'],
    [
        "a caller outside that does not reach its target",
        () => outside({ github: { repository: "a/b" }, invokes: { stock: service("stock") } }),
        "invokes.stock: has internal ingress",
    ],
    ["pods without a service account", () => identity({ runsOn: Platform.Kubernetes }), "kubernetes: goes with runsOn"],
    ["an instance with one of Kubernetes", () => identity({ kubernetes: pod }), "kubernetes: goes with runsOn"],
    ["a place that is none", () => identity({ runsOn: "basement" }), "runsOn: "],
    [
        "a default account",
        () => identity({ serviceAccount: "1-compute@developer.gserviceaccount.com" }),
        "serviceAccount: 1-c",
    ],
    [
        "all service accounts of a namespace",
        () => identity({ runsOn: Platform.Kubernetes, kubernetes: { ...pod, serviceAccountName: "*" } }),
        'kubernetes.serviceAccountName: "*"',
    ],
    [
        "an ID token of pods without an account",
        () => identity({ runsOn: Platform.Kubernetes, kubernetes: { ...pod, direct: true }, project: "demo" }),
        "invokes.t: takes an ID token",
    ],
    ["a trigger without a destination", () => trigger({}), "target: is where events go, unless workflow is"],
    [
        "a trigger with two destinations",
        () => trigger({ target: service("t"), workflow: "projects/p/locations/l/workflows/w" }),
        "target: is where events go, unless workflow is",
    ],
    ["a trigger to a job", () => trigger({ target: job({}) }), 'target: is of the kind "job"'],
    ["a trigger to an external API", () => trigger({ target: external() }), 'target: is of the kind "external"'],
    ["a trigger to IAP", () => trigger({ target: backend({ image, location }) }), 'target: is of the kind "iap"'],
    [
        "a trigger with a path to a workflow",
        () => trigger({ workflow: "projects/p/locations/l/workflows/w", path: "/x" }),
        "path: is for a service",
    ],
    [
        "a trigger for messages without a topic",
        () => trigger({ target: service("t"), eventType: "google.cloud.pubsub.topic.v1.messagePublished" }),
        "topic: goes with the event type",
    ],
    [
        "a trigger with a topic for objects",
        () => trigger({ target: service("t"), topic: "projects/p/topics/t" }),
        "topic: goes with the event type",
    ],
    ["a trigger for no event", () => trigger({ target: service("t"), eventType: "uploaded" }), 'eventType: "uploaded"'],
    [
        "a trigger to an internal service of another project",
        () => trigger({ target: service("t", { project: "other" }) }),
        "target: has internal ingress",
    ],
    // Who cannot be reached.
    [
        "a service to an internal one without egress",
        () => service("web", { invokes: { stock: service("stock") } }),
        "invokes.stock: has internal ingress",
    ],
    [
        "a function to an internal service without egress",
        () => func({ invokes: { stock: service("stock") } }),
        "invokes.stock: has internal ingress",
    ],
    [
        "a workflow to an internal service of another project",
        () => caller({ orders: service("orders", { project: "other" }) }),
        "targets.orders: has internal ingress and is in the project other",
    ],
    [
        "a schedule to an internal service of another project",
        () => schedule({ target: service("t", { project: "other" }) }),
        "target: has internal ingress",
    ],
    [
        "a push to an internal service of another project",
        () => push({ target: service("t", { project: "other" }) }),
        "target: has internal ingress",
    ],
    [
        "what is not made yet",
        () => service("web", { invokes: { stock: undefined as unknown as Target } }),
        "invokes.stock: is not made yet",
    ],
    [
        "two services that call each other by plain data",
        () => cycle("front", "stock"),
        "invokes.front: closes a cycle: stock → front → stock",
    ],
    [
        "three services that call each other in a cycle by plain data",
        () => cycle("front", "stock", "prices"),
        "invokes.front: closes a cycle: prices → front → stock → prices",
    ],
    ["a service that calls itself by plain data", () => cycle("front"), "invokes.front: closes a cycle: front → front"],
    // Targets as plain data.
    ["a target without a resource", () => target({}), "targets.orders.resource: "],
    [
        "a target with another kind's resource",
        () => target({ resource: { ...run, type: GrantResourceType.Topic } }),
        "targets.orders.resource: ",
    ],
    [
        "a target whose resource has no region",
        () => target({ resource: { type: GrantResourceType.RunService, name: "x" } }),
        "targets.orders.resource.location: ",
    ],
    ["a kind that is none", () => target({ kind: "vm" as unknown as TargetKind }), 'targets.orders.kind: "vm"'],
    ["a path without a slash", () => schedule({ path: "daily" }), 'path: "daily"'],
    ["a queue's path without a slash", () => queue({ path: "send" }), 'path: "send"'],
    [
        "a schedule to plain HTTP",
        () => schedule({ target: plain({ url: "http://x.example", resource: run }) }),
        'target.url: "http://x.example"',
    ],
    [
        "two scopes where one is sent",
        () => schedule({ target: googleApi("run.googleapis.com", { scopes: ["a", "b"] }) }),
        "target.scopes: ",
    ],
    // Names and variables.
    [
        "two targets with one variable",
        () => caller({ "stock-api": service("a"), stockApi: service("b") }),
        "targets.stockApi: makes the variable STOCK_API_URL",
    ],
    ["a target's name that makes no variable", () => caller({ "1st": service("a") }), "targets.1st: "],
    ["a target with the platform's name", () => caller({ google: service("a") }), "targets.google: "],
    [
        "a variable of a target's name",
        () => caller({ orders: service("a") }, { env: { ORDERS_URL: "x" } }),
        "env.ORDERS_URL: ",
    ],
    [
        "a service's variable of a target's name",
        () => service("web", { env: { FRONT_URL: "x" }, invokes: { front: service("f", { ingress: Ingress.All }) } }),
        "env.FRONT_URL: ",
    ],
    ["a variable with the platform's name", () => caller({}, { env: { GOOGLE_X: "x" } }), "env.GOOGLE_X: "],
    [
        "too many variables",
        () => caller({}, { env: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`V${i}`, "x"])) }),
        "env: has 21 variables",
    ],
    // Accounts.
    ["an account's name that is too short", () => service("a", { accountId: "abc" }), 'accountId: "abc"'],
    ["an account's name with capitals", () => schedule({ accountId: "Reports" }), 'accountId: "Reports"'],
    ["an account's name that is too long", () => queue({ accountId: "a".repeat(31) }), "accountId: "],
    [
        "an account to make and one that exists",
        () => service("a", { accountId: "orders-run", serviceAccount: account }),
        "accountId: names an account to make",
    ],
    [
        "the Compute Engine default account",
        () => service("a", { serviceAccount: "123-compute@developer.gserviceaccount.com" }),
        "serviceAccount: 123-compute",
    ],
    [
        "the App Engine default account",
        () => push({ serviceAccount: "demo@appspot.gserviceaccount.com" }),
        "serviceAccount: demo@appspot",
    ],
    [
        "the Google APIs service agent",
        () => queue({ serviceAccount: "123@cloudservices.gserviceaccount.com" }),
        "serviceAccount: 123@",
    ],
    [
        "a default account for a workflow",
        () => caller({}, { serviceAccount: "123-compute@developer.gserviceaccount.com" }),
        "serviceAccount: 123-compute",
    ],
    [
        "a person as an account",
        () => schedule({ serviceAccount: "ann@example.com" }),
        'serviceAccount: "ann@example.com"',
    ],
    [
        "a default account to build as",
        () => func({ build: { serviceAccount: "123-compute@developer.gserviceaccount.com" } }),
        "build.serviceAccount: 123-compute",
    ],
    // Who may execute, publish, enqueue, mint.
    ["everyone as an invoker", () => caller({}, { invokers: ["allUsers"] }), "invokers[0]: allUsers"],
    [
        "everyone with an account as an invoker",
        () => schedule({ invokers: ["allAuthenticatedUsers"] }),
        "invokers[0]: allAuthenticatedUsers",
    ],
    [
        "everyone by a newer name as an invoker",
        () => caller({}, { invokers: ["principalSet://goog/public:all"] }),
        "invokers[0]: principalSet://goog/public:all would open it to everyone",
    ],
    [
        "everyone by a wildcard as an enqueuer",
        () => queue({ enqueuers: ["user:*"] }),
        "enqueuers[0]: user:* would open",
    ],
    ["everyone as a publisher", () => push({ publishers: ["allUsers"] }), "publishers[0]: allUsers"],
    ["an enqueuer without a type", () => queue({ enqueuers: ["user:a@example.com", account] }), "enqueuers[1]: "],
    ["everyone as a caller of a function", () => func({}).grantInvoke("all", "allUsers"), "grantInvoke: allUsers"],
    [
        "a minter that mints as itself",
        () => new TokenMinter("ci", { caller: `serviceAccount:${account}`, privilegedAccount: account }),
        `caller: ${account} would mint`,
    ],
    [
        "everyone as a minter",
        () => new TokenMinter("ci", { caller: "allUsers", privilegedAccount: account }),
        "caller: allUsers",
    ],
    [
        "a person to mint as",
        () => new TokenMinter("ci", { caller: "user:a@example.com", privilegedAccount: "a@example.com" }),
        "privilegedAccount: ",
    ],
    // Roles.
    ["a basic role", () => api({ role: "roles/editor" }), "targets.api.roles: roles/editor"],
    ["what is no role", () => api({ role: "bigquery.jobUser" }), 'targets.api.roles: "bigquery.jobUser"'],
    [
        "a bucket's role on the project",
        () => api({ role: "roles/storage.objectViewer" }),
        "targets.api.roles: roles/storage.objectViewer would be granted on the whole project",
    ],
    [
        "a secret's role on the project",
        () => api({ role: "roles/secretmanager.secretAccessor" }),
        "targets.api.roles: roles/secretmanager.secretAccessor would",
    ],
    [
        "a token creator on the project",
        () => api({ role: "roles/iam.serviceAccountTokenCreator" }),
        "targets.api.roles: roles/iam.serviceAccountTokenCreator would",
    ],
    [
        "a queue's role without its region",
        () => api({ role: "roles/cloudtasks.enqueuer", resource: { type: GrantResourceType.Queue, name: "q" } }),
        "targets.api.resource.location: ",
    ],
    ["a Google API that is none", () => googleApi("example.com"), 'googleApi("example.com")'],
    // External APIs.
    [
        "an external API over plain HTTP",
        () => caller({ crm: external({ url: "http://api.example.com" }) }),
        'url: "http://api.example.com"',
    ],
    ["a header that is none", () => external({ header: "X Api" }), 'header: "X Api"'],
    // IAP.
    [
        "IAP without a client ID",
        () => backend({ iapClientId: undefined, existing: { backendService: "erp" } }),
        "iapClientId: ",
    ],
    [
        "IAP with a URL for a client ID",
        () => backend({ iapClientId: "https://erp.example.com", existing: {} }),
        'iapClientId: "https://',
    ],
    ["an existing backend without a URL", () => backend({ existing: { backendService: "erp" } }), "url: is missing"],
    [
        "an existing backend that is two",
        () => backend({ url: "https://erp.example.com", existing: { backendService: "a", cloudRunService: "b" } }),
        "existing: give either",
    ],
    [
        "an existing backend that is nothing",
        () => backend({ url: "https://erp.example.com", existing: {} }),
        "existing: give either",
    ],
    [
        "an existing service behind IAP without a region",
        () => backend({ url: "https://erp.example.com", existing: { cloudRunService: "b" } }),
        "existing.location: ",
    ],
    ["a backend without an image", () => backend({ location }), "image: is missing"],
    // Services and functions.
    ["an ingress that is none", () => service("a", { ingress: "public" as unknown as Ingress }), 'ingress: "public"'],
    ["a service without an image", () => bare({ location }), "image: is missing"],
    ["a service without a region", () => bare({ image }), "location: is missing"],
    [
        "an existing service with an image",
        () => bare({ image, existing: { name: "orders", location } }),
        "image: configures a resource that is made",
    ],
    [
        "an existing service that shall call",
        () => bare({ invokes: {}, existing: { name: "orders", location } }),
        "invokes: configures a resource that is made",
    ],
    ["regions beside a location", () => service("a", { regions: ["us-east1"] }), "location: is for a service in one"],
    ["no regions", () => bare({ image, regions: [] }), "regions: names each region of the service once"],
    [
        "regions that are known later",
        () => bare({ image, regions: pulumi.output(["us-east1"]) }),
        "regions: names each",
    ],
    ["a region twice", () => bare({ image, regions: ["us-east1", "us-east1"] }), "regions: names each region"],
    ["global as a region", () => bare({ image, regions: ["us-east1", "global"] }), /^regions: .*"global" is none/],
    [
        "an existing service in several regions that names none",
        () => bare({ existing: { name: "orders", location: "global" } }),
        "regions: is missing",
    ],
    [
        "regions of an existing service that is in one",
        () => bare({ existing: { name: "orders", location }, regions: ["us-east1"] }),
        'existing.location: is "europe-west1"',
    ],
    [
        "a domain without its audience",
        () => service("a", { ingress: Ingress.All, domain: "https://a.example.com" }),
        "customAudiences: must begin with",
    ],
    [
        "a domain with internal ingress",
        () => service("a", { domain: "https://a.example.com", customAudiences: ["https://a.example.com"] }),
        'domain: is not reached if ingress is "internal"',
    ],
    [
        "a domain that is no URL",
        () => service("a", { domain: "a.example.com", customAudiences: ["a.example.com"] }),
        'domain: "a.example.com"',
    ],
    // Servers for agents.
    ["a path of an MCP server that is none", () => mcp({ path: "mcp" }), 'path: "mcp"'],
    [
        "an audience with the path of an MCP server",
        () => mcp({ customAudiences: ["https://tools.example.com", "https://tools.example.com/mcp"] }),
        "customAudiences[1]: ",
    ],
    [
        "tools that a check from outside asks a server with internal ingress for",
        () => mcp({ smokeCheck: { tools: ["add"] } }),
        "smokeCheck.tools: asks for requests from outside",
    ],
    [
        "a workflow to a server that reads Authorization itself",
        () => caller({ tools: mcp({ usesAuthorization: true }) }),
        "targets.tools: reads the header Authorization itself, and a workflow can",
    ],
    [
        "a schedule to a server that reads Authorization itself",
        () => schedule({ target: mcp({ usesAuthorization: true }) }),
        "target: reads the header Authorization itself, and a schedule can",
    ],
    [
        "a queue to a server that reads Authorization itself, as plain data",
        () => queue({ target: mcp({ usesAuthorization: true }).target }),
        "target: reads the header Authorization itself, and a queue can",
    ],
    [
        "a push to a server that reads Authorization itself",
        () => push({ target: mcp({ usesAuthorization: true }) }),
        "target: reads the header Authorization itself, and a push subscription can",
    ],
    [
        "an agent of which nobody said whether its card is public",
        () => agent({ publicCard: undefined }),
        "publicCard: is missing",
    ],
    [
        "a public card that the agent itself would serve",
        () => agent({ publicCard: true }),
        "publicCardUrl: is missing, and publicCard is true; Cloud Run asks for a token at all paths",
    ],
    [
        "a copy of a card that is not public",
        () => agent({ publicCardUrl: "https://cards.example.com/buyer.json" }),
        "publicCardUrl: is given, and publicCard is false",
    ],
    [
        "a public card over plain HTTP",
        () => agent({ publicCard: true, publicCardUrl: "http://cards.example.com/buyer.json" }),
        'publicCardUrl: "http://cards.example.com/buyer.json" is no https: URL',
    ],
    ["a path of a card that is none", () => agent({ cardPath: "agent.json" }), 'cardPath: "agent.json"'],
    [
        "a result of a message that is not sent",
        () => agent({ ingress: Ingress.All, smokeCheck: { expect: { matches: "x" } } }),
        "smokeCheck.expect: needs a message",
    ],
    [
        "a message from outside to an agent with internal ingress",
        () => agent({ smokeCheck: { message: "hello" } }),
        "smokeCheck.message: asks for requests from outside",
    ],
    [
        "a queue to an agent that reads Authorization itself",
        () => queue({ target: agent({ usesAuthorization: true }) }),
        "target: reads the header Authorization itself, and a queue can",
    ],
    ["a function without a folder", () => func({ source: "./nowhere" }), "source: there is no folder"],
    [
        "a function without a runtime",
        () => new InvokableFunction("f", { source, entryPoint: "f", location }),
        "runtime: is missing",
    ],
    [
        "a new function of the 1st generation",
        () => new InvokableFunction("f", { existing: { name: "f", location, generation: 3 } }),
        "existing.generation: 3",
    ],
    ["an event type that is none", () => func({ trigger: { eventType: "pubsub" } }), 'trigger.eventType: "pubsub"'],
    [
        "a topic with another event",
        () => func({ trigger: { ...event, topic: "projects/p/topics/t" } }),
        "trigger.topic: ",
    ],
    [
        "a path of an event-driven function",
        () => func({ trigger: event, smokeCheck: { path: "/" } }),
        "smokeCheck.path: ",
    ],
    // Sources.
    [
        "a call to nobody that was declared",
        () => caller({}, { source: getting(variable("ORDERS_URL")) }),
        /ORDERS_URL.*add orders to targets/,
    ],
    [
        "an asset that is none",
        () => caller({}, { source: JSON.parse("{}") as pulumi.asset.Asset }),
        "source: is neither",
    ],
];

describe("a program with a mistake in its wiring", () => {
    after(() => pulumi.runtime.setAllConfig({}));
    for (const [what, program, message] of wrong) {
        it(`${what} fails the preview, which says which argument is wrong`, async () => {
            const found = await refusal(program, { preview: true, config: { "gcp:project": "demo" } });
            if (typeof message === "string") {
                assert.ok(found.startsWith(message), found);
            } else {
                assert.match(found, message);
            }
        });
    }

    it("is more than sixty ways", () => assert.ok(wrong.length >= 60, String(wrong.length)));
});
