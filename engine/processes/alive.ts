/** Whether a process lives. Signal 0 only asks; a process of somebody else answers EPERM, and lives. */
export function isAlive(pid: number): boolean {
    if (!(pid > 0)) {
        return false;
    }
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
