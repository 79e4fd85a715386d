import Because

/// A proof file or a published folder, whom it is checked for, and what comes of it.
struct EvidenceVector: Sendable {
    let name: String
    /// `proof` or `published`.
    let kind: String
    let files: [String: [UInt8]]
    let path: String
    let members: JSONObject
    let status: Int
    /// The exit status of our own half, and its verdict on a proof file.
    let check: @Sendable () throws -> (status: Int, verdict: String?)

    var json: JSON {
        var object = members
        object["name"] = .string(name)
        object["kind"] = .string(kind)
        object["file"] = .string(path)
        object["exit_status"] = .integer(Int64(status))
        return .object(object)
    }
}

enum EvidenceVectors {
    static func all(in scratch: Scratch) async throws -> [EvidenceVector] {
        let good = try scratch.folder("proven")
        let proof = try await Fixed.ledger(in: good) { ledger in
            try await Fixed.good(ledger)
            return try await ledger.prove(3, disclosing: .all).file
        }
        let folder = try scratch.folder("proven-keys")
        let late = try await Fixed.ledger(in: folder) { ledger in
            try await Fixed.twoKeys(ledger)
            return try await ledger.prove(2, disclosing: .none).file
        }
        try KeyFile.create(Fixed.key(1), at: "\(good)/key")
        let published = try scratch.folder("published")
        _ = try await Publishing(ledger: good, into: published).run()
        return try proofs(proof, late) + folders(try readFiles(published))
    }

    // MARK: Proof files

