/// One entry as it is stored, for a person or a program.
public struct ShownEntry: Sendable {
    private let evidence: EntryEvidence
    private let checked: CheckedEntry
    private let erasures: [RecordedErasure]

    /// `erasures` are those on record of values of the entry.
    public init(_ shown: (evidence: EntryEvidence, checked: CheckedEntry), erasures: [RecordedErasure] = []) {
        evidence = shown.evidence
        checked = shown.checked
        self.erasures = erasures
    }

    private var place: (tile: Tile, offset: Int) {
        let number = checked.entry.number
        let size = checked.checkpoint.checkpoint.size
        let tile = Tile(level: 0, number: number / UInt64(Tile.width), size: size)
        guard let tile else { preconditionFailure("an entry that was proven lies in a tile") }
        return (tile, Int(number % UInt64(Tile.width)))
    }

    /// `{"at","disclosures","entry","erased","id","leaf","link","n","offset","proof","root","size","tile","type"}`.
    public var json: JSON {
        let entry = checked.entry
        let checkpoint = checked.checkpoint.checkpoint
        return [
            "n": .integer(Int64(entry.number)), "id": .string(entry.id), "type": .string(entry.type),
            "at": .string(entry.at.description), "entry": .string(String(decoding: entry.bytes, as: UTF8.self)),
            "leaf": .string(entry.leaf.base64URL), "link": .string(entry.link.base64URL),
            "size": .integer(Int64(checkpoint.size)), "root": .string(checkpoint.root.base64URL),
            "tile": .string(place.tile.path), "offset": .integer(Int64(place.offset)),
            "proof": .string(String(decoding: evidence.proof.bytes, as: UTF8.self)),
            "disclosures": .array(
                checked.disclosures.map {
                    [
                        "name": .string($0.name), "value": $0.value, "digest": .string($0.digest.base64URL),
                        "disclosure": .string(String(decoding: $0.text, as: UTF8.self)),
                    ]
                }),
            "erased": .array(erasures.flatMap(\.json)),
        ]
    }

    /// The entry in lines. In a pipe its bytes are exact; on a terminal what hides or reorders text is spelled out.
    public func text(isForTerminal: Bool) -> String {
        let entry = checked.entry
        let checkpoint = checked.checkpoint.checkpoint
        let hashCount = evidence.proof.inclusion.hashes.count
        let stored = String(decoding: entry.bytes, as: UTF8.self)
        var lines = [
            "entry       \(entry.number), \(entry.type) \(entry.id), \(entry.at)",
            "stored      \(isForTerminal ? VisibleText.line(stored) : stored)",
            "link        \(entry.link)",
            "leaf        \(entry.leaf)",
            "place       hash \(place.offset) of \(place.tile.path)",
            "proven      by \(hashCount) \(hashCount == 1 ? "hash" : "hashes") in the tree of \(checkpoint.size) entries",
            "root        \(checkpoint.root), signed by \(checked.checkpoint.log.text)",
            "sealed      \(checked.sealedCount) fields, of which \(checked.disclosures.count) can be opened",
        ]
        for disclosure in checked.disclosures {
            lines.append(
                "  \(disclosure.digest)  \(VisibleText.line(disclosure.name)): \(disclosure.value.string(.visible))")
        }
        for erasure in erasures {
            for digest in erasure.erasure.digests {
                let name = VisibleText.line(erasure.field(digest) ?? "a field")
                lines.append(
                    "  \(digest)  \(name): erased by entry \(erasure.erasure.entry)\(VisibleText.line(erasure.grounds))"
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
