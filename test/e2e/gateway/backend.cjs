/** Says who the gateway tells it that called, and refuses whom the program does not name. */
module.exports = (request, response) => {
    const info = String(
        request.headers["x-apigateway-api-userinfo"] ?? request.headers["x-endpoint-api-userinfo"] ?? "",
    );
    const { email, iss } = info === "" ? {} : JSON.parse(Buffer.from(info, "base64url").toString());
    const known = process.env.CALLERS;
    const allowed = known === undefined || known.split(",").includes(email);
    response.writeHead(allowed ? 200 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify({ email, iss, url: request.url, method: request.method }));
};
