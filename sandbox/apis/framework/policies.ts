import { defined } from "../../../common";
import type { Cloud, HttpBinding, Method, Policy, Route } from "../../cloud";
import { atVersion } from "../../iam";
import { fullName } from "./access";
import { message } from "./descriptors";
import { parse, print } from "./messages";
import { checkRequired, requiredIn } from "./requests";
import type { Methods } from "./types";

export interface PolicyOptions {
    /** `run.googleapis.com`. */
    host: string;
    /** The prefix of the permissions: `run.services` for `run.services.getIamPolicy`. */
    permissions: string;
    /** Such as `run.googleapis.com/Service`. */
    resourceType?: string;
    /** @throws ApiError NOT_FOUND if there is no such resource */
    mustExist?: (cloud: Cloud, resource: string) => void;
    /** The path of the resource in bindings that the proto lacks: `/v1/{resource=projects/*\/topics/*}`. */
    paths?: string[];
    /** The verb that reads a policy over `paths`, which differs between Google's APIs. @default "GET" */
    getVerb?: "GET" | "POST";
}

/** The three methods of IAM policies, the same for each kind of resource. */
export function policyMethods(options: PolicyOptions): Required<Methods<"google.iam.v1.IAMPolicy">> {
    const { host, permissions, resourceType, mustExist, paths = [], getVerb = "GET" } = options;
    const type = resourceType === undefined ? {} : { resourceType };
    const bound = (verb: HttpBinding["verb"], custom: string): { http?: HttpBinding[] } =>
        paths.length === 0
            ? {}
            : {
                  http: paths.map((path) => ({
                      verb,
                      path: `${path}:${custom}`,
                      ...(verb === "POST" && { body: "*" }),
                  })),
              };
    return {
        GetIamPolicy: {
            permission: `${permissions}.getIamPolicy`,
            ...type,
            ...bound(getVerb, "getIamPolicy"),
            handle({ resource, options: asked }, { cloud }) {
                mustExist?.(cloud, resource);
                return { ...atVersion(cloud.iam.getPolicy(fullName(host, resource)), asked?.requestedPolicyVersion) };
            },
        },
        SetIamPolicy: {
            permission: `${permissions}.setIamPolicy`,
            ...type,
            ...bound("POST", "setIamPolicy"),
            handle({ resource, policy, updateMask }, { cloud }) {
                mustExist?.(cloud, resource);
                return { ...cloud.iam.setPolicy(fullName(host, resource), policy as Policy, updateMask) };
            },
        },
        TestIamPermissions: {
            permission: undefined,
            ...bound("POST", "testIamPermissions"),
            handle: ({ resource, permissions: asked }, { cloud, principal }) => ({
                permissions: asked.filter(
                    (permission) =>
                        cloud.iam.evaluate({ principal, permission, resource: fullName(host, resource), ...type })
                            .allowed,
                ),
            }),
        },
    };
}

/**
 * The same three methods for a service with resources of several kinds. The name of a resource tells its kind, and so
 * which permission is checked.
 * @param paths as {@link PolicyOptions.paths}, of all kinds
 */
export function policyMethodsByKind(
    kindOf: (resource: string) => PolicyOptions,
    paths?: string[],
): Record<keyof Methods<"google.iam.v1.IAMPolicy">, Method> {
    const bound: Record<string, Method> = policyMethods({ host: "", permissions: "", ...(paths && { paths }) });
    const byKind = (name: keyof Methods<"google.iam.v1.IAMPolicy">): Method => ({
        ...bound[name],
        permission: undefined,
        handle(request, call) {
            const resource = String(request.resource);
            const kind = kindOf(resource);
            const own: Method = policyMethods(kind)[name];
            if (own.permission !== undefined) {
                call.authorize(own.permission, resource, kind.resourceType);
            }
            return own.handle(request, call);
        },
    });
    return {
        GetIamPolicy: byKind("GetIamPolicy"),
        SetIamPolicy: byKind("SetIamPolicy"),
        TestIamPermissions: byKind("TestIamPermissions"),
    };
}

/**
 * The same three methods as plain routes, for hosts without a proto.
 * @param path without the verb: `/v1/projects/{project}`
 * @param nameFrom makes the relative or full resource name from the variables of the path
 * @param service the service as audit logs name it, if they do
 */
export function policyRoutes(
    options: PolicyOptions,
    path: string,
    nameFrom: (params: Record<string, string>) => string,
    service?: string,
): Route[] {
    const methods = policyMethods(options);
    return (["getIamPolicy", "setIamPolicy", "testIamPermissions"] as const).map((name) => {
        const protoName = `${name.charAt(0).toUpperCase()}${name.slice(1)}` as keyof typeof methods;
        const proto: { name: string; method: Method } = { name: protoName, method: methods[protoName] };
        return {
            verb: name === "getIamPolicy" ? (options.getVerb ?? "GET") : "POST",
            path: `${path}:${name}`,
            permission: proto.method.permission,
            // https://cloud.google.com/resource-manager/docs/audit-logging
            audited: service === undefined ? protoName : `${service}.${protoName}`,
            ...defined({ resourceType: options.resourceType }),
            resource: ({ params }) => fullName(options.host, nameFrom(params)),
            ...(name === "getIamPolicy" && { parameters: ["options.requestedPolicyVersion"] }),
            handle({ params, json, query }, call) {
                const version = Number(query.get("options.requestedPolicyVersion") ?? 1);
                const input = message(`google.iam.v1.${proto.name}Request`);
                const asked = name === "getIamPolicy" ? { options: { requestedPolicyVersion: version } } : {};
                const request = print(input, parse(input, { ...asked, ...json, resource: nameFrom(params) }));
                checkRequired(requiredIn(input), request);
                return proto.method.handle(request, call);
            },
        };
    });
}
