import { deployer, Ingress, InvokableService } from "pulumi-gcp-invoke";

const location = "europe-west1";

/** Only the project's own networks reach this service, so a workflow tries from inside what it must deny. */
const stock = new InvokableService("stock", {
    image: "europe-docker.pkg.dev/acme/shop/stock:1",
    location,
    smokeCheck: { inside: true },
});

/** Its code finds the URL of `stock` in STOCK_URL, and gets its tokens from the metadata server. */
const front = new InvokableService("front", {
    image: "europe-docker.pkg.dev/acme/shop/front:1",
    location,
    ingress: Ingress.All,
    invokes: { stock },
    vpc: { subnetwork: "default" },
    smokeCheck: {
        path: "/items/lamp",
        expect: { result: { path: "/items/lamp" } },
        probeMinters: [deployer()],
        // As the account of front: that it gets in is seen, and not only that a policy says so.
        calls: { stock: "/items/lamp" },
    },
});

export const url = front.url;
export const invokeCommand = front.invokeCommand;
