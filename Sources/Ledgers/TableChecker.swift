import Cryptography
import Decisions
import Storage

/// Holds the tables of ids and subjects against the entries they were made from.
struct TableChecker {
    let snapshot: any StoreSnapshot
    /// The entries that were verified.
    let size: UInt64
    /// The entries that are there by now. What lies between the two came later, and is not looked at.
    let sizeNow: UInt64

    /// Sums of the two tables, as far as they can be read, and as they are to be.
    struct Sums: Sendable, Equatable {
        var identities = MultisetHash()
        var subjects = MultisetHash()
    }

    func check(_ wanted: Sums, alreadyRead: Sums, _ findings: inout Findings) throws {
        // Tables that fitted once need not be read again. Of one that did not, everything is looked at here.
        if alreadyRead.identities != wanted.identities { try check(wanted.identities, &findings) }
        guard try snapshot.sealing() != .locked else { return }
        if try alreadyRead.subjects != wanted.subjects && subjects() != wanted.subjects && !fitErasures() {
            findings.add(
                Finding(
                    .sealedFields, "subjects_differ",
                    "the table of subjects does not fit the sealed subjects: rows were added, removed or changed"))
        }
        try snapshot.disclosures(sizeNow..<UInt64(1) << 52) { number, _, _ in
            findings.add(
                Finding(
                    .sealedFields, entry: number, "sealed_value_extra",
                    "a sealed value lies under entry \(number), which is not there"))
        }
    }

    /// The sum of the table of ids.
    func identities() throws -> MultisetHash {
        var stored = MultisetHash()
        try snapshot.identityBytes { id, number in if !isLater(number) { stored.insert(id, number) } }
        return stored
    }

    /// The sum of the table of subjects.
    func subjects() throws -> MultisetHash {
        var stored = MultisetHash()
        try snapshot.subjects { code, number in
            if !isLater(number) { code.withUnsafeBytes { stored.insert($0, number) } }
        }
        return stored
    }

    /// Whether erasures since the verification began are all that keeps the table of subjects from being as it is to be.
    private func fitErasures() throws -> Bool {
        let hasErased = try snapshot.ownEntries(EntryType.erasure).contains { $0 >= size }
        guard hasErased else { return false }
        var named = MultisetHash()
        let sealed = SealedRows(subjectKey: try snapshot.subjectKey())
        for lower in stride(from: 0, to: size, by: Int(EntrySegment.width)) {
            try sealed.read(lower..<min(lower + EntrySegment.width, size), snapshot)
            for row in sealed.rows {
                guard let code = sealed.subject(row), try isOpened(by: row) else { continue }
                code.withUnsafeBytes { named.insert($0, row.number) }
            }
        }
        return try subjects() == named
    }

    /// Whether the digest of a disclosure stands in its place of its entry.
    private func isOpened(by row: SealedRows.Row) throws -> Bool {
        guard let bytes = try snapshot.entry(row.number), let body = try? Entry(parsing: bytes).body() else {
            return false
        }
        let digests = SealedFields.digests(in: body)
        return Int(row.ordinal) < digests.count && digests[Int(row.ordinal)] == row.digest
    }

    private func isLater(_ number: UInt64) -> Bool { size..<sizeNow ~= number }

    /// A row that cannot be read must not hide everything else.
    private func check(_ identities: MultisetHash, _ findings: inout Findings) throws {
        do {
            guard try self.identities() != identities else { return }
            try nameRows(&findings)
        } catch StoreError.damaged(let detail) {
            findings.add(
                Finding(.integrity, "identity_wrong", "the table of ids has a row that cannot be read: \(detail)"))
        }
        try nameEntries(&findings)
    }

    /// Finds the rows at fault, which takes a look-up for each.
    private func nameRows(_ findings: inout Findings) throws {
        try snapshot.identities { row in
            guard !isLater(row.number) else { return }
            let entry = try snapshot.entry(row.number).flatMap { try? Entry(parsing: $0) }
            if entry?.id.utf8.elementsEqual(row.id.utf8) != true {
                let fact = row.number < size ? "which has another id" : "which is not there"
                findings.add(
                    Finding(
                        .integrity, entry: row.number, "identity_wrong",
                        "the table of ids has \(row.id) for entry \(row.number), \(fact)"))
            }
        }
    }

    /// Finds the entries that the table does not lead to.
    private func nameEntries(_ findings: inout Findings) throws {
        try snapshot.entries(0..<size) { number, bytes in
            guard let entry = try? Entry(parsing: Array(bytes)), entry.number == number,
                try snapshot.number(ofID: entry.id) != number
            else { return }
            findings.add(
                Finding(
                    .integrity, entry: number, "identity_missing",
                    "the table of ids does not lead from \(entry.id) to entry \(number)"))
        }
    }
}
