module.exports.word = 'from the layer';
