import { policyRoutes, type ApiDefinition } from "./framework";

/**
 * The policies of resources that the sandbox only keeps, at an address of its own: Google's differ for each product, and
 * nothing else of these products is served. Roles, members, conditions and etags are checked as in any other policy, and a
 * resource inherits from its project. No call is decided by them, as there is nothing to call.
 */
export const keptPolicies: ApiDefinition = {
    host: "kept-policies.googleapis.com",
    // Each product has permissions of its own for this; the project's stand for all of them.
    routes: policyRoutes(
        { host: "", permissions: "resourcemanager.projects" },
        "/v1/{resource=**}",
        ({ resource = "" }) => `//${resource}`,
    ),
    unverified: ["this host is the sandbox's own: it holds the policies of resources that the sandbox only keeps."],
};
