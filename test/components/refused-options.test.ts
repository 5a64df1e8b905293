import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refusal } from "./support/deploy";
import { components, ofSchedule } from "./support/options";
import { service } from "./support/programs";
import { ExecutionEnvironment, type InvokableServiceArgs, type Protocol } from "../../index";

const config = { "gcp:project": "demo", "gcp-invoke:smoke": "off" };

/** What a program in another language may give. */
const given = <T extends string>(text: string): T => text as T;

describe("options of Cloud Run and Cloud Scheduler", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    const refused: Record<string, [options: Partial<InvokableServiceArgs>, says: RegExp]> = {
        "a key of secrets that is no variable and no path": [
            { secrets: { "a b": { secret: "s" } } },
            /^secrets\.a b: "a b" is neither the name of a variable nor an absolute path/,
        ],
        "a file in the root folder": [
            { secrets: { "/key": { secret: "s" } } },
            /^secrets\.\/key: "\/" belongs to the system/,
        ],
        "a file in a folder of the system": [{ secrets: { "/proc/x/key": { secret: "s" } } }, /belongs to the system/],
        "a path that leads upwards": [
            { secrets: { "/a/../b/key": { secret: "s" } } },
            /is not a plain path; write \/b\/key/,
        ],
        "files of two secrets in one folder": [
            { secrets: { "/a/x": { secret: "s" }, "/a/y": { secret: "t" } } },
            /^secrets\.\/a\/y: is in \/a with a file of another secret/,
        ],
        "a secret that is a variable of env too": [
            { env: { A: "x" }, secrets: { A: { secret: "s" } } },
            /^secrets\.A: is a variable of env already/,
        ],
        "the same in a sidecar": [
            { sidecars: { p: { image: "p", env: { A: "x" }, secrets: { A: { secret: "s" } } } } },
            /^sidecars\.p\.secrets\.A: is a variable of env already/,
        ],
        "a volume without a kind": [{ volumes: { "/a": {} } }, /^volumes\.\/a: must have exactly one of/],
        "a volume of two kinds": [
            { volumes: { "/a": { bucket: "b", memory: "1Mi" } } },
            /^volumes\.\/a: must have exactly one of/,
        ],
        "memory that is read only": [
            { volumes: { "/a": { memory: "1Mi", readOnly: true } } },
            /^volumes\.\/a\.readOnly: is for a bucket/,
        ],
        "Cloud SQL in another folder": [
            { volumes: { "/a": { cloudSqlInstances: ["x"] } } },
            /^volumes\.\/a: the folder \/cloudsql/,
        ],
        "two volumes in one folder": [
            { volumes: { "/a/b": { memory: "1Mi" } }, secrets: { "/a/b/c": { secret: "s" } } },
            /^volumes: \/a\/b and \/a\/b cannot both/,
        ],
        "a volume of a sidecar that the service has not": [
            { sidecars: { p: { image: "p", volumes: ["/a"] } } },
            /^sidecars\.p\.volumes: "\/a" is none/,
        ],
        "a bucket in the first generation": [
            { volumes: { "/a": { bucket: "b" } }, executionEnvironment: ExecutionEnvironment.Gen1 },
            /^executionEnvironment: "gen1" cannot mount/,
        ],
        "an environment that there is not": [
            { executionEnvironment: given<ExecutionEnvironment>("gen3") },
            /^executionEnvironment: "gen3" is not one of gen1, gen2/,
        ],
        "a protocol that there is not": [
            { protocol: given<Protocol>("h3") },
            /^protocol: "h3" is not one of http1, h2c/,
        ],
        "a health check of two kinds": [
            { startupProbe: { path: "/a", grpcService: "b" } },
            /^startupProbe: asks by HTTP and by gRPC/,
        ],
        "the path of a health check without a slash": [
            { startupProbe: { path: "a" } },
            /^startupProbe\.path: "a" does not begin with a slash/,
        ],
        "a liveness check by TCP": [
            { livenessProbe: { port: 80 } },
            /^livenessProbe: names neither path nor grpcService/,
        ],
        "a GPU whose CPU is taken away": [
            { gpu: "nvidia-l4", cpuAlwaysAllocated: false },
            /^cpuAlwaysAllocated: must not be false/,
        ],
        "several zones for no GPU": [{ gpuZonalRedundancy: true }, /^gpuZonalRedundancy: is for a service with a GPU/],
        "shares that are not the whole traffic": [
            { traffic: [{ percent: 90 }] },
            /^traffic: is 90 percent in all; make it 100/,
        ],
    };
    for (const [what, [options, says]] of Object.entries(refused)) {
        it(`refuse ${what}`, async () => {
            assert.match(await refusal(() => service("c", options), { config }), says);
        });
    }

    for (const attemptDeadline of ["14s", "1801s", "3m", "", "-20s"]) {
        it(`refuse the deadline "${attemptDeadline}" of a schedule`, async () => {
            const said = await refusal(() => components["schedule"]!.make({ ...ofSchedule(), attemptDeadline }), {
                config,
            });
            assert.match(said, /^attemptDeadline: .* is no deadline; give seconds with an s, from 15s to 1800s/);
        });
    }
});
