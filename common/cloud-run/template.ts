/** How Cloud Run is asked whether a container is well. */
export interface ProbeTemplate {
    initialDelaySeconds?: number;
    timeoutSeconds?: number;
    periodSeconds?: number;
    failureThreshold?: number;
    httpGet?: { port?: number };
    tcpSocket?: { port?: number };
    grpc?: { port?: number };
}

/** A container of an instance of Cloud Run, as version 2 of its API names the fields. */
export interface ContainerTemplate {
    name?: string;
    env?: readonly { name?: string; value?: string }[];
    ports?: readonly { name?: string; containerPort?: number }[];
    volumeMounts?: readonly { name?: string; mountPath?: string }[];
    startupProbe?: ProbeTemplate;
    livenessProbe?: ProbeTemplate;
    readinessProbe?: ProbeTemplate;
    dependsOn?: readonly string[];
    resources?: { limits?: Record<string, string>; cpuIdle?: boolean };
}

/** What the instances of a service, a job or a worker pool are made of. */
export interface InstanceTemplate {
    containers?: readonly ContainerTemplate[];
    volumes?: readonly {
        name?: string;
        secret?: { items?: readonly { path?: string; mode?: number }[]; defaultMode?: number };
        cloudSqlInstance?: { instances?: readonly string[] };
        emptyDir?: object;
        nfs?: object;
        gcs?: object;
    }[];
    executionEnvironment?: string;
    /** Whether it is not known yet which containers have ports. @default false */
    hasUnknownPorts?: boolean;
}

/** What is wrong, and where. */
export type Found = Generator<[field: string, reason: string, place?: string]>;

/** The values of a field of the containers, each with its place and its container. */
export function* each<Key extends keyof ContainerTemplate>(
    { containers = [] }: InstanceTemplate,
    key: Key,
): Generator<[NonNullable<ContainerTemplate[Key]>, string, ContainerTemplate]> {
    for (const [index, container] of containers.entries()) {
        const value = container[key];
        if (value !== undefined) {
            yield [value, `containers[${index}].${snake(key)}`, container];
        }
    }
}

/** A name as Google's messages write it. */
export const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What is wrong with a port; 0 stands for none. */
export function* port(given: number | undefined, field: string): Found {
    if (given !== undefined && given !== 0 && !(Number.isInteger(given) && given > 0 && given < 65_536)) {
        yield [field, `${given} is no port; use 1 to 65535`];
    }
}
