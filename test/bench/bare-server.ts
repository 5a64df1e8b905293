import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The yardstick, as a process of its own: `node:http`, and each request's RS256 token verified by `node:crypto`, with
 * nothing else. Gets the public key as its argument and says its port.
 */
const key = createPublicKey({ key: JSON.parse(process.argv[2] ?? "{}") as JsonWebKey, format: "jwk" });
const server = createServer((request, response) => {
    const token = (request.headers.authorization ?? "").slice("Bearer ".length);
    const [head = "", body = "", signature = ""] = token.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as { exp: number };
    const good =
        claims.exp * 1000 > Date.now() &&
        verify("RSA-SHA256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"));
    const text = "fine";
    response.writeHead(good ? 200 : 401, { "content-type": "text/plain", "content-length": text.length }).end(text);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
