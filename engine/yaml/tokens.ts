/** A type or a function as Pulumi's engine knows it: `gcp:storage:Bucket` stands for `gcp:storage/bucket:Bucket`. */
export function fullToken(short: string, isComponent: boolean): string {
    const [name = "", module = "index", member] = short.split(":");
    if (name === "pulumi") {
        return short;
    }
    const [place, last] = member === undefined ? ["index", module] : [module, member];
    if (isComponent || place.includes("/")) {
        return `${name}:${place}:${last}`;
    }
    return `${name}:${place}/${last.charAt(0).toLowerCase()}${last.slice(1)}:${last}`;
}
