import { parseAddress } from "../workflow";
import { type RoleRequest, type Target, TargetKind } from "./target";
import { TargetError } from "./base";

/** Arguments of {@link googleApi}. */
export interface GoogleApiArgs {
    /**
     * The roles that the calls need, each on a resource or, where it names none, on the project.
     * @default - none: the caller has them already
     */
    grants?: RoleRequest[];
    /**
     * The narrowest OAuth scopes that the API takes, such as `https://www.googleapis.com/auth/bigquery`.
     * @default - `https://www.googleapis.com/auth/cloud-platform`
     */
    scopes?: string[];
}

/**
 * A Google API as a target: calls to it carry an access token.
 * @param host Such as `bigquery.googleapis.com`.
 * @throws Error where the host is not one that ends in `.googleapis.com`: an access token goes nowhere else
 * (https://cloud.google.com/workflows/docs/authenticate-from-workflow).
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
        ...(args.grants && { roles: args.grants }),
        ...(args.scopes && { scopes: args.scopes }),
    };
}
