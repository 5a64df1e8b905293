const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();

const provider = {
    async create(inputs) {
        return { id: `made-${inputs.word}`, outs: { word: inputs.word, length: inputs.word.length } };
    },
    async diff(_id, olds, news) {
        return { changes: olds.word !== news.word, replaces: olds.word[0] !== news.word[0] ? ["word"] : [] };
    },
    async update(_id, _olds, news) {
        return { outs: { word: news.word, length: news.word.length } };
    },
};

class Word extends pulumi.dynamic.Resource {
    constructor(name, word) {
        super(provider, name, { word, length: undefined });
    }
}

const word = new Word("word", config.require("word"));
module.exports = { id: word.id, length: word.length };
