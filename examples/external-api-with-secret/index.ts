import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, ExternalApi } from "pulumi-gcp-invoke";

const config = new pulumi.Config();
const location = config.get("location") ?? "europe-west1";

const key = new gcp.secretmanager.Secret("crm-key", { secretId: "crm-key", replication: { auto: {} } });
/** The key itself is set by `pulumi config set --secret crmKey …`. */
const version = new gcp.secretmanager.SecretVersion("crm-key", {
    secret: key.id,
    secretData: config.getSecret("crmKey") ?? pulumi.secret("not the real one"),
});

const crm = new ExternalApi("crm", {
    url: "https://crm.example.com",
    secret: key.secretId,
    version: version.version,
    header: "X-Api-Key",
});

const lookup = new AuthenticatedWorkflow("lookup", {
    location,
    source: new pulumi.asset.FileAsset("lookup.yaml"),
    targets: { crm },
    smokeCheck: { argument: { customer: "42" }, expect: { name: "Ada" } },
});

export const invokeCommand = lookup.invokeCommand;
