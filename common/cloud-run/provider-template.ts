import { isObject } from "../objects";
import type { ContainerTemplate, InstanceTemplate } from "./template";

type Fields = Record<string, unknown>;

/**
 * A template as Google's provider for Pulumi takes it, in the form of the API. What is not known as a whole is left out: the
 * probe, the port, the volumes with their mounts. So nothing is refused for what may come to be right.
 * @param isKnown - whether a value itself is known, whatever is inside of it
 */
export function fromProvider(template: Fields, isKnown: (value: unknown) => boolean): InstanceTemplate {
    const isWhole = (value: unknown): boolean =>
        isKnown(value) && (typeof value !== "object" || value === null || Object.values(value).every(isWhole));
    const { containers, volumes, executionEnvironment } = template;
    const given = isKnown(containers) && Array.isArray(containers) ? (containers as unknown[]).filter(isObject) : [];
    const hasVolumes = isWhole(volumes);
    const container = (fields: Fields): ContainerTemplate => {
        const { envs, dependsOns, ports, volumeMounts, ...rest } = Object.fromEntries(
            Object.entries(fields).filter(([key, value]) => key === "envs" || key === "resources" || isWhole(value)),
        );
        const variables = isKnown(envs) && Array.isArray(envs) ? (envs as unknown[]).filter(isObject) : [];
        return {
            ...rest,
            resources: known(rest["resources"], isKnown),
            env: variables.map((one) => known(one, isKnown)).filter((one) => one["name"] !== undefined),
            ...(ports !== undefined && { ports: Array.isArray(ports) ? ports : [ports] }),
            ...(hasVolumes && volumeMounts !== undefined && { volumeMounts }),
            ...(dependsOns !== undefined && { dependsOn: dependsOns }),
        } as unknown as ContainerTemplate;
    };
    return {
        containers: given.map(container),
        hasUnknownPorts: !isKnown(containers) || given.some((one) => !isWhole(one["ports"])),
        ...(hasVolumes && Array.isArray(volumes) && { volumes: volumes as InstanceTemplate["volumes"] & object }),
        ...(typeof executionEnvironment === "string" && { executionEnvironment }),
    };
}

/** What is known of an object, to any depth. */
function known(value: unknown, isKnown: (value: unknown) => boolean): Fields {
    return isObject(value) && isKnown(value)
        ? Object.fromEntries(
              Object.entries(value)
                  .filter(([, inner]) => isKnown(inner))
                  .map(([key, inner]) => [key, isObject(inner) ? known(inner, isKnown) : inner]),
          )
        : {};
}
