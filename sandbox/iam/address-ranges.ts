import { BlockList, isIP } from "node:net";

/** Whether an address is in a range such as `203.0.113.0/24`. */
export function isInRange(address: string, range: string): boolean {
    const plain = address.replace(/^::ffff:(?=[\d.]+$)/, "");
    const version = isIP(plain);
    return version !== 0 && listOf(range)?.check(plain, version === 4 ? "ipv4" : "ipv6") === true;
}

/** Whether a text is an address or a range of addresses. */
export const isRange = (text: string): boolean => listOf(text) !== undefined;

function listOf(range: string): BlockList | undefined {
    const [address = "", bits] = range.split("/");
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const length = bits === undefined ? most : /^\d+$/.test(bits) ? Number(bits) : Infinity;
    if (version === 0 || length > most) {
        return undefined;
    }
    const list = new BlockList();
    list.addSubnet(address, length, version === 4 ? "ipv4" : "ipv6");
    return list;
}
