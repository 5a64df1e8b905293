import * as organizations from "@pulumi/gcp/organizations";
import type * as pulumi from "@pulumi/pulumi";
import { returned } from "./base";

const LOGIN =
    "log in with the scope https://www.googleapis.com/auth/userinfo.email, as `gcloud auth application-default login` does";

/**
 * The principal that deploys, as an IAM member such as `user:ann@example.com`. It is meant for the `probeMinters` of a smoke
 * check. Google returns the email address only to credentials with the scope
 * `https://www.googleapis.com/auth/userinfo.email`, which `gcloud auth application-default login` requests.
 * @throws Error if the credentials lack that scope
 * @example new InvokableService("front", { image, location, smokeCheck: { path: "/hello", probeMinters: [deployer()] } })
 */
export function deployer(): pulumi.Output<string> {
    return organizations.getClientOpenIdUserInfoOutput().email.apply((found: string | undefined) => {
        const email = returned(found, "the email address of the credentials that deploy", LOGIN);
        return `${email.endsWith(".gserviceaccount.com") ? "serviceAccount" : "user"}:${email}`;
    });
}
