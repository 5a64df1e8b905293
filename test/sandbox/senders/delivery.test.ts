import { strict as assert } from "node:assert";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { codeOf, Deliverer } from "../../../sandbox/senders/delivery";
import { testCloud, type TestCloud } from "../support/cloud";

describe("a delivery", () => {
    let cloud: TestCloud;
    let proxy: Server;
    let deliverer: Deliverer;
    let answer: "late" | "refused" | number;

    beforeEach(async () => {
        cloud = testCloud();
        cloud.hosts.serve("*.run.app", () => undefined);
        proxy = createServer((request, response) => {
            if (answer === "refused") {
                request.socket.destroy();
            } else if (answer !== "late") {
                response.writeHead(answer).end();
            }
        });
        await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
        deliverer = new Deliverer(cloud);
        const { port } = proxy.address() as AddressInfo;
        deliverer.connect({ proxyFor: () => `http://a:b@127.0.0.1:${port}` });
    });
    afterEach(() => {
        deliverer.close();
        proxy.closeAllConnections();
        proxy.close();
        cloud.close();
    });

    const cases: [typeof answer, milliseconds: number, code: number][] = [
        ["late", 20, 4],
        ["refused", 60_000, 14],
        [504, 60_000, 4],
        [503, 60_000, 14],
        [403, 60_000, 7],
    ];
    for (const [what, timeoutMilliseconds, code] of cases) {
        it(`that is ${what === "late" ? "not answered in time" : `answered with ${what}`} has the code ${code}`, async () => {
            answer = what;
            const target = { url: "https://orders-abc-ew.a.run.app/", httpMethod: "POST" as const };
            const sender = { project: "demo", service: "cloudscheduler", agent: "gcp-sa-cloudscheduler" };
            const outcome = await deliverer.deliver({ ...sender, target, headers: {}, timeoutMilliseconds });
            assert.equal(codeOf(outcome), code);
        });
    }
});
