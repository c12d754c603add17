"""Verifies a SalesOps bundle with nothing but Python's own library: python3 verify.py bundle.json"""
import base64, calendar, hashlib, json, struct, sys, time, uuid


def sha(data):
    return hashlib.sha256(data).digest()


def fields_of(data):
    at, fields = 1, []
    while at < len(data):
        length = struct.unpack_from(">i", data, at)[0]
        fields.append(None if length < 0 else data[at + 4:at + 4 + length])
        at += 4 + max(length, 0)
    return fields


def microseconds(text):
    second, _, fraction = text.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(second, "%Y-%m-%dT%H:%M:%S")) * 10**6 + int(fraction.ljust(6, "0") or 0)


def number(field):
    return struct.unpack(">q", field)[0]


bundle, bad = json.load(open(sys.argv[1], encoding="utf-8")), 0


def check(holds, what):
    global bad
    if not holds:
        bad += 1
        print("BAD", what)


tenant = bundle["tenant"].encode()
before = None
for block in bundle["blocks"]:
    name = "block %d" % block["block"]
    if before:
        check(block["block"] == before["block"] + 1 and block["previous"] == before["hash"], name + " does not follow")
    hashed = sha(bytes.fromhex(block["previous"]) + struct.pack(">i", len(tenant)) + tenant
                 + struct.pack(">qqq", block["first"], block["last"], block["events"]) + bytes.fromhex(block["root"]))
    check(hashed.hex() == block["hash"], name + " has another hash")
    before = block

blocks = {block["block"]: block for block in bundle["blocks"]}
versions, unsealed = {}, 0
redacted = {(event["stream"], item["position"]): (event["position"], item["was"], item["now"])
            for event in bundle["events"] if event["type"] == "subject_erased" for item in event["data"].get("redacted", [])}
for event in bundle["events"]:
    name = "position %d" % event["position"]
    data = base64.b64decode(event["leafBytes"])
    leaf = sha(data)
    if event.get("redacted"):
        by, was, now = redacted.get((event["stream"], event["position"]), (0, "", ""))
        check(by > event["position"] and was == event["leaf"] and now == leaf.hex(), name + " was redacted by nobody")
        leaf = bytes.fromhex(event["leaf"])
    check(leaf.hex() == event["leaf"], name + " has another leaf")
    known = fields_of(data)
    check(data[0] == 0 and len(known) == 13 and known[0] == tenant and number(known[1]) == event["position"]
          and str(uuid.UUID(bytes=known[2])) == event["eventId"] and known[3].decode() == event["stream"]
          and number(known[4]) == event["version"] and known[5].decode() == event["type"]
          and number(known[6]) == microseconds(event["recordedAt"])
          and json.loads(known[11]) == event["headers"] and json.loads(known[12]) == event["data"],
          name + " is not what its bytes say")
    versions[event["stream"]] = versions.get(event["stream"], 0) + 1
    check(event["version"] == versions[event["stream"]], name + " follows a gap in its stream")
    if "block" not in event:
        unsealed += 1
        continue
    for step in event["path"]:
        other = bytes.fromhex(step["hash"])
        leaf = sha(b"\x01" + (other + leaf if step["side"] == "left" else leaf + other))
    block = blocks.get(event["block"])
    if block:
        check(block["first"] <= event["position"] <= block["last"] and leaf.hex() == block["root"],
              name + " is not in block %d" % event["block"])
    else:
        unsealed += 1

print("%d events, %d of them in no block of this bundle, %d blocks" % (len(bundle["events"]), unsealed, len(blocks)))
if before:
    print("The last block is %d with the hash %s" % (before["block"], before["hash"]))
print("BAD" if bad else "OK")
sys.exit(1 if bad else 0)
