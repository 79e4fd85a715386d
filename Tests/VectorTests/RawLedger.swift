import Because

/// The rows of a ledger that nobody recorded: entries of any content, chained, with tiles and checkpoints that fit.
struct RawLedger {
    private(set) var entries: [[UInt8]] = []
    private(set) var disclosures: [(key: UInt64, text: String)] = []
    private var tree = TileBuilder()
    private var rows: [String] = []
    private var link = MerkleTree.emptyRoot
    private let key: SigningKey

    init(key: SigningKey = Fixed.key(1)) {
        self.key = key
        let verifierKey = JSON.string(key.verifierKey.text).string()
        append(
            "ledger", id: "because:ledger",
            body: #"{"format":1,"key":\#(verifierKey),"origin":"\#(key.name.text)"}"#)
    }

    private static func time(_ number: UInt64) -> Timestamp {
        Timestamp(microseconds: 1_790_000_000_000_000 + Int64(number) * 1_000_000)
    }

    /// Adds an entry; its time is a second after the one before unless `second` says otherwise.
    mutating func append(_ type: String, id: String? = nil, body: String, second: UInt64? = nil) {
        let number = UInt64(entries.count)
        let made = try? Entry.bytes(
            number: number, at: Self.time(second ?? number), type: type, id: id ?? "e-\(number)", link: link,
            body: Array(body.utf8))
        guard let bytes = made else { preconditionFailure("an entry of a vector is small") }
        entries.append(bytes)
        link = MerkleTree.leafHash(bytes)
        rows.append("INSERT INTO entries VALUES (\(number), \(SQLText.blob(bytes)));")
        rows.append("INSERT OR IGNORE INTO identities VALUES ('\(id ?? "e-\(number)")', \(number));")
        for tile in tree.append(link) {
            rows.append(
                "INSERT INTO tiles VALUES (\(tile.level), \(tile.number), x'\(tile.root.hex)', x'\(tile.hashes.hex)');")
        }
    }

    /// Adds `count` entries of a type that no reader knows.
    mutating func appendRemarks(_ count: Int) { for _ in 0..<count { append("remark", body: "{}") } }

    /// Seals a value, adds its disclosure where it is not erased, and returns its digest.
    mutating func seal(_ value: String, isErased: Bool = false) -> String {
        let text = Base64.encode(Array(#"["AAAAAAAAAAAAAAAAAAAAAA","\#(value)","\#(value)"]"#.utf8), .url)
        if !isErased {
            rows.append("INSERT INTO sealed VALUES (\(UInt64(entries.count) * 2048), '\(text)');")
        }
        return SHA256.digest(of: Array(text.utf8)).base64URL
    }

    /// Signs the tree as it is.
    mutating func sign(by other: SigningKey? = nil) {
        let checkpoint = Checkpoint(origin: key.name.text, size: tree.size, root: tree.root)
        rows.append(
            "INSERT INTO checkpoints VALUES (\(tree.size), x'\(tree.root.hex)', x'\(checkpoint.signature(by: other ?? key).hex)', 0);"
        )
    }

    /// The checkpoint of the tree as it is, as a note.
    func note(by other: SigningKey? = nil) throws -> SignedNote {
        try Checkpoint(origin: key.name.text, size: tree.size, root: tree.root).signed(by: other ?? key)
    }

    var sql: String {
        (["INSERT INTO secrets VALUES ('subject_key', x'\(String(repeating: "00", count: 32))');"] + rows)
            .joined(separator: "\n") + "\n"
    }
}

extension [UInt8] {
    var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
