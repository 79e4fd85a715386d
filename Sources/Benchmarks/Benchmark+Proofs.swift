import Because

/// What proofs cost, signatures apart.
extension Benchmark {
    /// Each round opens the ledger anew, so that it has seen no tile before.
    func proofs(of path: String) throws -> [Row] {
        let numbers = spread(min(200, size)).map { UInt64($0 + Workload.firstDecision) }
        var first = Row(
            "proof-first", "entry read, hashed and proven, tile not seen before", unit: "µs", count: numbers.count)
        var again = Row(
            "proof-again", "entry read, hashed and proven, tile seen before", unit: "µs", count: numbers.count,
            target: Target(atMost: 20, entries: Self.targetSize))
        var checked = Row(
            "proof-checked", "inclusion proof checked", unit: "µs", count: numbers.count,
            target: Target(atMost: 5, entries: Self.targetSize))
        for _ in 0..<rounds {
            try Ledger.open(at: path, for: .reading).read { view in
                var proven: [ProvenEntry] = []
                for number in [0, UInt64(size)] { _ = try view.proven(number) }
                first.values.append(
                    try Stopwatch.microseconds(numbers.count) { for number in numbers { _ = try view.proven(number) } })
                again.values.append(
                    try Stopwatch.microseconds(numbers.count) { proven = try numbers.map { try view.proven($0) } })
                checked.values.append(
                    try Stopwatch.microseconds(numbers.count) {
                        for entry in proven {
                            try entry.proof.check(
                                leaf: entry.leaf, index: entry.entry.number, size: view.size,
                                root: view.checkpoint.root)
                        }
                    })
            }
        }
        return [first, again, checked]
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
