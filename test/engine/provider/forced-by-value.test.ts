import { strict as assert } from "node:assert";
import { withForcedByValue } from "../../../engine/provider/forced-by-value";
import type { Properties, Value } from "../../../engine/values";

const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
const RULE = "gcp:compute/forwardingRule:ForwardingRule";
const CONNECTOR = "gcp:vpcaccess/connector:Connector";
const BUCKET = "gcp:storage/bucket:Bucket";
const attachment = (name: string): string => `projects/p/regions/r/serviceAttachments/${name}`;

describe("a change that forces a replacement for some values only", () => {
    /** A property, what it was, a value to which it can be changed, and one that forces a replacement. */
    const table: [
        type: string,
        path: string,
        before: string | number,
        changes: string | number,
        forces: string | number,
        inputs?: Properties,
    ][] = [
        [SUBNETWORK, "ipCidrRange", "10.0.0.0/24", "10.0.0.0/20", "10.0.0.0/26"],
        [SUBNETWORK, "ipCidrRange", "10.0.4.0/24", "10.0.0.0/16", "10.1.0.0/16"],
        [SUBNETWORK, "ipCidrRange", "fd00::/64", "fd00::/56", "fd01::/56"],
        [RULE, "target", attachment("a"), "projects/p/regions/r/targetHttpProxies/t", attachment("b")],
        [CONNECTOR, "minInstances", 3, 4, 2],
        [CONNECTOR, "maxInstances", 3, 10, 2],
    ];
    for (const [type, path, before, changes, forces, inputs = {}] of table) {
        it(`is one of ${path} from ${before} to ${forces}, and not to ${changes}`, () => {
            const replaces = (after: Value): boolean[] =>
                withForcedByValue(type, [{ path, kind: "update", replaces: false, before, after }], inputs).map(
                    (each) => each.replaces,
                );
            assert.deepEqual([replaces(changes), replaces(forces)], [[false], [true]]);
        });
    }

    it("is one of a policy that is locked, and of access from everywhere to an internal load balancer", () => {
        const replaces = (type: string, path: string, before: boolean, inputs: Properties = {}): boolean =>
            withForcedByValue(type, [{ path, kind: "update", replaces: false, before, after: !before }], inputs).some(
                (each) => each.replaces,
            );
        assert.equal(replaces(BUCKET, "retentionPolicy.isLocked", true), true);
        assert.equal(replaces(BUCKET, "retentionPolicy.isLocked", false), false);
        assert.equal(replaces(RULE, "allowGlobalAccess", false, { loadBalancingScheme: "INTERNAL_MANAGED" }), true);
        assert.equal(replaces(RULE, "allowGlobalAccess", false, { loadBalancingScheme: "INTERNAL" }), false);
    });
});
