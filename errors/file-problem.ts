/** What the codes of the file system mean to somebody who named a path. https://nodejs.org/api/errors.html#common-system-errors */
const FILE_PROBLEMS: Readonly<Record<string, [wrong: string, fix: string]>> = {
    ENOENT: ["there is no such file or folder", "correct the path"],
    ENOTDIR: ["a part of this path is a file, where a folder is expected", "name a folder"],
    EISDIR: ["it is a folder, where a file is expected", "name a file"],
    EEXIST: ["it exists already", "name another path"],
    EACCES: ["this user has no right to it", "change the rights, or name another path"],
    EPERM: ["this user has no right to it", "change the rights, or name another path"],
    EROFS: ["its file system can only be read", "name another path"],
    ENOSPC: ["the disk is full", "make room, or name another path"],
    EDQUOT: ["this user's share of the disk is full", "make room, or name another path"],
    ENAMETOOLONG: ["its name is too long", "name a shorter path"],
    ELOOP: ["its symbolic links lead in a circle", "name another path"],
};

/** What is wrong with a path, if an error comes from the file system and says so, and what to do. */
export function fileProblem(error: unknown): { wrong: string; fix: string } | undefined {
    const { code, syscall } = Object(error) as NodeJS.ErrnoException;
    const found = code === undefined || syscall === undefined ? undefined : FILE_PROBLEMS[code];
    return found && { wrong: found[0], fix: found[1] };
}
