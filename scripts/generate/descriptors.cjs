// Makes sandbox/apis/descriptors/google.ts: compiles the protos of the APIs that the sandbox serves, by buf. The protos come from
// google-proto-files, a development dependency. The generated file is committed, so that neither users nor the build need the
// 88 MB of protos.
const { execFileSync } = require("node:child_process");
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { dirname, join } = require("node:path");
const { brotliCompressSync } = require("node:zlib");

const protos = dirname(require.resolve("google-proto-files/package.json"));

/** Folders, with all of their files, and single files. */
const APIS = [
    "google/api/serviceusage/v1",
    "google/api/serviceusage/v1beta1",
    "google/cloud/apigateway/v1",
    "google/cloud/audit/audit_log.proto",
    "google/cloud/eventarc/v1",
    "google/cloud/functions/v1",
    "google/cloud/functions/v2",
    "google/cloud/functions/v2beta",
    "google/cloud/iap/v1",
    "google/cloud/kms/v1/resources.proto",
    "google/cloud/kms/v1/service.proto",
    "google/cloud/location",
    "google/cloud/orgpolicy/v2/orgpolicy.proto",
    "google/cloud/resourcemanager/v3",
    "google/cloud/run/v2",
    "google/cloud/scheduler/v1",
    "google/cloud/secretmanager/v1",
    "google/cloud/servicedirectory/v1",
    "google/cloud/tasks/v2",
    "google/cloud/tasks/v2beta3/target.proto",
    "google/cloud/vpcaccess/v1",
    "google/cloud/workflows/executions/v1",
    "google/cloud/workflows/v1",
    "google/devtools/artifactregistry/v1",
    "google/iam/admin/v1",
    "google/iam/credentials/v1",
    "google/iam/v1/iam_policy.proto",
    "google/iam/v2",
    "google/logging/v2",
    "google/longrunning",
    "google/monitoring/v3/alert_service.proto",
    "google/monitoring/v3/notification_service.proto",
    "google/pubsub/v1",
    "google/rpc/error_details.proto",
];

/** Single messages, with those inside them, of an API whose protos are larger than all others together. */
const COMPUTE = "google/cloud/compute/v1/compute.proto";
const MESSAGES = [
    "Address",
    "BackendService",
    "ForwardingRule",
    "Network",
    "NetworkEndpointGroup",
    "SecurityPolicy",
    "SslCertificate",
    "Subnetwork",
    "TargetHttpProxy",
    "TargetHttpsProxy",
    "UrlMap",
].map((name) => `google.cloud.compute.v1.${name}`);

/** Two sets of descriptors are one set if they stand behind one another. */
const build = () => Buffer.concat([buildSet(APIS, []), buildSet([COMPUTE], MESSAGES)]);

function buildSet(paths, types) {
    const files = paths.flatMap((path) =>
        path.endsWith(".proto")
            ? [path]
            : readdirSync(join(protos, path))
                  .filter((name) => name.endsWith(".proto"))
                  .map((name) => `${path}/${name}`),
    );
    const folder = mkdtempSync(join(tmpdir(), "descriptors-"));
    const output = join(folder, "set.binpb");
    try {
        execFileSync(
            process.execPath,
            [
                require.resolve("@bufbuild/buf/bin/buf"),
                "build",
                protos,
                "--exclude-source-info",
                "--as-file-descriptor-set",
                ...files.flatMap((file) => ["--path", join(protos, file)]),
                ...types.flatMap((type) => ["--type", type]),
                ...(types.length > 0 ? ["--exclude-imports"] : []),
                "--output",
                output,
            ],
            { stdio: "inherit" },
        );
        return readFileSync(output);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function make() {
    const set = brotliCompressSync(build());
    const lines = set.toString("base64").match(/.{1,200}/g);
    const text = `// Made by scripts/generate/descriptors.cjs from Google's protos (Apache-2.0, https://github.com/googleapis/googleapis).
/** A google.protobuf.FileDescriptorSet, compressed with Brotli, in base64. */
export const googleDescriptors: string =
${lines.map((line) => `    "${line}"`).join(" +\n")};
`;
    return { "sandbox/apis/descriptors/google.ts": text };
}

module.exports = { make };
