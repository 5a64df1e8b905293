/** The shells whose syntax is known, and files of variables. */
export const SHELLS = ["bash", "fish", "powershell", "dotenv"] as const;
export type Shell = (typeof SHELLS)[number];

interface Syntax {
    set: (name: string, value: string) => string;
    unset: (name: string) => string;
}

const SYNTAX: Record<Shell, Syntax> = {
    bash: {
        set: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
        unset: (name) => `unset ${name}`,
    },
    fish: {
        set: (name, value) => `set -gx ${name} '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
        unset: (name) => `set -e ${name}`,
    },
    powershell: {
        set: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
        unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
    },
    // A file of variables cannot unset one. Most programs treat an empty variable as unset.
    dotenv: {
        set: (name, value) => `${name}=${JSON.stringify(value)}`,
        unset: (name) => `${name}=`,
    },
};

/** The variables as text that a shell evaluates. */
export function formatEnvironment(variables: Record<string, string | undefined>, shell: Shell): string {
    const { set, unset } = SYNTAX[shell];
    return Object.entries(variables)
        .map(([name, value]) => `${value === undefined ? unset(name) : set(name, value)}\n`)
        .join("");
}
