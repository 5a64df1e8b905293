exports.report = (request, response) => response.end("{}");
