import assert from "node:assert/strict";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { InvokableJob, type InvokableServiceArgs } from "../../index";
import { Sandbox } from "../../sandbox";
import { deploy, refusal } from "./support/deploy";
import { location, service } from "./support/programs";

const config = { "gcp:project": "demo", "gcp-invoke:smoke": "off" };
type Options = Partial<InvokableServiceArgs>;
const beside = (sidecar: object): Options => ({ sidecars: { p: { image: "p", ...sidecar } } });

/** What is refused, what the error says, and the neighbour that is taken. */
const REFUSED: Record<string, [options: Options, says: string, taken: Options]> = {
    "a reserved variable": [
        { env: { PORT: "80" } },
        "env: The following reserved env names were provided: PORT.",
        { env: { PORTS: "80" } },
    ],
    "a reserved variable of a sidecar": [
        beside({ env: { K_SERVICE: "a" } }),
        "sidecars.p.env: The following reserved",
        beside({ env: { SERVICE: "a" } }),
    ],
    "a port beyond the last": [{ port: 65_536 }, "port: 65536 is no port", { port: 65_535 }],
    "a timeout beyond the period": [
        { livenessProbe: { path: "/", timeoutSeconds: 5, periodSeconds: 4 } },
        "livenessProbe.timeoutSeconds: 5 is more than period_seconds, which is 4",
        { livenessProbe: { path: "/", timeoutSeconds: 4, periodSeconds: 4 } },
    ],
    "a port of a probe": [
        { startupProbe: { path: "/", port: 70_000 } },
        "startupProbe.port: 70000 is no port",
        { startupProbe: { path: "/", port: 7000 } },
    ],
    "a long start of a sidecar": [
        beside({ startupProbe: { periodSeconds: 100 } }),
        "sidecars.p.startupProbe.failureThreshold: failure_threshold times period_seconds is 300",
        beside({ startupProbe: { periodSeconds: 80 } }),
    ],
    "a name of a sidecar": [
        { sidecars: { Proxy: { image: "p" } } },
        'sidecars.Proxy.name: "Proxy" must be lowercase',
        { sidecars: { proxy: { image: "p" } } },
    ],
    "a GPU with too little CPU": [
        { gpu: "nvidia-l4", cpu: "2", memory: "8Gi" },
        "cpu: Invalid value specified for cpu. A GPU needs at least 4 CPU",
        { gpu: "nvidia-l4", cpu: "4", memory: "16Gi" },
    ],
    "a part of a CPU for many requests": [
        { cpu: "0.5", concurrency: 10 },
        "cpu: Invalid value specified for cpu. Total cpu < 1",
        { cpu: "0.5", concurrency: 1 },
    ],
    "the memory of a sidecar": [
        beside({ memory: "64Gi" }),
        "sidecars.p.memory: Invalid value specified for memory.",
        beside({ memory: "1Gi" }),
    ],
    "more instances at least than at most": [
        { minInstances: 3, maxInstances: 2 },
        "minInstances: is 3, more than maxInstances, which is 2",
        { minInstances: 2, maxInstances: 2 },
    ],
};

describe("what Cloud Run refuses", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    for (const [what, [options, says, taken]] of Object.entries(REFUSED)) {
        it(`is an error of the argument for ${what}, and its neighbour is taken`, async () => {
            const said = await refusal(() => service("c", options), { config });
            assert.ok(said.startsWith(says), said);
            await deploy(() => service("c", taken), { config });
        });
    }

    it("is not judged where a value is not known yet", async () => {
        const later = <T extends string | number>(value: T) => pulumi.output<T>(value) as pulumi.Output<T>;
        const options: Options = {
            port: later(70_000),
            cpu: later("2"),
            memory: "8Gi",
            minInstances: later(3),
            maxInstances: 2,
            startupProbe: { periodSeconds: 5, timeoutSeconds: later(9) },
            livenessProbe: { path: later("/"), timeoutSeconds: 3 },
            volumes: { "/a": { bucket: later("b") } },
            sidecars: { p: { image: later("p"), env: { A: later("x") }, startupProbe: { port: later(70_000) } } },
        };
        await deploy(() => service("c", options), { config });
    });

    it("is an error of a job too", async () => {
        const job = (name: string) => new InvokableJob("j", { image: "a", location, env: { [name]: "a" } });
        assert.match(await refusal(() => job("CLOUD_RUN_JOB"), { config }), /^env: .*CLOUD_RUN_JOB/);
        await deploy(() => job("PORT"), { config });
    });

    it("fails the sandbox's preview of a resource that the program makes itself, by its property", async () => {
        await using sandbox = await Sandbox.start({ project: "demo" });
        const up = async (template: gcp.types.input.cloudrunv2.ServiceTemplate): Promise<string> => {
            const stack = await sandbox.up(() => {
                void new gcp.cloudrunv2.Service("s", { location, deletionProtection: false, template });
                return Promise.resolve({});
            });
            const made = sandbox.decisions().filter(({ permission }) => permission === "run.services.create").length;
            return `${stack.result} ${made} ${JSON.stringify(stack.diagnostics)}`;
        };
        const mount = { volumeMounts: [{ name: "w", mountPath: "/a" }] };
        const wrong: [gcp.types.input.cloudrunv2.ServiceTemplate, RegExp][] = [
            [
                { containers: [{ image: "a" }, { image: "b" }] },
                /failed 0 .*property template\.containers .*exactly one container/,
            ],
            [
                { containers: [{ image: "a", envs: [{ name: "PORT", value: "1" }] }] },
                /failed 0 .*property template\.containers\[0\]\.envs .*PORT/,
            ],
            [
                { containers: [{ image: "a", ...mount }] },
                /failed 0 .*containers\[0\]\.volumeMounts\[0\]\.name .*there is no volume/,
            ],
            [
                { containers: [{ image: "a", startupProbe: { tcpSocket: {}, timeoutSeconds: 11 } }] },
                /failed 0 .*containers\[0\]\.startupProbe\.timeoutSeconds/,
            ],
        ];
        for (const [template, says] of wrong) {
            assert.match(await up(template), says);
        }
        const right = { containers: [{ image: "a", ...mount }], volumes: [{ name: "w", emptyDir: {} }] };
        assert.match(await up(right), /^succeeded 1 /);
    });
});
