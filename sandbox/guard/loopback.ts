/** Names and addresses of this machine that no other machine can be reached by. */
const LOOPBACK =
    /^(localhost|.+\.localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3}|::ffff:7f[\da-f]{2}:[\da-f]+)$/i;
/** As a destination it is this machine; as an address to listen on, every network of it. */
const ANY_ADDRESS = /^(0\.0\.0\.0|::|\[::\]|0)?$/;

export function isLoopback(host: string): boolean {
    return LOOPBACK.test(host);
}

export function isAnyAddress(host: string): boolean {
    return ANY_ADDRESS.test(host);
}
