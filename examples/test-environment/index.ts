import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";

const orders = new InvokableService("orders", {
    image: "europe-docker.pkg.dev/demo/examples/test-environment-orders:1",
    location,
});

const place = new AuthenticatedWorkflow("place", {
    location,
    source: new pulumi.asset.StringAsset(`
main:
  params: [request]
  steps:
    - reserve:
        call: http.post
        args:
          url: \${sys.get_env("ORDERS_URL") + "/reserve"}
        result: answer
    - done:
        return: \${answer.body}
`),
    targets: { orders },
});

export const ordersUrl = orders.url;
export const workflow = place.workflowId;
export const serviceAccount = place.serviceAccountEmail;
