/**
 * The name of the file with a stack's state. Projects and stacks may both have periods in their names. The periods of the
 * project are encoded, so that no two stacks share a file.
 */
export function stateName(project: string, stack: string): string {
    return `${project.replaceAll(".", "%2E")}.${stack}.json`;
}
