/// One line of an export: the exact bytes of an entry, its disclosures, and for a specification its document.
///
/// `{"disclosures":[…],"entry":"…","n":41}`. Who holds the lines can check every link; `record` into a new ledger takes them.
public struct ExportedEntry: Sendable {
    public let entry: Entry
    public let disclosures: [Disclosure]
    /// The document of the first part of a specification, where it fits into a line.
    public let document: String?

    /// The line, without its end.
    public var json: JSON {
        var object: JSONObject = [
            "n": .integer(Int64(entry.number)), "entry": .string(String(decoding: entry.bytes, as: UTF8.self)),
            "disclosures": .array(disclosures.map { .string(String(decoding: $0.text, as: UTF8.self)) }),
        ]
        object["document"] = document.map(JSON.string)
        return .object(object)
    }

    /// What recording the line again means.
    enum Content {
        case submission(Submission)
        case specification(Specification, isActive: Bool)
        case activation(document: String, version: String)
        /// An entry of the old ledger about itself.
        case own(type: String)
    }

    /// Reads a line; `nil` when it is not one of an export.
    static func content(of json: JSON) throws -> Content? {
        guard let text = json["entry"]?.text, json["outcome"] == nil else { return nil }
        let entry = try Entry(parsing: Array(text.utf8))
        let body = try entry.body()
        if let type = RecordType.named(entry.type), !Ledger.isOwn(entry.id) {
            let texts = (json["disclosures"]?.items ?? []).compactMap(\.text)
            let disclosures = texts.compactMap { Disclosure(parsing: Array($0.utf8)) }
            var content = RevealedRecord(body: body.object ?? [:], disclosures: disclosures, as: type).content
            content["id"] = .string(entry.id)
            content["type"] = .string(entry.type)
            return .submission(try Submission(checking: .object(content)))
        }
        guard entry.type == EntryType.specification else { return .own(type: entry.type) }
        return try specification(body, json["document"]?.text)
    }

    private static func specification(_ body: JSON, _ document: String?) throws -> Content {
        guard let id = body["document"]?.text, let version = body["version"]?.text else {
            return .own(type: EntryType.specification)
        }
        if body["activates"] != nil { return .activation(document: id, version: version) }
        guard body["part"] == 1, let format = body["format"]?.text.flatMap(Format.init(rawValue:)) else {
            return .own(type: "further part of a specification")
        }
        guard let document else {
            return .own(type: "specification too large for a line, to be added with because spec add")
        }
        let specification = try Specification(parsing: Array(document.utf8), format: format, id: id, version: version)
        return .specification(specification, isActive: body["active"]?.bool ?? true)
    }
}

extension Ledger {
    /// Calls `body` with every entry, proven by its place in the chain of a verified head, in order.
    public func export(_ body: (ExportedEntry) throws -> Void) throws {
        try readInStretches(of: 1024) { view, numbers in
            try numbers.map { number in
                let proven = try view.proven(number)
                return ExportedEntry(
                    entry: proven.entry, disclosures: proven.disclosures,
                    document: try view.document(of: proven.entry))
            }
        } take: { entries in
            for entry in entries { try body(entry) }
        }
    }
}

extension LedgerView {
    /// The text of the document whose first part `entry` registers, where it leaves room in a line.
    fileprivate func document(of entry: Entry) throws -> String? {
        guard entry.type == EntryType.specification else { return nil }
        let body = try entry.body()
        guard body["part"] == 1, let digest = body["digest"]?.text.flatMap({ Digest(base64URL: $0) }),
            let document = try text(digest), let text = String(validating: document, as: UTF8.self)
        else { return nil }
        let lineCount = JSON.string(text).bytes(.visible).count + 2 * Entry.byteLimit + 1024
        return lineCount <= LineReader.lineLimit ? text : nil
    }
}
