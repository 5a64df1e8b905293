/**
 * Whether a stream gets colours. They follow the customary variables, and then the stream: `NO_COLOR` (https://no-color.org) turns
 * them off, also beside `FORCE_COLOR`, which turns them on. In Node, `FORCE_COLOR` would win.
 */
export function hasColor({ isTTY }: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
    return env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== "0" : isTTY === true;
}
