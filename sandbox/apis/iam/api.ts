import type { ApiDefinition } from "../framework";
import { accountMethods } from "./accounts";
import { denyMethods, denyOperations } from "./deny";
import { keyMethods } from "./keys";
import { host } from "./names";
import { poolRoutes } from "./pools";
import { roleMethods } from "./roles";

/** `iam.googleapis.com`: service accounts, their keys and policies, custom roles. */
export const iamApi: ApiDefinition = {
    host,
    // The gcp provider asks for deny policies at this version.
    versions: { v2: ["v2beta"] },
    services: {
        "google.iam.admin.v1.IAM": { ...accountMethods, ...keyMethods, ...roleMethods },
        "google.iam.v2.Policies": denyMethods,
        "google.longrunning.Operations": denyOperations.service,
    },
    routes: poolRoutes,
    unverified: [
        "the wording of errors for accounts that do not exist and for members of policies",
        "a condition of a deny policy that cannot be evaluated denies; which permissions deny policies support",
        "which permissions the basic roles lack",
        "roles and permissions of services that the sandbox does not have are accepted if their form is right, and allow nothing",
    ],
};
