import Because

/// What several tests look at, made once.
enum Made {
    static let vectors = Task { try await Vectors.make() }

    /// What this implementation says of each ledger.
    static let said = Task {
        let ledgers = try await vectors.value.ledgers
        var said: [String: VectorTests.Said] = [:]
        for vector in ledgers {
            let scratch = try Scratch()
            let folder = try scratch.folder("ledger")
            try vector.build(in: folder, among: ledgers)
            let key = try vector.key.map { try VerifierKey(parsing: $0) }
            said[vector.name] = try await VectorTests.Said(folder: folder, key: key)
        }
        return said
    }
}
