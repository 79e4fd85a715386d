/// Why no proof can be given out.
public enum ProvingError: Error {
    /// No sealed field of the entry that can be disclosed has this path.
    case unknownField(String, entry: UInt64, known: [String], closed: Int)
    /// The checkpoint that covers the entry will be replaced, and cannot be kept now.
    case notKept(entry: UInt64, next: UInt64, reason: String)
    case tooLarge(got: Int, limit: Int)
    case entryNotText(UInt64)
}

extension ProvingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownField(let field, let entry, _, _): "entry \(entry) has no sealed field \(field) to disclose"
        case .notKept(let entry, _, let reason):
            "the only checkpoint that covers entry \(entry) will be replaced by the next one, and cannot be kept now: \(reason)"
        case .tooLarge(let got, let limit): "the proof file would have \(got) bytes; at most \(limit) are read"
        case .entryNotText(let entry): "entry \(entry) is not UTF-8"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .unknownField(_, _, let known, let closed):
            (known.isEmpty
                ? "nothing of it can be disclosed" : "these can be disclosed: all, \(known.joined(separator: ", "))")
                + (closed == 0 ? "" : "; \(closed) more have no value any more")
                + "; everything else stands in the entry in clear"
        case .notKept(_, let next, _):
            "run it again when nothing else records, or once the ledger has more than \(next) entries"
        case .tooLarge: "disclose fewer fields"
        case .entryNotText: "run `because verify`"
        }
    }
}

/// Which sealed fields of an entry a proof file discloses.
public enum DisclosedFields: Sendable {
    case none
    case all
    /// Paths as answers use them: `summary`, `rationale.text`, `inputs[0].text`. The path of an object or list means all
    /// that is sealed in it.
    case paths([String])

    /// The fields named by `words`, among which `all` may stand.
    public init(_ words: [String]) {
        self = words.isEmpty ? .none : words.contains("all") ? .all : .paths(words)
    }
}

/// A proof file ready to leave the ledger, and what it was found to show.
public struct Proof: Sendable {
    public let file: ProofFile
    public let checked: CheckedProof
}

extension Ledger {
    /// The number of the entry that `text` names: an id, the beginning of one, or a number.
    public func number(named text: String) throws -> UInt64 {
        try read { view in
            if let number = UInt64(text), try view.number(ofID: text) == nil { return number }
            return try view.number(matching: text)
        }
    }

    /// Everything that shows entry `number` to somebody who has only a key of the log. What is not in `fields` is not in it.
    ///
    /// The checkpoint is durable, and kept for good, before this returns. A ledger opened for reading cannot keep one: then
    /// `reason` is said where no other covers the entry.
    public func prove(
        _ number: UInt64, disclosing fields: DisclosedFields = .none,
        cannotKeep reason: String = "the ledger was opened for reading only"
    ) async throws -> Proof {
        // What is newest is kept first, so that nothing recorded meanwhile replaces it.
        do { _ = try await keepCheckpoint() } catch .ledgerIsReadOnly {}
        return try await BlockingPool.run {
            let file = try self.read { view in
                try ProofComposer(view: view, number: number).compose(fields, cannotKeep: reason)
            }
            let bytes = file.bytes
            guard bytes.count <= ProofFile.byteLimit else {
                throw ProvingError.tooLarge(got: bytes.count, limit: ProofFile.byteLimit)
            }
            try self.sync()
            // What leaves is what whoever receives it will read.
            let keys = try self.read { $0.keys.keys }
            return Proof(file: file, checked: try ProofFile(parsing: bytes).check(Trust(logs: keys)))
        }
    }
}
