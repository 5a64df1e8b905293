// What answers for `front`.
module.exports = function front(request, response) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ greeting: "hello", path: request.url }));
};
