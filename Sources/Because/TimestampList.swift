/// The time stamps that a ledger has.
public struct TimestampList: Sendable {
    /// One that is stored.
    public struct Row: Sendable {
        public let size: UInt64
        public let result: Result<CheckedTimestamp, TimestampError>
    }

    /// By size.
    public let rows: [Row]

    /// Reads and checks all time stamps of a ledger. Whether their checkpoints are in the tree is for `verify` to say.
    public init(of ledger: Ledger, trusting trusted: TrustedCertificates? = nil) throws {
        rows = try ledger.read { view in
            try view.snapshot.attestedSizes().flatMap { size -> [Row] in
                guard let stored = try view.snapshot.checkpoint(atMost: size), stored.size == size else { return [] }
                let checkpoint = Checkpoint(origin: view.checkpoint.origin, size: size, root: stored.root)
                return try view.snapshot.timestamps(of: size).map { timestamp in
                    Row(
                        size: size,
                        result: Result { () throws(TimestampError) in
                            try TimestampToken(parsing: timestamp.token).checked(of: checkpoint, trusting: trusted)
                        })
                }
            }
        }
    }

    /// Whether all of them hold.
    public var holds: Bool { rows.allSatisfy { (try? $0.result.get()) != nil } }

    public var text: String {
        rows.map { row in
            switch row.result {
            case .success(let checked): checked.text
            case .failure(let error): "a time stamp of the first \(row.size) entries does not hold: \(error)"
            }
        }.map { VisibleText.line($0) + "\n" }.joined()
    }

    /// `{"format","timestamps":[…]}`; one that does not hold has `size` and `problem`.
    public var json: JSON {
        let rows = rows.map { row -> JSON in
            switch row.result {
            case .success(let checked): checked.json
            case .failure(let error): ["size": .integer(Int64(row.size)), "problem": .string(error.description)]
            }
        }
        return ["format": "because-timestamps/1", "timestamps": .array(rows)]
    }
}
