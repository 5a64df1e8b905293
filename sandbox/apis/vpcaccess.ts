import type { Cloud, Route } from "../cloud";
import { collectionOf } from "./compute";
import {
    applyMask,
    createOperations,
    crud,
    invalidArgument,
    locationMethods,
    message,
    nameParts,
    parse,
    print,
    Resources,
    shortName,
    typed,
    type ApiDefinition,
    type Stored,
} from "./framework";

type Connector = Stored<"google.cloud.vpcaccess.v1.Connector">;

const TYPE = "google.cloud.vpcaccess.v1.Connector";
export const connectors = new Resources<Connector>("vpcaccess.connectors", TYPE);
const operations = createOperations("vpcaccess", "v1", "vpcaccess.operations.get");

/** What Google fills in. @throws ApiError */
function checked(cloud: Cloud, name: string, wanted: Partial<Connector>): Connector {
    const { network, subnet, ipCidrRange } = wanted;
    if (subnet?.name ? ipCidrRange : !network || !ipCidrRange) {
        throw invalidArgument("a connector needs either a subnet, or a network and an ip_cidr_range", "connector");
    }
    const { projects = "", locations = "" } = nameParts(name);
    const key =
        subnet?.name && `projects/${subnet.projectId || projects}/regions/${locations}/subnetworks/${subnet.name}`;
    const known = key
        ? (cloud.store.get(collectionOf("subnetworks"), key) as { network?: string } | undefined)
        : undefined;
    return {
        machineType: "e2-micro",
        minThroughput: 200,
        maxThroughput: 300,
        minInstances: 2,
        maxInstances: 3,
        ...wanted,
        ...(subnet?.name && { network: shortName(known?.network ?? network ?? "default") }),
        name,
        state: "READY",
    };
}

const { CreateConnector, DeleteConnector, GetConnector, ListConnectors } = crud({
    resources: connectors,
    singular: "Connector",
    permissions: "vpcaccess.connectors",
    idField: "connectorId",
    build: ({ cloud }, name, wanted) => checked(cloud, name, wanted),
    operations: { operations, type: TYPE },
});

/** Changes a connector. The published protos lack this method. */
const update: Route = {
    verb: "PATCH",
    path: "/v1/{name=projects/*/locations/*/connectors/*}",
    permission: "vpcaccess.connectors.update",
    resource: ({ params }) => params.name ?? "",
    parameters: ["updateMask"],
    handle({ params: { name = "" }, query, json }, call) {
        const mask = query.get("updateMask") ?? undefined;
        const current = connectors.get(call.cloud, name);
        const changes = print(message(TYPE), parse(message(TYPE), json));
        const merged = applyMask(current, changes, mask);
        const changed = connectors.put(call.cloud, name, checked(call.cloud, name, merged));
        return operations.done(call, name.split("/connectors/")[0] ?? "", typed(TYPE, changed));
    },
};

/** Connectors between services and a network. https://cloud.google.com/vpc/docs/configure-serverless-vpc-access */
export const vpcaccess: ApiDefinition = {
    host: "vpcaccess.googleapis.com",
    // The gcp provider asks for v1beta1, which has the same messages.
    versions: { v1: ["v1beta1"] },
    routes: [update, { ...update, path: update.path.replace("/v1/", "/v1beta1/") }],
    services: {
        "google.cloud.vpcaccess.v1.VpcAccessService": {
            CreateConnector,
            DeleteConnector,
            GetConnector,
            ListConnectors,
        },
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.longrunning.Operations": operations.service,
    },
};
