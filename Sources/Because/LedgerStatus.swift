import Glibc

/// How a ledger stands.
public struct LedgerStatus: Sendable {
    public let folder: String
    public let origin: String
    /// Where decisions can be contested.
    public let contact: Contact.Recorded?
    /// The key that signs now.
    public let key: VerifierKey
    public let size: UInt64
    public let lastAt: Timestamp
    public let note: SignedNote
    /// The newest time stamp that holds.
    public let timestamp: CheckedTimestamp?
    /// The versions in force, by document.
    public let inForce: [Registration]
    /// Entries that the index holds; `nil` where it cannot be used.
    public let indexed: UInt64?
    /// The newest tree that witnesses confirmed.
    public let witnessing: Witnessing
    /// The entry up to which parts of erased values may still lie in the files; `nil` where none do.
    public let scrubbingDue: UInt64?
    /// How sealed values lie in it.
    public let sealing: StoredSealing
    public let files: [File]

    /// A file of the ledger and its bytes.
    public struct File: Sendable {
        public let name: String
        public let byteCount: Int64
    }

    /// Reads the state of a ledger in a folder.
    public init(of ledger: Ledger) throws {
        guard let folder = ledger.folder else { preconditionFailure("a ledger opened from a folder has one") }
        self.folder = folder
        origin = ledger.origin
        indexed = try ledger.index.readableSize()
        scrubbingDue = try ledger.read { try $0.snapshot.dueScrubbing().last }
        let policy = PolicyFile(ofLedgerIn: folder).witnessPolicy
        (size, lastAt, note, key, inForce, witnessing, timestamp, sealing, contact) = try ledger.read { view in
            let registry = view.specifications.registry
            let documents = Set(registry.registrations.map(\.id)).sorted()
            let last = try view.provenEntry(view.size - 1).at
            let inForce = documents.compactMap { registry.inForce($0) }
            return (
                view.size, last, view.note, view.keys.current, inForce, try policy.witnessing(in: view),
                try view.timestamps(atLeast: 1).last, try view.sealing, try view.contact()
            )
        }
        let names = ["log.sqlite", "log.sqlite-wal", "index.sqlite", "head", "key", "policy"]
        files = names.compactMap { name in
            var status = stat()
            guard stat("\(folder)/\(name)", &status) == 0 else { return nil }
            return File(name: name, byteCount: Int64(status.st_size))
        }
    }

    public var text: String {
        var lines = [
            "ledger      \(VisibleText.line(folder))", "origin      \(origin)",
            "entries     \(size), the last of \(lastAt)",
            "key         \(key.text)",
        ]
        let contactLines = contact?.text.split(separator: "\n") ?? ["none is recorded; because contact set records one"]
        lines += contactLines.enumerated().map {
            "\($0 == 0 ? "contact     " : "            ")\(VisibleText.line(String($1)))"
        }
        lines.append(
            inForce.isEmpty
                ? "in force    no specification"
                : inForce.map { "in force    \($0.id)@\($0.version), \($0.sections.count) sections, entry \($0.entry)" }
                    .joined(separator: "\n"))
        switch indexed {
        case nil: lines.append("index       none that can be used; it is made when something is asked")
        case size: lines.append("index       holds every entry")
        case let indexed?: lines.append("index       holds \(indexed) entries; it catches up when something is asked")
        }
        if let scrubbingDue {
            lines.append(
                "erased      parts of values erased up to entry \(scrubbingDue) may lie in files: because erase --resume"
            )
        }
        switch sealing {
        case .clear: break
        case .encrypted:
            lines.append("sealed      encrypted, each person's values under a key of the key ring that was given")
        case .locked: lines.append("sealed      encrypted, and no key ring was given: they cannot be read")
        }
        for file in files { lines.append("file        \(file.name), \(file.byteCount) bytes") }
        lines.append("witnesses   \(witnessing.sentence(of: size))")
        lines.append("time stamp  \(timestamp.map { VisibleText.line($0.text) } ?? "none")")
        lines.append("checkpoint")
        let checkpoint = String(decoding: note.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        lines += checkpoint.dropLast().map { "    \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    public var json: JSON {
        var object: JSONObject = [
            "origin": .string(origin), "key": .string(key.text), "size": .integer(Int64(size)),
            "last_at": .string(lastAt.description),
            "checkpoint": .string(String(decoding: note.bytes, as: UTF8.self)),
            "in_force": .array(
                inForce.map {
                    ["document": .string($0.id), "version": .string($0.version), "n": .integer(Int64($0.entry))]
                }),
            "files": .array(files.map { ["name": .string($0.name), "bytes": .integer($0.byteCount)] }),
        ]
        object["witnesses"] = .array(witnessing.statements.map(\.json))
        object["witnessing"] = witnessing.json
        object["indexed"] = indexed.map { .integer(Int64($0)) }
        object["contact"] = contact?.json
        object["timestamp"] = timestamp?.json
        object["scrubbing_due"] = scrubbingDue.map { .integer(Int64($0)) }
        object["sealing"] = sealing == .clear ? nil : .string(sealing == .locked ? "locked" : "encrypted")
        return .object(object)
    }
}
