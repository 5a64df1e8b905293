import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const location = "europe-west1";
const target = {
    kind: "run",
    url: "https://orders-abc-ew.a.run.app",
    audience: "https://orders-abc-ew.a.run.app",
    resource: { type: "run-service", name: "orders", location },
    ingress: "all",
};
/** The same in two regions. */
const regional = {
    ...target,
    resource: { ...target.resource, location: "global" },
    regions: { [location]: target.url, "us-east1": "https://orders-abc-ue.a.run.app" },
};
/** The source of the workflow. */
export const source = "main:\n  steps:\n    - done:\n        return: 1\n";
const folder = join(__dirname, "../../examples/workflow-to-everything/function");

/** Arguments with which each component can be made. A test fails if a component is not here. */
export const COMPONENTS: Record<string, Record<string, unknown>> = {
    AuthenticatedPush: { target, path: "/placed" },
    AuthenticatedQueue: { location, target, path: "/send" },
    AuthenticatedSchedule: { location, schedule: "0 2 * * *", target },
    AuthenticatedTrigger: { location, eventType: "google.cloud.storage.object.v1.finalized", target },
    AuthenticatedWorkerPool: { image: "i/puller:1", location, instances: 2, invokes: { orders: target } },
    AuthenticatedWorkflow: {
        ...{ location, source: new pulumi.asset.StringAsset(source), targets: { orders: target } },
        privateServices: { orders: { name: "projects/demo/locations/europe-west1/namespaces/n/services/orders" } },
    },
    CallerIdentity: {
        runsOn: "kubernetes",
        kubernetes: { namespaceName: "shop", serviceAccountName: "web" },
        invokes: { orders: target },
    },
    ContinuousCheck: { location, schedule: "*/5 * * * *", requests: { orders: { target, path: "/" } } },
    ExternalApi: { url: "https://rates.example.com", secret: "rates" },
    FederatedCaller: { github: { repository: "acme/shop" }, invokes: { orders: target } },
    InvokableAgent: {
        image: "i/buyer:1",
        location,
        publicCard: true,
        publicCardUrl: "https://cards.example.com/buyer.json",
    },
    InvokableBackend: { image: "i/erp:1", location, iapClientId: "123456789012-x.apps.googleusercontent.com" },
    InvokableFunction: { source: folder, runtime: "nodejs22", entryPoint: "price", location, memory: "512Mi" },
    InvokableGateway: { location, backends: { orders: target }, routes: { "/{path=**}": "orders" } },
    InvokableJob: { image: "i/report:1", location, taskCount: 2, invokes: { orders: regional } },
    InvokableMcpServer: { image: "i/tools:1", regions: [location, "us-east1"], path: "/mcp", usesAuthorization: true },
    InvokableService: { image: "i/stock:1", location, env: { LEVEL: "one" }, invokes: { orders: target } },
    TokenMinter: { caller: "user:ci@example.com", privilegedAccount: "ci-tokens@demo.iam.gserviceaccount.com" },
};
