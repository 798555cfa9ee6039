"""Makes the archives of this folder, by a second implementation of the format. Run by hand: python3 make.py"""

import io
import stat
import struct
import zipfile
from pathlib import Path

here = Path(__file__).parent
when = (2025, 1, 1, 0, 0, 0)
app = "exports.handler = async () => require('./lib/words.js').hello;\n"
words = "exports.hello = 'zipped';\n"


def info(name, mode=0o644, method=zipfile.ZIP_DEFLATED):
    entry = zipfile.ZipInfo(name, when)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def link(name):
    entry = info(name, stat.S_IFLNK | 0o777, zipfile.ZIP_STORED)
    return entry


def make(name, *entries, comment=b""):
    with zipfile.ZipFile(here / name, "w") as archive:
        archive.comment = comment
        for entry, text in entries:
            archive.writestr(entry, text)


def alter(name, source, old, new):
    data = (here / source).read_bytes()
    assert old in data
    (here / name).write_bytes(data.replace(old, new))


both = (info("app.js"), app), (info("lib/words.js"), words)

make("plain.zip", *both, (info("run.sh", 0o755), "#!/bin/sh\n"), (info("empty/", 0o40755), ""))
make("stored.zip", *((info(entry.filename, method=zipfile.ZIP_STORED), text) for entry, text in both))
# The comment holds the bytes of another end.
make("comment.zip", *both, comment=b"PK\5\6 is how an end begins" + b"\0" * 30)
make("links.zip", *both, (link("main.js"), "app.js"), (link("lib/up.js"), "../app.js"))
make("link-outside.zip", *both, (link("lib/out"), "../../../etc"))
make("write-through-link.zip", (link("lib"), "/tmp"), (info("lib/words.js"), words))
make("outside.zip", (info("../../evil.js"), ""))
make("absolute.zip", (info("/tmp/evil.js"), ""))
make("bzip2.zip", (info("app.js", method=zipfile.ZIP_BZIP2), app))

# A stream cannot be sought: sizes stand behind each file, in data descriptors.
class Stream(io.RawIOBase):
    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)


stream = Stream()
with zipfile.ZipFile(stream, "w") as archive:
    for entry, text in both:
        archive.writestr(entry, text)
(here / "streamed.zip").write_bytes(b"".join(stream.parts))

# Zip64 where nothing asks for it, in the files' headers and, by hand, at the end.
with zipfile.ZipFile(here / "zip64.zip", "w") as archive:
    for entry, text in both:
        with archive.open(entry, "w", force_zip64=True) as file:
            file.write(text.encode())
data = (here / "zip64.zip").read_bytes()
end = data.rindex(b"PK\5\6")
count, size, at = struct.unpack("<HLL", data[end + 10 : end + 20])
record = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
last = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
(here / "zip64.zip").write_bytes(data[:end] + record + locator + last)

alter("wrong-sum.zip", "stored.zip", b"'zipped'", b"'zapped'")
plain = (here / "plain.zip").read_bytes()
(here / "script-before.zip").write_bytes(b"#!/bin/sh\nexit 0\n" + plain)
(here / "cut-off.zip").write_bytes(plain[:60] + plain[plain.rindex(b"PK\5\6") :])

# A small file that says it is 300 MB, and one that is more than it says.
directory = plain.index(b"PK\1\2")
(here / "says-300-mb.zip").write_bytes(
    plain[: directory + 24] + struct.pack("<L", 300_000_000) + plain[directory + 28 :]
)
(here / "says-less.zip").write_bytes(plain[: directory + 24] + struct.pack("<L", 5) + plain[directory + 28 :])
encrypted = bytearray(plain)
encrypted[directory + 8] |= 1
(here / "encrypted.zip").write_bytes(bytes(encrypted))
