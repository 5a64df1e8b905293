/** Answers with the path of the request, and with who called, as the gateway or the proxy tells it. */
module.exports = (request, response) => {
    const info = request.headers["x-apigateway-api-userinfo"] ?? request.headers["x-endpoint-api-userinfo"];
    const { iss: caller } = info === undefined ? {} : JSON.parse(Buffer.from(info, "base64url").toString());
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ path: request.url, caller }));
};
