import * as organizations from "@pulumi/gcp/organizations";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The principal that deploys, such as `user:ann@example.com`: for the `probeMinters` of a smoke check. Google tells its
 * email address only to credentials with the scope `https://www.googleapis.com/auth/userinfo.email`, which
 * `gcloud auth application-default login` asks for.
 */
export function deployer(): pulumi.Output<string> {
    return organizations
        .getClientOpenIdUserInfoOutput()
        .email.apply((email) => `${email.endsWith(".gserviceaccount.com") ? "serviceAccount" : "user"}:${email}`);
}
