import { parseAddress } from "../workflow";
import type { RoleRequest } from "./grant-resource";
import { type Target, TargetKind } from "./target";
import { TargetError } from "./base";
import { defined } from "../common";

/** Arguments of {@link googleApi}. */
export interface GoogleApiArgs {
    /**
     * The roles that the calls need. Each is granted on the resource that it names, or else on the project.
     * @default - none: the caller has its roles already
     */
    grants?: RoleRequest[];
    /**
     * The narrowest OAuth scopes that the API takes, such as `https://www.googleapis.com/auth/bigquery`.
     * @default - `https://www.googleapis.com/auth/cloud-platform`
     */
    scopes?: string[];
}

/**
 * A Google API as a target. Calls to it carry an access token, which goes to no other host
 * (https://cloud.google.com/workflows/docs/authenticate-from-workflow).
 * @param host The host of the API, such as `bigquery.googleapis.com`.
 * @throws TargetError if the host does not end in `.googleapis.com`
 * @example googleApi("bigquery.googleapis.com", { grants: [{ role: "roles/bigquery.jobUser" }] })
 */
export function googleApi(host: string, args: GoogleApiArgs = {}): Target {
    const address = parseAddress(`https://${host}`);
    if (address?.kind !== "google-api" || address.host !== host) {
        throw new TargetError(`googleApi("${host}"): not the host of a Google API`, {
            fix: "give a host that ends in .googleapis.com, such as bigquery.googleapis.com",
        });
    }
    return {
        kind: TargetKind.GoogleApi,
        url: `https://${host}`,
        ...defined({ roles: args.grants, scopes: args.scopes }),
    };
}
