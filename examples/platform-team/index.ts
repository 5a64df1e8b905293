import * as pulumi from "@pulumi/pulumi";
import { TeamApi } from "./platform";

// This is what a product team writes. The platform team decides everything else.
const location = new pulumi.Config().get("location") ?? "europe-west1";

const orders = new TeamApi("orders", {
    team: "shop",
    image: "platform-team-orders:1",
    location,
    nightly: "/reconcile",
});

export const url = orders.url;
