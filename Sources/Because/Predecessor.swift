/// A ledger that a later one continues after a declared break, as far as it could be verified.
struct Predecessor: Sendable {
    enum Standing: Sendable {
        /// It lies in `previous`, and its entries have the root of its last good checkpoint.
        case there(LogReport)
        /// It does not lie in `previous`.
        case absent
        /// What lies in `previous` is another one, or was changed, or cannot be read.
        case different
    }

    /// What the first entry of the later ledger says of it.
    let continuation: Continuation
    let standing: Standing

    var origin: String { continuation.origin }

    /// What its verification found; `nil` unless it is there.
    var log: LogReport? { if case .there(let log) = standing { log } else { nil } }

    /// Why its entries were not compared with anything.
    var absence: String {
        switch standing {
        case .there: ""
        case .absent: "it is not in the folder `previous`"
        case .different: "what is in the folder `previous` is not that ledger as it was left"
        }
    }

    /// The keys that sign for it, for who was given the keys `given` of any logs: a key of this one that it never had is
    /// the only one believed. None where it is not there and none was given.
    func keys(given: [VerifierKey]) -> [VerifierKey] {
        let given = given.filter { $0.name.isSame(as: origin) }
        guard let known = log?.keys?.keys, given.isEmpty || given.contains(where: known.contains) else { return given }
        return known
    }

    /// The number of its entries that were good or declared lost, as far as the declaration gives one.
    var declaredSize: UInt64? {
        if let lost = continuation.lostSize { return max(lost, continuation.goodSize) }
        // What comes after the good entries was declared not to hold, as far as it is there.
        return continuation.what == .damaged ? log?.size : continuation.goodSize
    }
}
