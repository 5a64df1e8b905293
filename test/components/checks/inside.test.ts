import assert from "node:assert/strict";
import { Ingress } from "../../../index";
import { refusal } from "../support/deploy";
import { service } from "../support/programs";

const refused = (name: string, args: Parameters<typeof service>[1]): Promise<string> =>
    refusal(() => service(name, args));

describe("what a check tries from inside", () => {
    it("is refused where the ingress is not internal", async () => {
        const message = await refused("front", { ingress: Ingress.All, smokeCheck: { inside: true } });
        assert.match(message, /^smokeCheck\.inside: is of internal ingress, and that of front is "all"/);
    });

    it("is refused where a call is of nothing that the service invokes, or is no path", async () => {
        const stock = service("stock");
        const invokes = { invokes: { stock }, vpc: { subnetwork: "default" } };
        assert.match(
            await refused("front", { ...invokes, smokeCheck: { calls: { stocks: "/" } } }),
            /^smokeCheck\.calls\.stocks: is none of invokes; name one of them$/,
        );
        assert.match(
            await refused("front", { ...invokes, smokeCheck: { calls: { stock: "healthz" } } }),
            /^smokeCheck\.calls\.stock: "healthz" does not begin with a slash; write "\/healthz"$/,
        );
    });
});
