import { create } from "@bufbuild/protobuf";
import {
    FieldDescriptorProto_Label as Label,
    FieldDescriptorProto_Type as Type,
    FieldDescriptorProtoSchema,
    type DescriptorProto,
    type FileDescriptorProto,
    type FileDescriptorSet,
} from "@bufbuild/protobuf/wkt";

interface Field {
    name: string;
    type: Type;
    repeated?: boolean;
    /** For a field that is a message: its name, and its file if that is another file. */
    message?: { name: string; file?: string };
}

/** The network of a function. Its interface has the form of a service's; the values of egress are not listed here [K]. */
const DIRECT_VPC: Field[] = [
    {
        name: "direct_vpc_network_interface",
        type: Type.MESSAGE,
        repeated: true,
        message: {
            name: "google.cloud.run.v2.VpcAccess.NetworkInterface",
            file: "google/cloud/run/v2/vendor_settings.proto",
        },
    },
    { name: "direct_vpc_egress", type: Type.STRING },
];

/**
 * Fields that Google's APIs take, and that their published protos do not have yet, by message: those of Google's discovery
 * documents, and those that the gcp provider sends.
 */
const FIELDS: Record<string, Field[]> = {
    "google.cloud.functions.v2.ServiceConfig": DIRECT_VPC,
    "google.cloud.functions.v2beta.ServiceConfig": DIRECT_VPC,
    "google.cloud.run.v2.Probe": [{ name: "success_threshold", type: Type.INT32 }],
    "google.cloud.run.v2.RevisionScaling": [
        { name: "concurrency_utilization", type: Type.DOUBLE },
        { name: "cpu_utilization", type: Type.DOUBLE },
    ],
    "google.cloud.tasks.v2.Queue": [
        // As v2beta3 has it [K].
        {
            name: "http_target",
            type: Type.MESSAGE,
            message: { name: "google.cloud.tasks.v2beta3.HttpTarget", file: "google/cloud/tasks/v2beta3/target.proto" },
        },
    ],
    "google.cloud.workflows.executions.v1.Execution": [
        { name: "create_time", type: Type.MESSAGE, message: { name: "google.protobuf.Timestamp" } },
        { name: "execution_history_level", type: Type.STRING },
        { name: "disable_concurrency_quota_overflow_buffering", type: Type.BOOL },
    ],
};

/** Adds the {@link FIELDS} that are missing. Their numbers are invented, so that gRPC clients cannot send them. */
export function amend(set: FileDescriptorSet): FileDescriptorSet {
    for (const file of set.file) {
        for (const message of file.messageType) {
            const missing = (FIELDS[`${file.package}.${message.name}`] ?? []).filter(
                ({ name }) => !message.field.some((field) => field.name === name),
            );
            missing.forEach((field, index) => add(file, message, field, 10_000 + index));
        }
    }
    set.file = inOrder(set.file);
    return set;
}

function add(file: FileDescriptorProto, to: DescriptorProto, { name, type, repeated, message }: Field, number: number) {
    if (message?.file !== undefined && !file.dependency.includes(message.file)) {
        file.dependency.push(message.file);
    }
    to.field.push(
        create(FieldDescriptorProtoSchema, {
            name,
            jsonName: name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
            number,
            type,
            label: repeated ? Label.REPEATED : Label.OPTIONAL,
            ...(message && { typeName: `.${message.name}` }),
        }),
    );
}

/** Each file after those that it imports, as a registry wants them. */
function inOrder(files: FileDescriptorProto[]): FileDescriptorProto[] {
    const ordered = new Set<FileDescriptorProto>();
    const visit = (file: FileDescriptorProto): void => {
        for (const name of file.dependency) {
            const imported = files.find((other) => other.name === name);
            if (imported && !ordered.has(imported)) {
                visit(imported);
            }
        }
        ordered.add(file);
    };
    files.forEach(visit);
    return [...ordered];
}