    private static func proofs(_ good: ProofFile, _ late: ProofFile) throws -> [EvidenceVector] {
        func vector(_ name: String, _ text: String, key: Int = 1, policy: String? = nil, _ status: Int) throws
            -> EvidenceVector
        {
            let path = "proofs/\(name).json"
            let bytes = Array(text.utf8)
            let verifier = Fixed.key(key).verifierKey
            var members: JSONObject = ["key": .string(verifier.text)]
            members["policy"] = policy.map(JSON.string)
            let read = try policy.map { try Policy(parsing: Array($0.utf8)) }
            return EvidenceVector(
                name: "proof-" + name, kind: "proof", files: [path: bytes], path: path, members: members, status: status
            ) {
                let check = ProofCheck(bytes, trust: Trust(logs: [verifier], policy: read))
                return (Int(check.exitStatus), check.verdict.rawValue)
            }
        }
        let text = String(decoding: good.bytes, as: UTF8.self)
        let keys = String(decoding: late.bytes, as: UTF8.self)
        func lie(_ name: String, _ old: String, _ new: String, _ status: Int = 2) throws -> EvidenceVector {
            try vector(name, text.replacing(old, with: new), status)
        }
        let first = String(decoding: good.evidence.disclosures[0], as: UTF8.self)
        let second = String(decoding: good.evidence.disclosures[1], as: UTF8.self)
        let witness = Fixed.key(5, name: "witness.example").cosignatureKey.text
        return [
            try vector("good", text, 0), try vector("through-two-changes-of-keys", keys, 0),
            try vector("by-the-newest-key", keys, key: 3, 0),
            try vector("by-a-key-that-was-revoked", keys, key: 2, 0),
            try vector("of-an-unknown-log", text.replacing("\(Fixed.origin)\\n", with: "else.example/log\\n"), 1),
            try vector("by-an-unknown-key", text, key: 9, 2),
            try vector("changes-of-keys-by-others", keys, key: 9, 2),
            try vector("not-witnessed", text, policy: "witness w \(witness)\nquorum w\n", 2),
            try vector("no-witness-required", text, policy: "witness w \(witness)\nquorum none\n", 0),
            try vector(
                "payload-changed", text.replacing(#"\"outcome\":\"refuse\""#, with: #"\"outcome\":\"comply\""#), 2),
            try lie("of-another-number", "index 3", "index 4"),
            try lie("of-another-format", "because-proof/1", "because-proof/9", 1),
            try lie("size-changed", "\\n9\\n", "\\n8\\n"),
            try lie("word-of-a-citation-changed", "Say what is true.", "Say what is due."),
            try lie("disclosure-of-another-value", String(first.prefix(30)), String(second.prefix(30))),
            try lie("disclosures-in-another-order", #""\#(first)","\#(second)""#, #""\#(second)","\#(first)""#),
            try lie("disclosure-twice", #""\#(first)","#, #""\#(first)","\#(first)","#),
            try lie("white-space", #","format""#, #", "format""#),
            try lie("member-added", #","format""#, #","extra":1,"format""#),
            try lie("member-missing", #","keys":[]"#, ""), try vector("cut-off", String(text.dropLast(20)), 2),
            try vector("and-garbage", text + "garbage", 2), try vector("empty", "", 1),
            try vector("no-proof-at-all", "hello\n", 1),
            try vector("change-of-keys-left-out", keys.replacing(#"{"entry""#, with: #"{"Entry""#), 2),
        ]
    }

    // MARK: Published folders

    private static func folders(_ good: [String: [UInt8]]) throws -> [EvidenceVector] {
        func vector(_ name: String, key: Int? = 1, _ status: Int, _ change: (inout [String: [UInt8]]) -> Void)
            -> EvidenceVector
        {
            var changed = good
            change(&changed)
            let content = changed
            let verifier = key.map { Fixed.key($0).verifierKey }
            var members = JSONObject()
            members["key"] = verifier.map { .string($0.text) }
            let placed = Dictionary(uniqueKeysWithValues: content.map { ("published/\(name)/\($0.key)", $0.value) })
            return EvidenceVector(
                name: "published-" + name, kind: "published", files: placed, path: "published/\(name)",
                members: members,
                status: status
            ) {
                let log = PublishedLog(
                    PublishedFiles(paths: content.keys.sorted()) { content[$0] },
                    trust: verifier.map { .keys([$0]) } ?? .none)
                return (Int(try log.check().exitStatus), nil)
            }
        }
        func flipped(_ bytes: [UInt8]?, _ offset: Int) -> [UInt8] {
            var bytes = bytes ?? []
            bytes[offset] ^= 1
            return bytes
        }
        let tile = "tile/0/000.p/9"
        let bundle = "tile/entries/000.p/9"
        return [
            vector("good", 0) { _ in }, vector("without-a-key", key: nil, 1) { _ in },
            vector("by-another-key", key: 9, 2) { _ in },
            vector("tile-missing", 2) { $0[tile] = nil }, vector("bundle-missing", 2) { $0[bundle] = nil },
            vector("hash-in-a-tile-changed", 2) { $0[tile] = flipped($0[tile], 40) },
            vector("entry-in-a-bundle-changed", 2) { $0[bundle] = flipped($0[bundle], 300) },
            vector("length-in-a-bundle-changed", 2) { $0[bundle] = flipped($0[bundle], 1) },
            vector("bundle-cut-off", 2) { $0[bundle]?.removeLast() },
            vector("tile-too-long", 2) { $0[tile]?.append(0) },
            vector("root-changed", key: nil, 2) {
                $0["checkpoint"] = flipped($0["checkpoint"], Fixed.origin.utf8.count + 4)
            },
            vector("signature-changed", 2) {
                $0["checkpoint"] = flipped($0["checkpoint"], ($0["checkpoint"]?.count ?? 0) - 20)
            },
            vector("file-of-no-log", 2) { $0["tile/0/notes"] = [1] },
            vector("earlier-tile-differs", 2) { $0["tile/0/000.p/2"] = [UInt8](repeating: 7, count: 64) },
            vector("earlier-tile", 0) { files in files["tile/0/000.p/2"] = files[tile].map { Array($0.prefix(64)) } },
        ]
    }
}
