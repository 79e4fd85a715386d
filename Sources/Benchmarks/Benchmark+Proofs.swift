import Because

/// What proofs cost, signatures apart.
extension Benchmark {
    /// Each round opens the ledger anew, so that it has seen no tile before.
    func proofs(of path: String) throws -> [Row] {
        let numbers = spread(min(200, size)).map { UInt64($0 + Workload.firstDecision) }
        let count = numbers.count
        var first = Row("proof-first", "inclusion proof made, tile not seen before", unit: "µs", count: count)
        var again = Row(
            "proof-again", "inclusion proof made, tile seen before", unit: "µs", count: count,
            target: Target(atMost: 20, entries: Self.targetSize))
        var checked = Row(
            "proof-checked", "inclusion proof checked", unit: "µs", count: count,
            target: Target(atMost: 5, entries: Self.targetSize))
        var proven = Row("proven", "entry read, hashed and proven, tile seen before", unit: "µs", count: count)
        let leaves = try Ledger.open(at: path, for: .reading).read { view in
            try numbers.map { (number: $0, leaf: try view.proven($0).leaf) }
        }
        for _ in 0..<rounds {
            try Ledger.open(at: path, for: .reading).read { view in
                // The tiles above, which every proof shares, and the statements of SQLite are there before.
                for number in [0, UInt64(size)] { _ = try view.proven(number) }
                var proofs: [InclusionProof] = []
                let make = {
                    proofs = try leaves.map { try view.inclusionProof(of: $0.leaf, at: $0.number, in: view.checkpoint) }
                }
                first.values.append(try Stopwatch.microseconds(count, make))
                again.values.append(try Stopwatch.microseconds(count, make))
                checked.values.append(
                    try Stopwatch.microseconds(count) {
                        for (proof, of) in zip(proofs, leaves) {
                            try proof.check(
                                leaf: of.leaf, index: of.number, size: view.size, root: view.checkpoint.root)
                        }
                    })
                proven.values.append(
                    try Stopwatch.microseconds(count) { for number in numbers { _ = try view.proven(number) } })
            }
        }
        return [first, again, checked, proven]
    }

    func consistencyProofs() throws -> [Row] {
        let sizes = spread(min(100, size)).map { UInt64($0 + 1) }
        var first = Row(
            "consistency-first", "consistency proof made and checked, tile not seen before", unit: "µs",
            count: sizes.count)
        var again = Row(
            "consistency-again", "consistency proof made and checked, tile seen before", unit: "µs",
            count: sizes.count)
        for _ in 0..<rounds {
            try Ledger.open(at: largeLedger, for: .reading).read { view in
                let make = { for size in sizes { _ = try view.consistencyProof(from: size, to: view.checkpoint) } }
                first.values.append(try Stopwatch.microseconds(sizes.count, make))
                again.values.append(try Stopwatch.microseconds(sizes.count, make))
            }
        }
        return [first, again]
    }
}
