import { ScalarType, type DescField, type DescMessage } from "@bufbuild/protobuf";
import { googleApis, type ApiDefinition } from "../../../sandbox/apis";
import { createExecutionsApi } from "../../../sandbox/apis/workflows/executions";
import { behavior, httpBindings } from "../../../sandbox/apis/framework/descriptors";
import { endpoints } from "../../../sandbox/apis/framework/endpoint";
import { identityApis } from "../../../sandbox/apis/identity";
import type { Executions } from "../../../sandbox/senders/workflows/executions";

/** A request of a method, right as far as its definition tells, on resources that are not there. */
export interface Sample {
    host: string;
    /** `google.cloud.run.v2.Services.CreateService`, `GET /storage/v1/b/{bucket}`. */
    name: string;
    verb: string;
    url: string;
    body: Record<string, unknown> | undefined;
    permission: string | undefined;
    public: boolean;
    /** Of a proto: its fields are known. */
    proto: boolean;
}

/** Every definition that a sandbox serves. */
export function definitions(executions: Executions): ApiDefinition[] {
    return [...googleApis, ...identityApis, createExecutionsApi(executions)];
}

/** What the sandbox knows by name and does not do: one request of each way to call it. */
export function unserved(all: readonly ApiDefinition[]): Pick<Sample, "host" | "name" | "verb" | "url">[] {
    return all.flatMap((definition) =>
        endpoints(definition)
            .filter(({ method }) => method === undefined)
            .flatMap(({ name, descriptor }) =>
                httpBindings(descriptor).map(({ verb, path }) => ({ name, verb, ...common(definition.host, path) })),
            ),
    );
}

/** One sample of each way that a method that is there can be called. */
export function samples(all: readonly ApiDefinition[]): Sample[] {
    return all.flatMap((definition) => [
        ...endpoints(definition).flatMap(({ name, descriptor, method }) =>
            method?.stream || !method
                ? []
                : (method.http ?? httpBindings(descriptor)).map((binding): Sample => {
                      const field = descriptor.input.fields.find((candidate) => candidate.name === binding.body);
                      const body = binding.body === "*" ? descriptor.input : field?.message;
                      const inPath = [...binding.path.matchAll(/\{([^}=]+)/g)].map(([, variable = ""]) => variable);
                      const inQuery = descriptor.input.fields.filter(
                          (candidate) =>
                              binding.body !== "*" &&
                              candidate !== field &&
                              (behavior(candidate).required || IN_QUERY.test(candidate.name)) &&
                              !inPath.some((variable) => variable.split(".")[0] === candidate.name),
                      );
                      const query = new URLSearchParams(
                          inQuery.map(({ jsonName, message }): [string, string] => [
                              jsonName,
                              message ? maskOf(body) : "none-1",
                          ]),
                      );
                      return {
                          ...common(definition.host, binding.path),
                          ...{ name, verb: binding.verb, proto: true, permission: method.permission },
                          public: method.public === true,
                          url: `${common(definition.host, binding.path).url}?${query.toString()}`,
                          body: body && required(body, inPath),
                      };
                  }),
        ),
        ...(definition.routes ?? []).filter(isWithoutProof).map((route): Sample => ({
            ...common(definition.host, route.path),
            ...{ name: `${route.verb} ${route.path}`, verb: route.verb, proto: false },
            permission: route.permission,
            public: route.public === true,
            body:
                route.verb === "GET" || route.verb === "DELETE"
                    ? undefined
                    : route.path.endsWith(":setIamPolicy")
                      ? { policy: STALE }
                      : {},
        })),
    ]);
}

/** Whether a route is for requests without parameters: one for signed URLs is not. */
const isWithoutProof = (route: NonNullable<ApiDefinition["routes"]>[number]): boolean =>
    route.applies?.({ query: new URLSearchParams() }) ?? true;

/** Parameters that make a request whole though no definition demands them. */
const IN_QUERY = /^((repository|function|trigger|job|service|secret|workflow|policy)_id|update_mask)$/;

/** A field that an update can name. */
function maskOf(body: DescMessage | undefined): string {
    const fields = body?.fields.filter(({ name }) => name !== "name") ?? [];
    return (fields.find(({ fieldKind }) => fieldKind === "scalar") ?? fields[0])?.name ?? "labels";
}

/** IDs by the collection that they stand in; of others `none-1`. */
const IDS: Record<string, string> = {
    projects: "demo",
    locations: "europe-west1",
    serviceAccounts: "none@demo.iam.gserviceaccount.com",
    services: "none-1",
    // What is made here cannot be deleted.
    keyRings: "none-2",
    policies: "cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo",
    namespaces: "demo",
    denypolicies: "none-1",
};

/** Where the template says less than the API. */
const ODD: Record<string, string> = {
    "/v1/*": "projects",
    "/v1/*/*": "demo",
    "/v1beta1/*": "projects",
    "/v1beta1/*/*": "demo",
    "/v2/policies/*/*": "denypolicies",
};

function common(host: string, path: string): { host: string; url: string } {
    const real = host.replace("*-", "europe-west1-").replace("*.", "none.");
    const holes = path
        .replace(/\{[^}=]+=([^}]*)\}/g, "$1")
        .replace(/\{[^}]+\}/g, "*")
        .replaceAll("**", "*");
    const segments = holes.split("/");
    const filled = segments.map((segment, i) =>
        segment.replace("*", IDS[segments[i - 1] ?? ""] ?? ODD[segments.slice(0, i + 1).join("/")] ?? "none-1"),
    );
    return { host, url: `https://${real}${filled.join("/")}` };
}

/** What the message must have. */
function required(descriptor: DescMessage, inPath: readonly string[] = []): Record<string, unknown> {
    return Object.fromEntries(
        descriptor.fields
            .filter((field) => behavior(field).required && !inPath.includes(field.name))
            .map((field) => [field.jsonName, valueOf(field)]),
    );
}

const STALE = { etag: "c3RhbGU=" };

function valueOf(field: DescField): unknown {
    const one = field.message ? messageOf(field.message) : (field.enum?.values[1]?.name ?? scalarOf(field.scalar));
    return field.fieldKind === "list" ? [one] : one;
}

function messageOf(descriptor: DescMessage): unknown {
    if (descriptor.typeName === "google.protobuf.FieldMask") {
        return "labels";
    }
    return descriptor.typeName === "google.iam.v1.Policy" ? STALE : required(descriptor);
}

function scalarOf(type: ScalarType | undefined): unknown {
    if (type === ScalarType.STRING) {
        return "none-1";
    }
    if (type === ScalarType.BYTES) {
        return "eA==";
    }
    return type === ScalarType.BOOL ? true : 1;
}
