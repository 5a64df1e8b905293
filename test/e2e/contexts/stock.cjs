// Answers whoever Cloud Run lets in.
module.exports = (request, response) => response.end("ok");
