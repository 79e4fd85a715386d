import Because

/// What several tests look at, made once.
enum Made {
    static let vectors = Task { try await Vectors.make() }

    /// What this implementation says of each ledger, and what it finds.
    static let said = Task {
        let ledgers = try await vectors.value.ledgers
        var said: [String: (VectorTests.Said, [LedgerVector.Expectation])] = [:]
        for vector in ledgers {
            let scratch = try Scratch()
            let folder = try scratch.folder("ledger")
            try vector.build(in: folder, among: ledgers)
            let key = try vector.key.map { try VerifierKey(parsing: $0) }
            let report = try await Verification(folder: folder, key: key).run()
            said[vector.name] = (VectorTests.Said(report), report.expectations)
        }
        return said
    }
}
