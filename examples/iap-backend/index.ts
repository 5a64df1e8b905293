import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, AuthenticatedWorkflow, InvokableBackend } from "pulumi-gcp-invoke";

const config = new pulumi.Config();
const location = config.get("location") ?? "europe-west1";
/** The OAuth client of IAP, which is the audience of tokens. */
const iapClientId = config.get("iapClientId") ?? "123456789012-demo.apps.googleusercontent.com";

const erp = new InvokableBackend("erp", {
    image: "europe-docker.pkg.dev/demo/examples/iap-backend-erp:1",
    location,
    iapClientId,
});

const bookings = new AuthenticatedWorkflow("bookings", {
    location,
    source: new pulumi.asset.FileAsset("bookings.yaml"),
    targets: { erp },
    smokeCheck: { argument: {}, expect: { path: "/bookings" } },
});

const nightly = new AuthenticatedSchedule("nightly", { location, schedule: "0 2 * * *", target: erp, path: "/close" });

export const invokeCommand = bookings.invokeCommand;
export const runNightly = nightly.invokeCommand;
