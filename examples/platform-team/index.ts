import * as pulumi from "@pulumi/pulumi";
import { TeamApi } from "./platform";

// What a product team writes: the rest is the platform's.
const location = new pulumi.Config().get("location") ?? "europe-west1";

const orders = new TeamApi("orders", {
    team: "shop",
    image: "platform-team-orders:1",
    location,
    nightly: "/reconcile",
});

export const url = orders.url;
