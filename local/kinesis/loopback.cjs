// Loaded before kinesis-local, which listens on every interface and takes no other address: keeps
// it on loopback. The port that it is told is only a name; the system gives a free one, and a line
// on stdout says which. It ends when whoever started it is gone, however that ended.
const net = require("node:net");

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (name, listening) {
  return listen.call(this, 0, "127.0.0.1", () => {
    console.log(`port ${name} is ${this.address().port}`);
    listening();
  });
};

process.stdin.on("end", () => process.exit()).resume();
